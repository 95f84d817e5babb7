"""Distances near a point against the geodesic."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.register.point_index import LocalMetric

GEOD = pyproj.Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("metres", "latitude", "error"),
    [(100, 29, 1e-7), (10_000, 29, 1e-6), (100_000, 29, 1e-5), (100_000, 60, 5e-5), (500_000, 60, 1e-3)],
)
def test_distances_are_those_of_the_geodesic(metres, latitude, error):
    chance = np.random.default_rng(3)
    n = 2000
    lon, lat = chance.uniform(73, 135, n), chance.uniform(-latitude, latitude, n)
    far = metres * chance.uniform(0.05, 1, n)
    lon2, lat2, _ = GEOD.fwd(lon, lat, chance.uniform(0, 360, n), far)
    found = np.array([LocalMetric.at(*p).metres(*q) for p, q in zip(zip(lon, lat), zip(lon2, lat2))])  # noqa: B905
    assert np.abs(found / far - 1).max() < error


@given(st.floats(100, 110), st.floats(20, 30), st.floats(-1, 1), st.floats(-1, 1))
def test_many_at_once_are_as_one_by_one(lon, lat, east, north):
    metric = LocalMetric.at(lon, lat)
    squared = metric.squared(np.array([lon + east]), np.array([lat + north]))
    assert np.sqrt(squared[0]) == pytest.approx(metric.metres(lon + east, lat + north), rel=1e-9, abs=1e-6)


@given(st.floats(-180, 180), st.floats(-80, 80), st.floats(0.01, 300_000), st.floats(0, 360))
def test_the_box_holds_what_is_within_its_radius(lon, lat, radius, azimuth):
    metric = LocalMetric.at(lon, lat)
    west, south, east, north = metric.box(radius)
    for share in (0.5, 0.999):
        x = np.sin(np.radians(azimuth)) * radius * share
        y = np.cos(np.radians(azimuth)) * radius * share
        d = y / metric.north[0]
        other = lon + x / (metric.east[0] + d * (metric.east[1] + d * metric.east[2])), lat + d
        if metric.metres(*other) <= radius:
            assert west <= other[0] <= east
            assert south <= other[1] <= north
