"""An edition made of a file and another edition: whose territories count, whose lines."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geoname.core.boundaries.composition import compose
from geoname.core.boundaries.line import LineOrigin
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.service.shipped_editions import EDITIONS, read_edition


@pytest.fixture(scope="module")
def tianditu():
    return read_edition(EDITIONS[0])


@pytest.fixture(scope="module")
def amap():
    return read_edition(EDITIONS[1])


def counties(edition, prefix="52"):
    territories = edition.territories.only(Level.COUNTY)
    return territories.take([i for i, code in enumerate(territories.codes) if code.startswith(prefix)])


def by_sides(lines):
    return {line.sides: line.length_m for line in lines}


def test_a_file_that_is_the_edition_gives_the_edition(tianditu):
    made = compose(counties(tianditu), tianditu.territories, tianditu.lines, ["52"])
    assert by_sides(made.lines) == pytest.approx(by_sides(tianditu.lines))
    assert made.kept == ()
    assert sorted(made.territories.codes) == sorted(tianditu.territories.codes)


def test_territories_and_lines_come_in_the_order_of_a_store(tianditu, amap):
    made = compose(counties(amap), tianditu.territories, tianditu.lines, ["52"])
    keys = [
        (level.depth, code)
        for level, code in zip(made.territories.levels, made.territories.codes, strict=True)
    ]
    assert keys == sorted(keys)
    assert [line.sides for line in made.lines] == sorted(line.sides for line in made.lines)


def test_own_counties_make_own_prefectures_and_province(tianditu, amap):
    made = compose(counties(amap), tianditu.territories, tianditu.lines, ["52"])
    assert set(made.dissolved) == {
        "52",
        *(code for code in tianditu.territories.codes if code[:2] == "52" and len(code) == 4),
    }
    polygons = dict(zip(made.territories.codes, made.territories.polygons, strict=True))
    assert polygons["52"].equals(shapely.union_all(counties(amap).polygons))
    assert polygons["50"] is tianditu.territories.polygons[tianditu.territories.codes.index("50")]


def test_lines_to_the_neighbours_stay_where_edges_do_not_meet(tianditu, amap):
    made = compose(counties(amap), tianditu.territories, tianditu.lines, ["52"])
    assert len(made.kept) == 70
    assert all(sum(side.startswith("52") for side in each.split("-")) == 1 for each in made.kept)
    was, now = by_sides(tianditu.lines), by_sides(made.lines)
    assert set(was) == set(now)
    assert now["52", "53"] == pytest.approx(was["52", "53"])
    assert now["5201", "5204"] != pytest.approx(was["5201", "5204"])


def test_part_of_a_prefecture_leaves_the_prefecture_alone(tianditu, amap):
    one = counties(amap, "520102")
    made = compose(one, tianditu.territories, tianditu.lines, ["520102"])
    assert made.dissolved == ()
    assert len(made.territories) == len(tianditu.territories)


def test_within_a_division_only_the_file_counts(tianditu):
    of_anshun = counties(tianditu, "5204")
    made = compose(of_anshun.take([0, 1]), tianditu.territories, tianditu.lines, ["5204"])
    left = [code for code in made.territories.codes if code.startswith("5204") and len(code) == 6]
    assert left == sorted(of_anshun.codes[:2])


def test_lower_territories_add_to_those_above(tianditu):
    county = counties(tianditu, "520111")
    west, south, east, north = county.polygons[0].bounds
    middle = (west + east) / 2
    halves = shapely.intersection(
        county.polygons[0],
        [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)],
    )
    townships = Territories(
        ("520111001", "520111002"), ("甲", "乙"), (Level.TOWNSHIP,) * 2, np.asarray(halves)
    )
    made = compose(townships, tianditu.territories, tianditu.lines, ["520111"])
    assert len(made.territories) == len(tianditu.territories) + 2
    added = [line for line in made.lines if len(line.sides[0]) == 9]
    assert [(line.sides, line.level) for line in added] == [(townships.codes, Level.TOWNSHIP)]
    assert len(made.lines) == len(tianditu.lines) + 1


def test_a_registered_line_is_never_replaced_by_a_derived_one(tianditu):
    sides = ("520102", "520103")
    lines = [
        replace(line, origin=LineOrigin.REGISTERED, length_m=1.0) if line.sides == sides else line
        for line in tianditu.lines
    ]
    made = compose(counties(tianditu), tianditu.territories, lines, ["52"])
    (kept,) = (line for line in made.lines if line.sides == sides)
    assert (kept.origin, kept.length_m) == (LineOrigin.REGISTERED, 1.0)
