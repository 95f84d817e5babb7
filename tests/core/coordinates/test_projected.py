"""Projected distances divided by the scale are ground distances."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geoname.core.coordinates.geodesic import ELLIPSOID
from geoname.core.coordinates.projected import scale_at, scale_at_many, to_mercator, to_mercator_many

LON, LAT = st.floats(73.4, 135.1), st.floats(3.4, 53.6)


@given(LON, LAT)
def test_it_is_mercator(lon, lat):
    to_world = Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)
    assert to_mercator(lon, lat) == pytest.approx(to_world.transform(lon, lat), abs=1e-3)


@given(LON, LAT, st.floats(0, 360), st.floats(1, 1000))
def test_a_kilometre_is_a_kilometre(lon, lat, azimuth, metres):
    there_lon, there_lat, _ = ELLIPSOID.fwd(lon, lat, azimuth, metres)
    (x, y), (there_x, there_y) = to_mercator(lon, lat), to_mercator(there_lon, there_lat)
    middle = scale_at((lat + there_lat) / 2)
    assert math.hypot(there_x - x, there_y - y) / middle == pytest.approx(metres, rel=1e-6, abs=1e-6)
    assert math.hypot(there_x - x, there_y - y) / scale_at(lat) == pytest.approx(metres, rel=2e-4, abs=1e-6)


def test_many_is_one_by_one():
    lon, lat = np.array([106.7, 104.0]), np.array([26.6, 29.0])
    x, y = to_mercator_many(lon, lat)
    for i in range(2):
        assert (x[i], y[i]) == pytest.approx(to_mercator(lon[i], lat[i]), abs=1e-6)
    assert scale_at_many(lat) == pytest.approx([scale_at(26.6), scale_at(29.0)], rel=1e-14)
