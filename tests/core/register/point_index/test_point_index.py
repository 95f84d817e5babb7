"""What lies near, in a box or a polygon, against a look at every point."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.register.point_index import LocalMetric, PointIndex
from geoname.errors import InvalidInputError

GRID = st.integers(0, 40).map(lambda i: 106 + i / 40)
POINT = st.tuples(
    GRID | st.floats(105, 108), st.integers(0, 40).map(lambda i: 26 + i / 40) | st.floats(25, 28)
)
POINTS = st.lists(POINT, max_size=120)
ASKED = POINT | st.tuples(st.floats(-180, 180), st.floats(-85, 85))
RADII = st.none() | st.floats(0, 400_000)


def split(points):
    array = np.array(points, dtype=np.float64).reshape(-1, 2)
    return array[:, 0].copy(), array[:, 1].copy()


def ranked(lon, lat, asked, kept):
    """Every row that is kept with its squared distance, nearest first."""
    squared = LocalMetric.at(*asked).squared(lon, lat)
    return [(row, squared[row]) for row in np.lexsort((np.arange(len(lon)), squared)).tolist() if kept(row)]


def keeping(step):
    return None if step == 1 else lambda rows: rows % step == 0


@settings(max_examples=300, deadline=None)
@given(POINTS, ASKED, st.integers(0, 12), RADII, st.sampled_from([1, 2, 7]))
def test_the_nearest_are_nearest(points, asked, k, radius, step):
    lon, lat = split(points)
    index = PointIndex.from_arrays(PointIndex.build(lon, lat).to_arrays())
    expected = [
        (row, np.sqrt(squared))
        for row, squared in ranked(lon, lat, asked, lambda row: row % step == 0)[:k]
        if radius is None or np.sqrt(squared) <= radius
    ]
    found = index.nearest(*asked, k, radius, keeping(step))
    assert [row for row, _ in found] == [row for row, _ in expected]
    assert [metres for _, metres in found] == pytest.approx([metres for _, metres in expected])


@settings(max_examples=200, deadline=None)
@given(POINTS, ASKED, st.floats(0, 300_000), st.sampled_from([1, 3]))
def test_all_within_a_radius(points, asked, radius, step):
    lon, lat = split(points)
    expected = [
        row
        for row, squared in ranked(lon, lat, asked, lambda row: row % step == 0)
        if squared <= radius * radius
    ]
    found = PointIndex.build(lon, lat).within_radius(*asked, radius, keeping(step))
    assert [row for row, _ in found] == expected


@settings(max_examples=200, deadline=None)
@given(POINTS, POINT, POINT, st.sampled_from([1, 3]))
def test_all_in_a_box_edges_included(points, one, other, step):
    lon, lat = split(points)
    (west, east), (south, north) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    expected = [row for row in np.flatnonzero(inside).tolist() if row % step == 0]
    index = PointIndex.build(lon, lat)
    assert index.within_box(west, south, east, north, keeping(step)).tolist() == expected


@settings(max_examples=100, deadline=None)
@given(POINTS, POINT, st.floats(0.01, 0.8))
def test_all_in_a_polygon_boundary_included(points, centre, size):
    lon, lat = split(points)
    x, y = centre
    hole = [(x - size / 4, y), (x, y + size / 4), (x + size / 4, y), (x, y - size / 4)]
    polygon = shapely.Polygon([(x - size, y), (x, y + size), (x + size, y), (x, y - size)], [hole])
    expected = np.flatnonzero(shapely.intersects_xy(polygon, lon, lat)).tolist()
    assert PointIndex.build(lon, lat).within_polygon(polygon).tolist() == expected


def test_a_corner_of_a_polygon_counts():
    index = PointIndex.build(np.array([106.0, 106.5, 107.5]), np.array([26.0, 26.5, 26.0]))
    square = shapely.box(106, 26, 107, 27)
    assert index.within_polygon(square).tolist() == [0, 1]
    assert index.within_polygon(shapely.Polygon()).tolist() == []
    assert index.within_polygon(shapely.MultiPolygon([square, shapely.box(107.4, 25, 108, 27)])).tolist() == [
        0,
        1,
        2,
    ]


def test_the_next_cells_are_looked_into_when_they_may_hold_nearer_points():
    chance = np.random.default_rng(2)
    lon, lat = chance.uniform(103, 110, 4000), chance.uniform(24, 29, 4000)
    index = PointIndex.build(lon, lat)
    for asked in zip(
        chance.uniform(103, 110, 300).tolist(), chance.uniform(24, 29, 300).tolist(), strict=True
    ):
        for k in (3, 10, 20):
            expected = ranked(lon, lat, asked, lambda row: True)[:k]
            assert [row for row, _ in index.nearest(*asked, k)] == [row for row, _ in expected]


def test_points_without_a_place_are_left_out_and_rows_are_the_callers():
    lon = np.array([106.0, np.nan, 107.0, np.inf])
    index = PointIndex.build(lon, np.array([26.0, 26.0, 26.0, 26.0]), np.array([40, 41, 7, 43]))
    assert len(index) == 2
    assert [row for row, _ in index.nearest(106.9, 26, 9)] == [7, 40]


def test_an_empty_index_answers_nothing():
    index = PointIndex.build(np.zeros(0), np.zeros(0))
    assert index.nearest(106, 26, 10) == []
    assert index.within_radius(106, 26, 1e6) == []
    assert index.within_box(100, 20, 110, 30).tolist() == []
    assert index.within_polygon(shapely.box(100, 20, 110, 30)).tolist() == []


def test_many_points_at_one_place_are_told_apart_by_row():
    index = PointIndex.build(np.full(500, 106.5), np.full(500, 26.5))
    assert index.nearest(106.5, 26.5, 3) == [(0, 0.0), (1, 0.0), (2, 0.0)]
    assert len(index.within_radius(106.5, 26.5, 0)) == 500


def test_crowded_and_empty_parts_give_exact_answers():
    chance = np.random.default_rng(9)
    lon = np.concatenate((chance.normal(106.6, 0.02, 20_000), chance.uniform(103, 110, 300)))
    lat = np.concatenate((chance.normal(26.6, 0.02, 20_000), chance.uniform(24, 29, 300)))
    index = PointIndex.build(lon, lat)
    for asked in [(106.6, 26.6), (106.7, 26.6), (104.0, 28.5), (115.0, 20.0), (106.6, 26.6626)]:
        expected = ranked(lon, lat, asked, lambda row: True)[:10]
        assert [row for row, _ in index.nearest(*asked, 10)] == [row for row, _ in expected]


@pytest.mark.parametrize(("lon", "lat", "field"), [(np.nan, 26, "lon"), (106, np.inf, "lat")])
def test_what_is_no_point_is_refused(lon, lat, field):
    index = PointIndex.build(np.array([106.0]), np.array([26.0]))
    with pytest.raises(InvalidInputError, match="give longitude and latitude") as error:
        index.nearest(lon, lat, 1)
    assert error.value.field == field
    with pytest.raises(InvalidInputError):
        index.within_radius(lon, lat, 1)
    with pytest.raises(InvalidInputError):
        index.within_box(lon, lat, 110, 30)
