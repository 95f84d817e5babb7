"""Lengths and areas equal pyproj's own, geometry by geometry."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoname.core.coordinates.geodesic import ELLIPSOID, areas, areas_straight, lengths

HOLED = shapely.Polygon(
    [(106, 26), (107, 26), (107, 27), (106, 27)], [[(106.2, 26.2), (106.4, 26.2), (106.4, 26.4)]]
)
LINE = shapely.LineString([(106, 26), (106.5, 26.5), (107, 26.2)])
TWO_LINES = shapely.MultiLineString([[(106, 26), (107, 26)], [(106, 27), (107, 27)]])
FAR = shapely.box(108, 28, 108.5, 28.5)


def test_areas():
    two = shapely.MultiPolygon([HOLED, FAR])
    found = areas(np.array([HOLED, two, shapely.Polygon(), FAR, shapely.reverse(HOLED)]))
    alone = [abs(ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(g))[0]) for g in (HOLED, FAR)]
    assert found == pytest.approx([alone[0], sum(alone), 0, alone[1], alone[0]], rel=1e-12)


def test_lengths():
    found = lengths(np.array([LINE, HOLED, shapely.LineString(), TWO_LINES]))
    truth = [ELLIPSOID.geometry_length(g) for g in (LINE, HOLED.exterior, HOLED.interiors[0], TWO_LINES)]
    assert found == pytest.approx([truth[0], truth[1] + truth[2], 0, truth[3]], rel=1e-12)


def test_a_minute_of_latitude_is_a_nautical_mile():
    line = shapely.LineString([(106, 26), (106, 26 + 1 / 60)])
    assert lengths(np.array([line]))[0] == pytest.approx(1846.5, abs=1)


def test_nothing_in_nothing_out():
    nothing = np.zeros(0, dtype=object)
    assert areas(nothing).tolist() == lengths(nothing).tolist() == []


def test_a_sliver_along_a_long_edge_is_as_narrow_as_it_is_drawn():
    """Two edges straight in degrees 0.1 mm apart, one of them with a point in its midst."""
    slope = shapely.Polygon([(106, 26), (106.05, 26.05 + 1e-9), (106.1, 26.1)])
    width_m2 = 0.5 * 14_900 * 1e-9 * 111_000 * 0.7
    assert areas_straight(np.array([slope]))[0] < 10 * width_m2
    assert areas(np.array([slope]))[0] > 1000
    assert areas_straight(np.array([HOLED]))[0] == pytest.approx(areas(np.array([HOLED]))[0], rel=1e-3)
