"""Files that are handed out: the same rows in every format, harmless cells, provenance, all or nothing."""

from __future__ import annotations

import csv
import json
import math
import sqlite3

import geopandas
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geoname.errors import InvalidInputError, StorageError
from geoname.formats.export_files import FORMATS, Handout, format_of, refuse_existing, write_handout

SCHEMA = pa.schema([("id", pa.string()), ("name", pa.string()), ("lon", pa.float64()), ("lat", pa.float64())])
ABOUT = {"title": "试", "sources": [{"id": "s", "licence": "CC0"}]}
ROWS = [
    ("1", "青岩镇", 106.69, 26.33),
    ("2", "=cmd|' /C calc'!A0", None, None),
    ("3", '引"号,\n换行', 106.5, 26.5),
    ("4", "𠅤㵲", 107.25, 27.0),
]


def batches(rows=ROWS, size=2):
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        columns = zip(*part, strict=True)
        yield pa.RecordBatch.from_arrays(
            [pa.array(cells, field.type) for cells, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
        )


def written(tmp_path, format_, rows=ROWS, **more):
    file = tmp_path / f"名 单.{format_}"
    write_handout(file, format_, Handout("names", SCHEMA, batches(rows), lambda: ABOUT, **more))
    return file


def test_csv_is_harmless_and_has_its_provenance_beside_it(tmp_path):
    file = written(tmp_path, "csv")
    with file.open(encoding="utf-8", newline="") as content:
        rows = list(csv.reader(content))
    assert rows[0] == ["id", "name", "lon", "lat"]
    assert rows[1] == ["1", "青岩镇", "106.69", "26.33"]
    assert rows[2] == ["2", "'=cmd|' /C calc'!A0", "", ""]
    assert rows[3][1] == '引"号, 换行'
    beside = file.with_name(file.name + ".provenance.json")
    assert json.loads(beside.read_text("utf-8")) == ABOUT


@pytest.mark.parametrize("bom", [True, False])
def test_a_mark_for_spreadsheets_is_put_on_request(tmp_path, bom):
    assert written(tmp_path, "csv", bom=bom).read_bytes().startswith(b"\xef\xbb\xbf") is bom


def test_geojson_is_rfc_7946_and_holds_its_provenance(tmp_path):
    told = orjson.loads(written(tmp_path, "geojson").read_bytes())
    assert told["provenance"] == ABOUT
    assert [one["id"] for one in told["features"]] == ["1", "2", "3", "4"]
    assert told["features"][0]["geometry"] == {"type": "Point", "coordinates": [106.69, 26.33]}
    assert told["features"][1]["geometry"] is None
    assert told["features"][1]["properties"] == {"id": "2", "name": ROWS[1][1]}


def test_geopackage_holds_points_and_its_provenance(tmp_path):
    file = written(tmp_path, "gpkg")
    frame = geopandas.read_file(file, layer="names")
    assert frame["name"].tolist() == [row[1] for row in ROWS]
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry[0].coords[0] == (106.69, 26.33)
    assert frame.geometry[1] is None
    with sqlite3.connect(file) as database:
        told = dict(database.execute("SELECT key, value FROM provenance"))
    assert told["title"] == "试"
    assert json.loads(told["sources"]) == ABOUT["sources"]


def test_geoparquet_holds_points_and_its_provenance(tmp_path):
    file = written(tmp_path, "parquet")
    frame = geopandas.read_parquet(file)
    assert frame["name"].tolist() == [row[1] for row in ROWS]
    assert frame.geometry[3].coords[0] == (107.25, 27.0)
    metadata = pq.read_metadata(file).metadata
    assert json.loads(metadata[b"provenance"]) == ABOUT


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_to_hand_out_is_a_file_all_the_same(tmp_path, format_):
    assert written(tmp_path, format_, rows=[]).stat().st_size > 0


@pytest.mark.parametrize("format_", FORMATS)
def test_a_fault_on_the_way_leaves_no_file(tmp_path, format_):
    def broken():
        yield from batches()
        raise InvalidInputError("stop")

    file = tmp_path / f"x.{format_}"
    with pytest.raises((InvalidInputError, StorageError)):
        write_handout(file, format_, Handout("names", SCHEMA, broken(), lambda: ABOUT))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_a_folder_that_is_not_there_is_told(tmp_path, format_):
    with pytest.raises(StorageError, match="another folder"):
        write_handout(
            tmp_path / "none" / f"x.{format_}",
            format_,
            Handout("names", SCHEMA, batches(), lambda: ABOUT),
        )


def test_the_format_is_that_of_the_ending_or_the_one_given(tmp_path):
    assert format_of(tmp_path / "X.JSON") == "geojson"
    assert format_of(tmp_path / "x.bin", "csv") == "csv"
    with pytest.raises(InvalidInputError, match=r"\.gpkg"):
        format_of(tmp_path / "x.shp")


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "x.csv").touch()
    with pytest.raises(InvalidInputError, match="exists"):
        refuse_existing(tmp_path / "x.csv")
    refuse_existing(tmp_path / "y.csv")


def test_nan_is_nowhere(tmp_path):
    text = written(tmp_path, "csv").read_text("utf-8")
    assert "nan" not in text
    assert not any(math.isnan(row[2]) for row in ROWS if row[2] is not None)
