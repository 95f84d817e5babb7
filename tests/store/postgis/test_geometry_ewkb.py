"""What goes into PostGIS comes out bit for bit, and carries its reference system there only."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoname.errors import DatabaseError
from geoname.store.postgis.geometry_ewkb import decode, encode

DEGREES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
POINTS = DEGREES.map(shapely.Point)
LINES = st.lists(DEGREES, min_size=2, max_size=5).map(lambda path: shapely.MultiLineString([path]))


def array(items: list[object]) -> np.ndarray:
    whole = np.empty(len(items), dtype=object)
    whole[:] = items
    return whole


@given(st.lists(st.one_of(POINTS, LINES, st.none()), max_size=6))
def test_there_and_back_is_the_same_to_the_bit(geometries):
    given_ = array(geometries)
    back = decode(encode(given_))
    assert shapely.to_wkb(back).tolist() == shapely.to_wkb(given_).tolist()
    assert all(srid in (0, -1) for srid in shapely.get_srid(back))


def test_the_reference_system_is_in_every_value_and_not_left_on_what_was_given():
    point = shapely.Point(106.7, 26.3)
    (blob,) = encode(array([point]))
    assert shapely.get_srid(shapely.from_wkb(blob)) == 4326
    assert shapely.get_srid(point) == 0


@pytest.mark.parametrize("blob", [b"", b"\x01\x02", b"GP\x00\x01" + b"\0" * 20])
def test_damage_is_told(blob):
    with pytest.raises(DatabaseError, match="restore a backup") as raised:
        decode([blob])
    assert raised.value.field == "geom"
