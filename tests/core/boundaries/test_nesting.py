"""Territories lie in their parents and fill them, or the difference is told with place and size."""

import numpy as np
import pytest
import shapely

from geoname.core.boundaries.coverage_report import DefectKind
from geoname.core.boundaries.nesting import check_nesting
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level

COUNTY = Territories(
    ("520101",), ("县",), (Level.COUNTY,), np.array([shapely.box(106, 26, 106.2, 26.1)], dtype=object)
)


def townships(*boxes):
    codes = tuple(f"52010100{i + 1}" for i in range(len(boxes)))
    return Territories(codes, codes, (Level.TOWNSHIP,) * len(boxes), np.array(boxes, dtype=object))


WEST, EAST = shapely.box(106, 26, 106.1, 26.1), shapely.box(106.1, 26, 106.2, 26.1)


def test_children_that_fill_their_parent_have_no_defect():
    assert check_nesting(townships(WEST, EAST), COUNTY, {"520101"}) == ()


def test_land_outside_the_parent_is_told():
    (found,) = check_nesting(townships(WEST, shapely.box(106.1, 26, 106.21, 26.1)), COUNTY, {"520101"})
    assert (found.kind, found.codes, found.is_sliver) == (DefectKind.BEYOND, ("520101002", "520101"), False)
    assert found.place == pytest.approx((106.205, 26.05))
    assert found.area_m2 == pytest.approx(0.01 * 0.1 * 111_000 * 100_000, rel=0.02)


def test_land_of_the_parent_that_no_child_has_is_told_when_all_are_there():
    short = townships(WEST, shapely.box(106.1, 26, 106.2, 26.09))
    (found,) = check_nesting(short, COUNTY, {"520101"})
    assert (found.kind, found.codes) == (DefectKind.GAP, ("520101",))
    assert check_nesting(short, COUNTY, set()) == ()


def test_a_narrow_difference_is_a_sliver():
    (found,) = check_nesting(townships(WEST, shapely.box(106.1, 26, 106.20001, 26.1)), COUNTY, (), 5.0)
    assert found.is_sliver


def test_children_without_a_parent_are_left_out():
    stranger = Territories(("530101001",), ("乡",), (Level.TOWNSHIP,), np.array([WEST], dtype=object))
    assert check_nesting(stranger, COUNTY, {"520101"}) == ()


def test_a_point_put_on_the_parents_edge_is_no_land():
    """Half way along an edge of 20 km, off it by the last digit of a double."""
    with_point = shapely.Polygon(
        [(106, 26), (106.1, 26 - 1e-14), (106.2, 26), (106.2, 26.1), (106, 26.1), (106, 26)]
    )
    assert check_nesting(townships(with_point), COUNTY, {"520101"}) == ()
