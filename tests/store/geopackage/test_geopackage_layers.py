"""GIS programs open the file: layers, reference systems, spatial index."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pyogrio
import pytest
import shapely

from geoname.store.geopackage.connection import connect
from geoname.store.open_store import open_store
from geoname.store.schema import METADATA

LAYERS = {
    "place": "Point",
    "territory": "MultiPolygon",
    "boundary_line": "MultiLineString",
    "registered_line": "MultiLineString",
    "boundary_marker": "Point",
}


def test_gdal_lists_every_table_with_its_geometry(filled, store_address):
    listed = dict(pyogrio.list_layers(store_address).tolist())
    assert {name: shape for name, shape in listed.items() if shape} == LAYERS
    assert set(listed) == set(METADATA.tables)


def test_gdal_reads_the_same_geometry_and_attributes(filled, store_address, sample):
    meta, _, wkb, columns = pyogrio.raw.read(store_address, layer="territory")
    assert meta["crs"] == "EPSG:4326"
    fields = dict(zip(meta["fields"], columns, strict=True))
    assert fields["name"].tolist() == list(sample.territories.names)
    expected = [
        shapely.MultiPolygon([polygon]) if polygon.geom_type == "Polygon" else polygon
        for polygon in sample.territories.polygons
    ]
    assert [bytes(one) for one in wkb] == [shapely.to_wkb(one) for one in expected]
    _, _, points, _ = pyogrio.raw.read(store_address, layer="place")
    given = [shapely.from_wkb(point) for point in points if point is not None]
    assert [(point.x, point.y) for point in given] == [(106.829, 27.535)]


def test_gdal_finds_by_box_through_the_spatial_index(filled, store_address):
    _, _, wkb, _ = pyogrio.raw.read(store_address, layer="territory", bbox=(105.1, 27.1, 105.2, 27.2))
    assert len(wkb) == 1
    info = pyogrio.read_info(store_address, layer="territory")
    assert info["features"] == 3
    assert info["capabilities"]["fast_spatial_filter"]


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo is not installed")
def test_ogrinfo_has_nothing_to_warn_of(filled, store_address):
    said = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", store_address], capture_output=True, text=True, check=True
    )
    assert said.stderr == ""
    assert "Warning" not in said.stdout
    assert "Extent: (105.000000, 27.000000) - (108.000000, 28.000000)" in said.stdout
    assert "Feature Count: 3" in said.stdout


def test_the_file_says_what_the_standard_wants(filled, store_address):
    with sqlite3.connect(store_address) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 10300
        systems = connection.execute("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1").fetchall()
        assert [row[0] for row in systems] == [-1, 0, 4326, 4490]
        extent = connection.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'territory'"
        ).fetchone()
        assert extent == (105, 27, 108, 28)
        indexed = connection.execute("SELECT table_name FROM gpkg_extensions").fetchall()
        assert {row[0] for row in indexed} == set(LAYERS)
        for (definition,) in connection.execute(
            "SELECT definition FROM gpkg_spatial_ref_sys WHERE srs_id > 0"
        ):
            assert 'AUTHORITY["EPSG","4' in definition
    connection.close()


def test_pyproj_agrees_with_the_definitions(filled, store_address):
    from pyproj import CRS

    with sqlite3.connect(store_address) as connection:
        rows = connection.execute(
            "SELECT srs_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id > 0"
        ).fetchall()
    connection.close()
    for srs_id, definition in rows:
        assert CRS.from_wkt(definition).equals(CRS.from_epsg(srs_id), ignore_axis_order=True)


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE territory SET geom = (SELECT geom FROM territory WHERE fid = 2) WHERE fid = 1",
        "DELETE FROM boundary_line",
        "UPDATE place SET geom = NULL",
        "UPDATE place SET fid = fid + 1000",
        "UPDATE place SET fid = fid + 1000, geom = NULL",
        "UPDATE place SET geom = (SELECT geom FROM place WHERE id = 'pbz'), fid = fid + 100 WHERE id = 'pvi'",
        "INSERT INTO territory (geom, edition_id, code, name, level)"
        " SELECT geom, edition_id, 'x', name, level FROM territory",
    ],
)
def test_the_spatial_index_follows_every_edit(filled, store_address, edit):
    if edit.startswith("INSERT"):
        edit += " WHERE fid = 1"
    connection = connect(Path(store_address), busy_seconds=5)
    connection.execute(edit)
    connection.close()
    assert [fault for fault in filled.verify() if fault.check == "spatial_index"] == []


def test_an_edit_by_gdal_keeps_the_spatial_index_and_is_noticed(filled, store_address):
    frame = pyogrio.read_dataframe(store_address, layer="territory").head(1)
    frame["code"] = "520999"
    frame["geometry"] = frame.geometry.translate(3, 0)
    pyogrio.write_dataframe(frame, store_address, layer="territory", driver="GPKG", append=True)
    again = open_store(store_address)
    assert {fault.check for fault in again.verify()} == {"edition"}
    assert again.territories("squares").codes[-1] == "520999"
    again.close()
