"""Slivers are closed and edges joined within a tolerance; what moved is told; beyond it nothing is done."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.boundaries.coverage import check_coverage
from geoname.core.boundaries.coverage_report import DefectKind
from geoname.core.boundaries.outline import Outline, places_along
from geoname.core.boundaries.repair import repair_coverage
from geoname.errors import InvalidInputError

METRE = 1 / 111_320


@pytest.fixture
def pair(make_territories):
    """Two squares of some 100 m whose common edge was drawn twice, `gap` metres apart."""

    def made(gap, beyond=0.0):
        east = 106 + 0.001
        return make_territories(
            shapely.box(106, 26, east, 26.001),
            shapely.Polygon(
                [
                    (east + gap * METRE, 26),
                    (east + 0.001, 26),
                    (east + 0.001, 26.001 + beyond),
                    (east + gap * METRE, 26.001),
                ]
            ),
        )

    return made


@pytest.mark.parametrize("gap", [1.0, 3.0, -2.0])
def test_an_edge_drawn_twice_becomes_one(pair, gap):
    drawn = pair(gap)
    assert not shapely.coverage_is_valid(drawn.polygons, gap_width=5 * METRE)
    done = repair_coverage(drawn, 5.0)
    assert check_coverage(done.territories, sliver_m=5.0).is_valid
    assert done.defects_before > done.defects_after == 0
    assert 0.5 * abs(gap) * 0.8 < done.greatest_m <= 5.0
    assert done.moved[0].code in drawn.codes


def test_what_moved_is_measured_on_the_ground(pair):
    drawn = pair(3.0)
    done = repair_coverage(drawn, 5.0)
    for moved in done.moved:
        i = drawn.codes.index(moved.code)
        lon, lat = places_along(done.territories.polygons[i], 1.0)
        assert Outline(drawn.polygons[i]).distances(lon, lat).max() <= moved.greatest_m + 0.01
    grown = sum(moved.area_change_m2 for moved in done.moved)
    assert grown == pytest.approx(3.0 * 0.9 * 111, rel=0.1)


@pytest.mark.parametrize("gap", [-8.0, -40.0])
def test_a_wider_overlap_is_refused_with_its_place_and_size(pair, gap):
    with pytest.raises(InvalidInputError, match=r"overlap 520101–520102 106\.00") as raised:
        repair_coverage(pair(gap), 5.0)
    assert raised.value.field == "repair"
    assert "520101–520102" in raised.value.zh


def test_a_wide_gap_between_them_stays(make_territories):
    ring = shapely.box(106, 26, 106.01, 26.01) - shapely.box(106.004, 26.004, 106.006, 26.006)
    halves = [
        ring & shapely.box(105, 25, 106.005, 27),
        ring & shapely.box(106.005, 25, 107, 27),
    ]
    drawn = make_territories(*halves)
    done = repair_coverage(drawn, 5.0)
    assert done.defects_after == done.defects_before == 1
    assert done.moved == ()
    assert [one.kind for one in check_coverage(done.territories).defects] == [DefectKind.GAP]


def test_a_crossing_ring_is_refused(make_territories):
    bow = shapely.Polygon([(106, 26), (106.01, 26.01), (106.01, 26), (106, 26.01)])
    with pytest.raises(InvalidInputError, match="invalid_ring 520101"):
        repair_coverage(make_territories(bow), 5.0)


@pytest.mark.parametrize("tolerance", [0.0, -1.0, 101.0, float("nan")])
def test_a_tolerance_out_of_range_is_refused(pair, tolerance):
    with pytest.raises(InvalidInputError) as raised:
        repair_coverage(pair(1.0), tolerance)
    assert raised.value.field == "repair"


def test_real_counties_moved_a_little_come_together_again(edition):
    _, territories = edition
    of_province = [i for i, code in enumerate(territories.codes) if code.startswith("52") and len(code) == 6]
    true = territories.take(of_province)
    rng = np.random.default_rng(7)
    polygons = true.polygons.copy()
    for i in range(0, len(true), 9):
        step = rng.uniform(-2e-5, 2e-5, 2)
        polygons[i] = shapely.transform(polygons[i], lambda places, step=step: places + step)
    done = repair_coverage(replace(true, polygons=polygons), 10.0)
    assert 1.0 < done.greatest_m <= 10.0
    assert check_coverage(done.territories, sliver_m=10.0).slivers == ()
    assert shapely.coverage_is_valid(done.territories.polygons)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), merges=st.integers(0, 8))
def test_a_valid_coverage_is_left_point_for_point(make_tiling, seed, merges):
    tiling = make_tiling(seed, 4, 5, merges)
    done = repair_coverage(tiling.territories, 5.0)
    assert done.territories is tiling.territories
    assert done.moved == ()
