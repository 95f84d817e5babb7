"""Where three territories meet."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.boundaries.derive_lines import derive_lines
from geoname.core.boundaries.tripoint import Tripoint, find_tripoints
from geoname.core.divisions.division import Level

SIZES = st.integers(1, 6)


@given(st.integers(0, 2**32 - 1), SIZES, SIZES, st.integers(0, 15))
@settings(max_examples=60, deadline=None)
def test_corners_of_tilings(make_tiling, seed, rows, columns, merges):
    made = make_tiling(seed, rows, columns, merges)
    codes = made.territories.codes
    found = {(point.lon, point.lat): set(point.codes) for point in find_tripoints(made.territories)}
    assert found == {place: {codes[i] for i in around} for place, around in made.meeting().items()}


def test_guizhou(edition):
    around = edition[1].only(Level.COUNTY)
    inside = [point for point in find_tripoints(around) if all(c.startswith("52") for c in point.codes)]
    assert len(inside) == 147
    assert all(len(point.codes) == 3 for point in inside)


def test_every_open_piece_ends_at_a_tripoint_or_on_the_outer_edge(edition):
    around = edition[1].only(Level.COUNTY)
    points = {(point.lon, point.lat) for point in find_tripoints(around)}
    for line in derive_lines(around):
        if "52" in (line.sides[0][:2], line.sides[1][:2]):
            for piece in line.course.geoms:
                assert piece.is_closed or {piece.coords[0], piece.coords[-1]} <= points


def test_four_boxes_meet_once(make_territories):
    boxes = [shapely.box(x, y, x + 1, y + 1) for x in (0, 1) for y in (0, 1)]
    assert find_tripoints(make_territories(*boxes)) == (
        Tripoint(1.0, 1.0, ("520101", "520102", "520103", "520104")),
    )


@pytest.mark.parametrize(
    ("codes", "level"),
    [
        (("520101", "520102", "530101"), Level.PROVINCE),
        (("520101", "520102", "520201"), Level.PREFECTURE),
        (("520101", "520102", "520103"), Level.COUNTY),
    ],
)
def test_the_level_is_that_of_the_highest_line(codes, level):
    assert Tripoint(0.0, 0.0, codes).level is level
