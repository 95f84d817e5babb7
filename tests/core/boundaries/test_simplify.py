"""Simplified territories are still the same neighbours, edge on edge."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.boundaries.shared_edges import neighbours
from geoname.core.boundaries.simplify import simplify_for_display
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError


def pairs(territories):
    found = neighbours(territories)
    return set(zip(found.first.tolist(), found.second.tolist(), strict=True))


@pytest.fixture(scope="module")
def counties(edition):
    around = edition[1].only(Level.COUNTY)
    return around.take([i for i, code in enumerate(around.codes) if code.startswith("52")])


@pytest.mark.parametrize("tolerance_m", [10, 50, 200, 1000, 2000])
def test_the_228_pairs_survive(counties, tolerance_m):
    simple = simplify_for_display(counties, tolerance_m)
    assert simple.codes == counties.codes
    assert shapely.coverage_is_valid(simple.polygons)
    assert not shapely.is_empty(simple.polygons).any()
    assert pairs(simple) == pairs(counties)
    assert len(pairs(simple)) == 228


def test_the_wider_the_fewer(counties):
    # Both editions come thinned: below 500 m the older loses little, below 100 m the newer.
    points = [
        int(shapely.get_num_coordinates(simplify_for_display(counties, metres).polygons).sum())
        for metres in (0, 500, 1000, 2000, 5000)
    ]
    assert points == sorted(points, reverse=True)
    assert points[1] < points[0]
    assert points[3] < 4500


def test_points_that_stay_do_not_move(counties):
    before = {tuple(p) for p in shapely.get_coordinates(counties.polygons).tolist()}
    after = {tuple(p) for p in shapely.get_coordinates(simplify_for_display(counties, 500).polygons).tolist()}
    assert after < before


def test_enclaves_survive_two_kilometres(counties):
    simple = simplify_for_display(counties, 2000)
    assert np.array_equal(
        shapely.get_num_geometries(simple.polygons), shapely.get_num_geometries(counties.polygons)
    )


@pytest.mark.parametrize(("height_m", "stays"), [(205, True), (195, False)])
def test_the_measure_is_the_triangle_in_metres(make_territories, height_m, stays):
    # A triangle 400 m wide and `height_m` high against a square of 200 m: 41,000 and 39,000 to 40,000 m².
    east = 400 / (111_320 * math.cos(math.radians(26)))
    bump = (106.5, 26 + height_m / 110_770)
    land = shapely.Polygon(
        [(106, 25.8), (107, 25.8), (107, 26), (106.5 + east / 2, 26), bump, (106.5 - east / 2, 26), (106, 26)]
    )
    simple = simplify_for_display(make_territories(land), 200)
    assert (bump in list(simple.polygons[0].exterior.coords)) is stays


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 6), st.floats(1, 10_000))
@settings(max_examples=40, deadline=None)
def test_tilings_stay_tilings(make_tiling, seed, rows, columns, tolerance_m):
    territories = make_tiling(seed, rows, columns, 10).territories
    simple = simplify_for_display(territories, tolerance_m)
    assert shapely.coverage_is_valid(simple.polygons)
    assert pairs(simple) == pairs(territories)


def test_no_tolerance_no_change(counties):
    assert simplify_for_display(counties, 0) is counties


@pytest.mark.parametrize("tolerance_m", [-1, float("nan"), float("inf"), 1e6])
def test_a_tolerance_out_of_range(counties, tolerance_m):
    with pytest.raises(InvalidInputError) as refusal:
        simplify_for_display(counties, tolerance_m)
    assert refusal.value.field == "tolerance_m"


def test_what_does_not_match_is_refused(make_territories, edition):
    with pytest.raises(InvalidInputError, match="coverage check"):
        simplify_for_display(make_territories(shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)), 100)
    with pytest.raises(InvalidInputError, match="one level"):
        simplify_for_display(edition[1], 100)


def test_nothing_stays_nothing():
    nothing = Territories((), (), (), np.zeros(0, dtype=object))
    assert len(simplify_for_display(nothing, 100)) == 0
