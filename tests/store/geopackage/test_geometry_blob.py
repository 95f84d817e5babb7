"""GeoPackage binary: exact both ways, envelopes right, damage named."""

from __future__ import annotations

import struct

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoname.errors import DatabaseError
from geoname.store.geopackage.geometry_blob import decode, encode, envelope, is_empty

degrees = st.floats(-180, 180, allow_nan=False)
points = st.builds(shapely.Point, degrees, degrees)
boxes = st.builds(shapely.box, st.floats(-180, 0), st.floats(-90, 0), st.floats(1, 180), st.floats(1, 90))
lines = st.lists(st.tuples(degrees, degrees), min_size=2, max_size=5).map(
    lambda path: shapely.MultiLineString([path])
)
geometries = st.one_of(
    st.none(), points, boxes, boxes.map(lambda box: shapely.MultiPolygon([box])), lines,
    st.sampled_from([shapely.Point(), shapely.MultiPolygon(), shapely.MultiLineString()]),
)  # fmt: skip


def array(items: list[object]) -> np.ndarray:
    made = np.empty(len(items), dtype=object)
    made[:] = items
    return made


@given(st.lists(geometries, max_size=6))
def test_many_come_back_bit_for_bit(items):
    back = decode(encode(array(items)))
    assert shapely.to_wkb(back).tolist() == shapely.to_wkb(array(items)).tolist()


@given(st.one_of(points, boxes, lines))
def test_the_envelope_is_that_of_the_geometry(geometry):
    (blob,) = encode(array([geometry]))
    min_x, min_y, max_x, max_y = geometry.bounds
    assert envelope(blob) == (min_x, max_x, min_y, max_y)
    assert not is_empty(blob)


def test_the_header_says_what_the_standard_wants():
    point, box, empty = encode(array([shapely.Point(1, 2), shapely.box(0, 0, 1, 1), shapely.MultiPolygon()]))
    assert struct.unpack("<2sBBi", point[:8]) == (b"GP", 0, 0b0000_0001, 4326)
    assert struct.unpack("<2sBBi4d", box[:40]) == (b"GP", 0, 0b0000_0011, 4326, 0.0, 1.0, 0.0, 1.0)
    assert struct.unpack("<2sBBi", empty[:8]) == (b"GP", 0, 0b0001_0001, 4326)
    assert is_empty(empty)
    assert envelope(empty) is None


def test_a_big_endian_binary_without_envelope_of_another_program_is_read():
    box = shapely.box(106, 26, 107, 27)
    header = struct.pack(">2sBBi", b"GP", 0, 0, 4326)
    blob = header + shapely.to_wkb(box, byte_order=0)
    assert envelope(blob) == (106, 107, 26, 27)
    assert decode([blob])[0].equals_exact(box)
    point = header + shapely.to_wkb(shapely.Point(106, 26), byte_order=0)
    assert envelope(point) == (106, 106, 26, 26)


def test_an_empty_point_has_no_envelope():
    (blob,) = encode(array([shapely.Point()]))
    assert envelope(blob) is None
    assert envelope(blob[:3] + b"\x01" + blob[4:]) is None


@pytest.mark.parametrize(
    "damage", [b"", b"GP", b"XX" + bytes(40), b"GP\0\x0f" + bytes(60), b"GP\0\x03" + bytes(12)]
)
def test_a_damaged_header_is_named(damage):
    with pytest.raises(DatabaseError, match="geometry") as raised:
        decode([damage])
    assert raised.value.field == "geom"


def test_a_body_that_is_cut_off_is_named():
    (blob,) = encode(array([shapely.box(0, 0, 1, 1)]))
    with pytest.raises(DatabaseError, match="restore a backup"):
        decode([blob[:-5]])
