import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.boundaries.territory_boxes import TerritoryBoxes
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.formats.frykit_polygons import read_layer

POLYGONS = np.array(
    [
        shapely.Polygon([(0, 0), (10, 0), (0, 10)]),
        shapely.Polygon([(10, 10), (10, 0), (0, 10)]),
        shapely.box(20, 0, 30, 10).difference(shapely.box(22, 2, 28, 8)),
        shapely.MultiPolygon([shapely.box(40, 0, 41, 1), shapely.box(50, 0, 51, 1)]),
        shapely.Polygon(),
    ],
    dtype=object,
)
BOXES = TerritoryBoxes(POLYGONS)


def test_the_exact_shape_decides_and_not_its_box():
    assert BOXES.intersecting((0.0, 0.0, 1.0, 1.0)) == [0]
    assert BOXES.intersecting((8.0, 8.0, 9.0, 9.0)) == [1]
    assert BOXES.intersecting((4.0, 4.0, 6.0, 6.0)) == [0, 1]
    assert BOXES.intersecting((23.0, 3.0, 27.0, 7.0)) == []
    assert BOXES.intersecting((44.0, 0.0, 46.0, 1.0)) == []


def test_touching_is_meeting_and_a_point_is_a_box():
    assert BOXES.intersecting((10.0, 0.0, 10.0, 0.0)) == [0, 1]
    assert BOXES.intersecting((30.0, 5.0, 40.0, 6.0)) == [2]
    assert BOXES.intersecting((-5.0, -5.0, 60.0, 60.0)) == [0, 1, 2, 3]


def test_polygon_in_a_hole_meets_nothing_and_one_across_it_does():
    assert BOXES.intersecting_polygon(shapely.Point(25, 5).buffer(1)) == []
    assert BOXES.intersecting_polygon(shapely.Point(25, 5).buffer(4)) == [2]
    assert BOXES.intersecting_polygon(
        shapely.MultiPolygon([shapely.box(50.5, 0, 52, 1), shapely.box(0, 0, 1, 1)])
    ) == [0, 3]


@given(st.tuples(*[st.integers(-5, 60).map(float) | st.floats(-5, 60)] * 4))
def test_boxes_as_shapely_says(sides):
    west, east = sorted(sides[:2])
    south, north = sorted(sides[2:])
    corners = [(west, south), (east, south), (east, north), (west, north)]
    hull = shapely.convex_hull(shapely.MultiPoint(corners))
    expected = np.flatnonzero(shapely.intersects(POLYGONS, hull)).tolist()
    assert BOXES.intersecting((west, south, east, north)) == expected


def test_counties_that_meet_a_county():
    polygons = read_layer("tianditu", ["52"]).only(Level.COUNTY).polygons
    boxes = TerritoryBoxes(polygons)
    for i in (0, 40, 87):
        expected = np.flatnonzero(shapely.intersects(polygons, polygons[i])).tolist()
        assert boxes.intersecting_polygon(polygons[i]) == expected
    assert boxes.intersecting((100.0, 20.0, 115.0, 35.0)) == list(range(88))


@pytest.mark.parametrize(
    "box", [(1.0, 0.0, 0.0, 1.0), (0.0, 1.0, 1.0, 0.0), (math.nan, 0.0, 1.0, 1.0), (0.0, 0.0, math.inf, 1.0)]
)
def test_a_box_inside_out_or_without_end_is_refused(box):
    with pytest.raises(InvalidInputError) as caught:
        BOXES.intersecting(box)
    assert caught.value.field == "bbox"


@pytest.mark.parametrize("polygon", [shapely.Polygon(), shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])])
def test_an_empty_or_crossed_polygon_is_refused(polygon):
    with pytest.raises(InvalidInputError) as caught:
        BOXES.intersecting_polygon(polygon)
    assert caught.value.field == "polygon"


def test_no_territories():
    boxes = TerritoryBoxes(np.array([], dtype=object))
    assert boxes.intersecting((0.0, 0.0, 1.0, 1.0)) == []
    assert boxes.intersecting_polygon(shapely.box(0, 0, 1, 1)) == []
