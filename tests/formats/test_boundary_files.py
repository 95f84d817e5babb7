import csv

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely

from geoname.errors import InvalidInputError
from geoname.formats.boundary_files import write_boundary_file

SQUARES = np.array([shapely.box(106, 26, 107, 27), shapely.box(107, 26, 108, 27)], dtype=object)
COLUMNS = {"code": ["520102", "520103"], "name": ["南明区", "㵲阳镇"]}


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp"])
def test_what_is_written_is_read_back_with_its_names_and_shapes(tmp_path, ending):
    file = tmp_path / f"out.{ending}"
    assert write_boundary_file(file, COLUMNS, SQUARES, "territories") == 2
    read = pyogrio.read_dataframe(file)
    assert list(read["name"]) == COLUMNS["name"]
    assert all(a.equals(b) for a, b in zip(read.geometry, SQUARES, strict=True))
    assert read.crs.to_epsg() == (4326 if ending == "geojson" else 4490)
    assert not [left for left in tmp_path.iterdir() if left.name.startswith(".")]


def test_geoparquet_is_read_back(tmp_path):
    file = tmp_path / "out.parquet"
    write_boundary_file(file, COLUMNS, SQUARES, "territories")
    read = geopandas.read_parquet(file)
    assert list(read["name"]) == COLUMNS["name"]
    assert all(a.equals(b) for a, b in zip(read.geometry, SQUARES, strict=True))
    assert read.crs.to_epsg() == 4490


def test_a_csv_holds_its_shapes_as_text(tmp_path):
    file = tmp_path / "out.csv"
    write_boundary_file(file, COLUMNS, SQUARES, "territories")
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["name"] for row in rows] == COLUMNS["name"]
    assert all(shapely.from_wkt(row["geometry"]).equals(a) for row, a in zip(rows, SQUARES, strict=True))


def test_an_unknown_ending_names_the_known_ones(tmp_path):
    with pytest.raises(InvalidInputError, match=r"\.gpkg"):
        write_boundary_file(tmp_path / "out.dwg", COLUMNS, SQUARES, "territories")


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    file = tmp_path / "out.geojson"
    file.write_text("mine")
    with pytest.raises(InvalidInputError, match="exists"):
        write_boundary_file(file, COLUMNS, SQUARES, "territories")
    assert file.read_text() == "mine"
