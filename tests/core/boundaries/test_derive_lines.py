"""Lines between territories: their pieces, lengths and direction, and the province's lines from them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.boundaries.derive_lines import assemble_lines, derive_lines, line_level
from geoname.core.boundaries.line import LineOrigin
from geoname.core.boundaries.shared_edges import neighbours
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import lengths
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(1, 6)


@pytest.fixture(scope="module")
def guizhou_land(edition):
    name, around = edition
    return name, around.take([i for i, c in enumerate(around.codes) if c.startswith("52")])


@given(SEEDS, SIZES, SIZES, st.integers(0, 15))
@settings(max_examples=60, deadline=None)
def test_courses_are_the_shared_borders(make_tiling, seed, rows, columns, merges):
    made = make_tiling(seed, rows, columns, merges)
    lines = derive_lines(made.territories)
    position = {code: i for i, code in enumerate(made.territories.codes)}
    borders = made.borders()
    assert len(lines) == len(borders)
    assert lengths(np.array([line.course for line in lines], dtype=object)) == pytest.approx(
        [line.length_m for line in lines], rel=1e-12
    )
    for line in lines:
        truth = borders[tuple(sorted(position[code] for code in line.sides))]
        found = [
            frozenset(map(tuple, (a, b)))
            for part in line.course.geoms
            for a, b in zip(part.coords[:-1], part.coords[1:], strict=True)
        ]
        assert sorted(map(sorted, found)) == sorted(sorted(map(tuple, side)) for side in truth)


@given(SEEDS, SIZES, SIZES, st.integers(0, 15))
@settings(max_examples=30, deadline=None)
def test_the_smaller_code_is_on_the_left(make_tiling, seed, rows, columns, merges):
    territories = make_tiling(seed, rows, columns, merges).territories
    land = dict(zip(territories.codes, territories.polygons, strict=True))
    for line in derive_lines(territories):
        assert line.sides[0] < line.sides[1]
        for part in line.course.geoms:
            (x0, y0), (x1, y1) = part.coords[:2]
            left = shapely.Point((x0 + x1) / 2 - (y1 - y0) * 1e-6, (y0 + y1) / 2 + (x1 - x0) * 1e-6)
            assert land[line.sides[0]].contains(left)


def test_a_line_interrupted_has_two_pieces_and_an_enclave_one_closed(make_territories):
    left, right = shapely.box(0, 0, 1, 3), shapely.box(1, 0, 2, 3)
    middle = shapely.Polygon([(1, 1), (1.5, 1.5), (1, 2), (0.5, 1.5)])
    inner = shapely.box(0.1, 0.1, 0.2, 0.2)
    left = left.difference(middle).difference(inner)
    right = right.difference(middle)
    lines = {line.sides: line for line in derive_lines(make_territories(left, right, middle, inner))}
    assert len(lines[("520101", "520102")].course.geoms) == 2
    assert lines[("520101", "520104")].course.geoms[0].is_closed
    assert ("520102", "520104") not in lines


@pytest.mark.parametrize("turn", range(5))
def test_where_a_ring_begins_makes_no_piece(make_territories, turn):
    places = [(1, 0), (1, 1), (1, 2), (0, 2), (0, 0)]
    left = shapely.Polygon(places[turn:] + places[:turn])
    right = shapely.Polygon([(1, 0), (2, 0), (2, 2), (1, 2), (1, 1)])
    (line,) = derive_lines(make_territories(left, right))
    assert [list(part.coords) for part in line.course.geoms] == [[(1, 0), (1, 1), (1, 2)]]


def test_guizhou_line_by_line(guizhou_land):
    name, all_levels = guizhou_land
    counties = all_levels.only(Level.COUNTY)
    lines = derive_lines(counties)
    assert len(lines) == 228
    assert len(derive_lines(counties, shortest_m=500)) == 226
    assert all(line.origin is LineOrigin.DERIVED and line.course.is_valid for line in lines)
    pieces = Counter(len(line.course.geoms) for line in lines)
    assert pieces == {"tianditu": {1: 220, 2: 7, 3: 1}, "amap": {1: 217, 2: 10, 3: 1}}[name]
    assert Counter(line.level for line in lines) == {Level.COUNTY: 151, Level.PREFECTURE: 77}


def test_pieces_are_those_of_the_polygons_intersections(guizhou_land):
    counties = guizhou_land[1].only(Level.COUNTY)
    land = dict(zip(counties.codes, counties.polygons, strict=True))
    several = [line for line in derive_lines(counties) if len(line.course.geoms) > 1]
    for line in several:
        met = shapely.intersection(land[line.sides[0]], land[line.sides[1]])
        assert (
            shapely.line_merge(met).normalize().equals_exact(shapely.line_merge(line.course).normalize(), 0)
        )


def test_prefecture_lines_from_counties_are_those_of_prefectures(guizhou_land):
    assembled = assemble_lines(derive_lines(guizhou_land[1].only(Level.COUNTY)), Level.PREFECTURE)
    direct = derive_lines(guizhou_land[1].only(Level.PREFECTURE))
    assert [(line.sides, line.level) for line in assembled] == [(line.sides, line.level) for line in direct]
    for one, other in zip(assembled, direct, strict=True):
        assert one.length_m == pytest.approx(other.length_m, rel=1e-9)
        assert one.course.normalize().equals_exact(other.course.normalize(), 0)


def test_a_municipality_has_no_prefecture_lines(edition):
    _, around = edition
    prefectures = around.only(Level.PREFECTURE)
    counties = derive_lines(around.only(Level.COUNTY))
    assembled = assemble_lines(counties, Level.PREFECTURE, prefectures.codes)
    assert [line.sides for line in assembled] == [line.sides for line in derive_lines(prefectures)]
    assert any(
        side in ("5001", "5002") for line in assemble_lines(counties, Level.PREFECTURE) for side in line.sides
    )


def test_province_lines_from_counties_are_those_of_provinces(edition):
    name, around = edition
    assembled = assemble_lines(derive_lines(around.only(Level.COUNTY)), Level.PROVINCE)
    direct = neighbours(around.only(Level.PROVINCE))
    assert [line.length_m for line in assembled] == pytest.approx(direct.metres, rel=1e-9)
    assert {line.level for line in assembled} == {Level.PROVINCE}
    ours = [line for line in assembled if "52" in line.sides]
    assert sorted({*line.sides} - {"52"} for line in ours) == [{"43"}, {"45"}, {"50"}, {"51"}, {"53"}]
    total_km = sum(line.length_m for line in ours) / 1000
    assert total_km == pytest.approx({"tianditu": 3584.6, "amap": 4136.1}[name], abs=0.1)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("52", "53", Level.PROVINCE),
        ("520111", "530111", Level.PROVINCE),
        ("5201", "5202", Level.PREFECTURE),
        ("520111", "520281", Level.PREFECTURE),
        ("520111", "520112", Level.COUNTY),
        ("520111001", "520111002", Level.TOWNSHIP),
        ("520111001001", "520111001002", Level.VILLAGE),
    ],
)
def test_level_of_a_line(one, other, level):
    assert line_level(one, other) is level


def test_one_division_has_no_line_with_itself():
    with pytest.raises(InvalidInputError):
        line_level("52", "52")


def test_nothing_makes_no_line():
    nothing = Territories((), (), (), np.zeros(0, dtype=object))
    assert derive_lines(nothing) == ()
    assert assemble_lines((), Level.PROVINCE) == ()
