"""Registered lines against derived ones, two editions line by line, lines of polygons that do not match."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geoname.core.boundaries.clean_lines import derive_cleaned
from geoname.core.boundaries.coverage_report import DefectKind
from geoname.core.boundaries.derive_lines import assemble_lines, derive_lines
from geoname.core.boundaries.line_comparison import compare_lines
from geoname.core.boundaries.line_match import LineTrouble, match_lines
from geoname.core.boundaries.registered_line import RegisteredLine
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import areas
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError


def squares(*polygons: shapely.Polygon) -> Territories:
    column = np.empty(len(polygons), dtype=object)
    column[:] = polygons
    codes = tuple(f"52010{i}" for i in range(1, len(polygons) + 1))
    return Territories(codes, codes, (Level.COUNTY,) * len(codes), column)


TWO = squares(shapely.box(106.0, 26.0, 106.1, 26.1), shapely.box(106.1, 26.0, 106.2, 26.1))
SIDES = ("520101", "520102")
(DRAWN,) = derive_lines(TWO)


def registered(**more) -> RegisteredLine:
    return RegisteredLine("520101-520102", "试验线", Level.COUNTY, SIDES, **more)


def troubles(lines, derived, **more):
    found = match_lines(lines, derived, **({"accuracy_m": 50.0, "length_differs": 0.1} | more))
    return [(one.kind, one.sides) for one in found]


def test_what_agrees_is_not_told():
    assert troubles([registered(length_m=DRAWN.length_m * 1.05, course=DRAWN.course)], [DRAWN]) == []
    assert troubles([registered()], [DRAWN]) == []


def test_what_one_lacks_is_told():
    other = replace(registered(), sides=("520101", "520109"))
    assert troubles([other], [DRAWN]) == [
        (LineTrouble.NOT_DERIVED, ("520101", "520109")), (LineTrouble.NOT_REGISTERED, SIDES)
    ]  # fmt: skip


def test_nothing_is_missing_where_nothing_is_known():
    provincial = replace(registered(), sides=("52", "53"))
    assert troubles([provincial], [DRAWN]) == []
    assert troubles([], [DRAWN]) == []


def test_lengths_and_courses_apart_are_told():
    (found,) = match_lines(
        [registered(length_m=DRAWN.length_m * 2)], [DRAWN], accuracy_m=50.0, length_differs=0.1
    )
    assert (found.kind, found.apart) == (LineTrouble.LENGTH, 0.5)
    moved = shapely.MultiLineString([[(106.101, 26.0), (106.101, 26.1)]])
    (found,) = match_lines([registered(course=moved)], [DRAWN], accuracy_m=50.0, length_differs=0.1)
    assert found.kind == LineTrouble.COURSE
    assert found.greatest_m == pytest.approx(100.1, abs=0.5)
    assert troubles([registered(course=moved)], [DRAWN], accuracy_m=150.0) == []


def test_the_land_between_two_editions_lies_between_their_lines():
    new = squares(shapely.box(106.0, 26.0, 106.101, 26.1), shapely.box(106.101, 26.0, 106.2, 26.1))
    (shift,) = compare_lines(derive_lines(new), derive_lines(TWO), new, TWO)
    strip = areas(np.array([shapely.box(106.1, 26.0, 106.101, 26.1)], dtype=object))[0]
    assert shift.area_between_m2 == pytest.approx(strip, rel=1e-3)
    assert shift.mean_m == pytest.approx(100.0, abs=0.5)
    assert shift.greatest_m >= shift.mean_m
    (same,) = compare_lines(derive_lines(TWO), derive_lines(TWO), TWO, TWO)
    assert (same.mean_m, same.greatest_m, same.area_between_m2) == (0.0, 0.0, 0.0)


def test_lines_that_one_edition_lacks_are_not_compared():
    assert compare_lines(derive_lines(TWO), [], TWO, TWO) == ()


@pytest.fixture(scope="module")
def guizhou(edition):
    _, around = edition
    county = around.only(Level.COUNTY)
    return county.take([i for i, code in enumerate(county.codes) if code.startswith("52")])


def test_an_edition_that_matches_is_used_as_it_is(guizhou):
    done = derive_cleaned(guizhou, 50.0)
    assert (len(done.lines), sum(line.length_m >= 500.0 for line in done.lines)) == (228, 226)
    assert done.territories is guizhou
    assert (done.moved, done.greatest_m) == ((), 0.0)
    assert len(derive_cleaned(guizhou, 50.0, 500.0).lines) == 226


@pytest.mark.parametrize("metres", [10.0, 50.0, 100.0])
def test_edges_simplified_apart_give_the_same_pairs_once_cleaned(guizhou, metres):
    apart = replace(guizhou, polygons=np.asarray(shapely.simplify(guizhou.polygons, metres / 111_320.0)))
    truth = {line.sides for line in derive_lines(guizhou)}
    done = derive_cleaned(apart, metres)
    assert {line.sides for line in done.lines} == truth
    assert sum(line.length_m >= 500.0 for line in done.lines) == 226
    assert done.is_cleaned
    assert done.greatest_m > 0.0
    assert len(done.after.defects) < len(done.before.defects)
    assert all(one.place is not None for one in done.before.defects)
    assert not done.after.of(DefectKind.OVERLAP)


def test_counties_that_only_come_near_are_no_neighbours(guizhou):
    done = derive_cleaned(guizhou, 100.0)
    assert ("520402", "520524") not in {line.sides for line in done.lines}


def test_a_province_line_is_its_seventy_pairs(edition):
    _, around = edition
    done = derive_cleaned(around.only(Level.COUNTY), 0.0)
    across = [line for line in done.lines if len({side[:2] for side in line.sides}) == 2]
    own = {
        other: sum({side[:2] for side in line.sides} == {"52", other} for line in across)
        for other in ("50", "43", "45", "53", "51")
    }
    assert own == {"50": 13, "43": 17, "45": 18, "53": 13, "51": 9}
    lines = [line for line in assemble_lines(done.lines, Level.PROVINCE) if "52" in line.sides]
    assert len(lines) == 5
    for line in lines:
        parts = [one.length_m for one in across if {side[:2] for side in one.sides} == set(line.sides)]
        assert line.length_m == pytest.approx(sum(parts), rel=1e-9)


def test_a_tolerance_that_would_join_strangers_is_refused(guizhou):
    for metres in (-1.0, 100.5, float("nan")):
        with pytest.raises(InvalidInputError, match="tolerance"):
            derive_cleaned(guizhou, metres)


def test_crossed_rings_are_refused():
    bow = shapely.Polygon([(106, 26), (106.1, 26.1), (106.1, 26), (106, 26.1)])
    with pytest.raises(InvalidInputError, match="cross"):
        derive_cleaned(squares(bow, shapely.box(107, 26, 107.1, 26.1)), 10.0)
