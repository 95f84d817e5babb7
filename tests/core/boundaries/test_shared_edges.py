"""Neighbours and what they share: as published for Guizhou, and as built in random tilings."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.boundaries.shared_edges import edge_table, neighbours
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import lengths, segment_lengths
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(1, 6)


@given(SEEDS, SIZES, SIZES, st.integers(0, 15))
@settings(max_examples=60, deadline=None)
def test_pairs_and_lengths_are_those_of_the_tiling(make_tiling, seed, rows, columns, merges):
    made = make_tiling(seed, rows, columns, merges)
    found = neighbours(made.territories)
    truth = {
        pair: segment_lengths(*np.array(sides).transpose(1, 0, 2)).sum()
        for pair, sides in made.borders().items()
    }
    pairs = {tuple(sorted(p)) for p in zip(found.first.tolist(), found.second.tolist(), strict=True)}
    assert pairs == set(truth)
    codes = made.territories.codes
    for one, other, metres in zip(found.first, found.second, found.metres, strict=True):
        assert metres == pytest.approx(truth[tuple(sorted((one, other)))], rel=1e-9)
        assert codes[one] < codes[other]
    in_order = [(codes[a], codes[b]) for a, b in zip(found.first, found.second, strict=True)]
    assert in_order == sorted(in_order)


@given(SEEDS, SIZES, SIZES, st.integers(0, 15))
@settings(max_examples=30, deadline=None)
def test_shared_and_outer_edges_make_up_the_perimeters(make_tiling, seed, rows, columns, merges):
    territories = make_tiling(seed, rows, columns, merges).territories
    table = edge_table(territories)
    outer = table.lengths(np.flatnonzero(table.partner < 0)).sum()
    shared = neighbours(territories, table).metres.sum()
    assert 2 * shared + outer == pytest.approx(lengths(territories.polygons).sum(), rel=1e-9)
    whole = shapely.coverage_union_all(territories.polygons)
    assert outer == pytest.approx(lengths(np.array([whole]))[0], rel=1e-9)


def test_guizhou_has_228_pairs_two_of_them_short(edition):
    name, around = edition
    counties = around.take(
        [i for i, c in enumerate(around.codes) if c.startswith("52") and around.levels[i] is Level.COUNTY]
    )
    found = neighbours(counties)
    pairs = {
        frozenset((counties.names[a], counties.names[b])): m
        for a, b, m in zip(found.first, found.second, found.metres, strict=True)
    }
    assert len(pairs) == len(found) == 228
    assert frozenset(("织金县", "西秀区")) not in pairs
    short = {pair: m for pair, m in pairs.items() if m <= 500}
    assert set(short) == {frozenset(("平坝区", "普定县")), frozenset(("清镇市", "白云区"))}
    expected = {"tianditu": (126, 430), "amap": (266, 464)}[name]
    assert sorted(short.values()) == pytest.approx(expected, abs=1)
    assert sorted(pairs.values())[2] > 2000


def test_across_the_province_line(edition):
    found = neighbours(edition[1].only(Level.COUNTY))
    codes = edition[1].only(Level.COUNTY).codes
    across = [
        {codes[a][:2], codes[b][:2]} - {"52"}
        for a, b in zip(found.first, found.second, strict=True)
        if (codes[a][:2] == "52") != (codes[b][:2] == "52")
    ]
    provinces = [p for (p,) in across]
    assert {p: provinces.count(p) for p in set(provinces)} == {
        "50": 13,
        "43": 17,
        "45": 18,
        "53": 13,
        "51": 9,
    }


def test_every_outer_edge_of_guizhou_has_its_neighbour(edition):
    counties = edition[1].only(Level.COUNTY)
    table = edge_table(counties)
    outer_owners = {counties.codes[i][:2] for i in table.owner[table.partner < 0]}
    assert "52" not in outer_owners


def test_touching_at_a_point_is_no_border(make_territories):
    boxes = make_territories(shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2, 2))
    assert len(neighbours(boxes)) == 0


def test_an_enclave_borders_only_its_surroundings(make_territories):
    inner = shapely.box(1, 1, 2, 2)
    outer = shapely.box(0, 0, 3, 3).difference(inner)
    found = neighbours(make_territories(inner, outer))
    assert (found.first.tolist(), found.second.tolist()) == ([0], [1])
    assert found.metres[0] == pytest.approx(lengths(np.array([inner]))[0])


def test_an_edge_of_three_or_on_the_same_side_has_no_partner(make_territories):
    left, right, again = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(1, 0, 3, 1)
    assert len(neighbours(make_territories(left, right))) == 1
    assert [(a, b) for a, b in zip(*_pairs(make_territories(left, right, again)), strict=True)] == []
    assert (edge_table(make_territories(right, again)).partner < 0).all()


def _pairs(territories):
    found = neighbours(territories)
    return found.first.tolist(), found.second.tolist()


def test_repeated_points_and_minus_zero_change_nothing(make_territories):
    left = shapely.Polygon([(-1, 0), (-0.0, -0.0), (-0.0, -0.0), (0, 1), (-1, 1)])
    right = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    assert len(neighbours(make_territories(left, right))) == 1
    assert len(edge_table(make_territories(left, right))) == 8


def test_a_territory_is_not_its_own_neighbour(make_territories):
    parts = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    assert (edge_table(make_territories(parts)).partner < 0).all()


def test_levels_are_not_mixed(edition):
    with pytest.raises(InvalidInputError, match="one level"):
        neighbours(edition[1])


def test_nothing_has_no_neighbours():
    nothing = Territories((), (), (), np.zeros(0, dtype=object))
    assert len(neighbours(nothing)) == 0
    assert len(edge_table(nothing)) == 0
