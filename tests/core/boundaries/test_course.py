"""Along a course: chainages, distances off it, stretches, and its cuts at markers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.boundaries.course import Course
from geoname.core.boundaries.line_segments import cut_at_markers, drawn
from geoname.core.boundaries.marker import Marker, Position
from geoname.core.boundaries.marker_number import parse_marker_number
from geoname.core.coordinates.geodesic import ELLIPSOID, lengths

BENT = shapely.MultiLineString(
    [[(106.0, 26.5), (106.1, 26.5), (106.1, 26.6)], [(106.3, 26.5), (106.4, 26.5)]]
)
# Vertices a tenth of a metre apart at the least, as files have them.
PLACES = st.lists(
    st.tuples(st.integers(105_000_000, 105_300_000), st.integers(26_000_000, 26_300_000)).map(
        lambda place: (place[0] / 1e6, place[1] / 1e6)
    ),
    min_size=2, max_size=12, unique=True,
)  # fmt: skip


def marker(number: str, lon: float | None, lat: float | None) -> Marker:
    read = parse_marker_number(number)
    at = None if lon is None else Position(lon, lat, "EPSG:4490", lon, lat)
    return Marker(
        f"l:{number}", "l", number, read.line_code, read.serial, read.type, ("52", "53"), position=at
    )


def test_pieces_have_their_geodesic_lengths():
    course = Course(BENT)
    whole = lengths(np.array([shapely.LineString(part) for part in BENT.geoms], dtype=object))
    assert course.piece_m == pytest.approx(whole, rel=1e-7)


@given(PLACES, st.floats(0.0, 1.0))
@settings(max_examples=60, deadline=None)
def test_a_place_on_the_course_is_found_where_it_was_taken(places, share):
    course = Course(shapely.MultiLineString([places]))
    metres = share * float(course.piece_m[0])
    lon, lat = course.place(0, metres)
    found = course.along(np.array([lon]), np.array([lat]))
    assert found.piece.tolist() == [0]
    assert found.off_m[0] < 0.01
    back = course.place(0, float(found.chainage_m[0]))
    # A course may cross itself: the place is the same, the chainage may be the other one.
    assert back == pytest.approx((lon, lat), abs=2e-7)


def test_how_far_off_is_metres_on_the_ground():
    lat = 26.5 + 0.001
    found = Course(BENT).along(np.array([106.05]), np.array([lat]))
    truth = ELLIPSOID.inv(106.05, 26.5, 106.05, lat)[2]
    assert found.off_m[0] == pytest.approx(truth, rel=1e-5)
    assert found.chainage_m[0] == pytest.approx(ELLIPSOID.inv(106.0, 26.5, 106.05, 26.5)[2], abs=0.1)


def test_an_empty_course_is_far_from_everything():
    found = Course(shapely.MultiLineString()).along(np.array([106.0]), np.array([26.0]))
    assert found.piece.tolist() == [-1]
    assert np.isinf(found.off_m).all()
    assert cut_at_markers(Course(shapely.MultiLineString()), [marker("001Q", 106.0, 26.0)]) == ()


@given(PLACES, st.lists(st.floats(0.0, 1.0), max_size=6, unique=True))
@settings(max_examples=60, deadline=None)
def test_segments_make_up_the_whole_line(places, shares):
    course = Course(shapely.MultiLineString([places]))
    length = float(course.piece_m[0])
    marks = [marker(f"{i:03d}Q", *course.place(0, share * length)) for i, share in enumerate(shares, 1)]
    segments = cut_at_markers(course, marks)
    assert sum(one.length_m for one in segments) == pytest.approx(length, abs=1e-6)
    assert [one.to_m for one in segments[:-1]] == [one.from_m for one in segments[1:]]
    assert len({one.id for one in segments}) == len(segments)
    for one in segments:
        if one.length_m > 1.0:
            (metres,) = lengths(np.array([drawn(course, one)], dtype=object))
            assert metres == pytest.approx(one.length_m, rel=5e-6, abs=0.01)


def test_markers_cut_their_own_piece():
    segments = cut_at_markers(
        Course(BENT), [marker("001Q", 106.05, 26.5), marker("003Q", 106.35, 26.5), marker("002Q", None, None)]
    )
    assert [one.id for one in segments] == ["1:start-001", "1:001-end", "2:start-003", "2:003-end"]


def test_two_markers_of_one_number_are_one_place():
    pair = [marker("001A", 106.04, 26.5), marker("001B", 106.06, 26.5)]
    segments = cut_at_markers(Course(BENT), pair)
    assert [one.id for one in segments] == ["1:start-001", "1:001-end", "2:start-end"]
    one = cut_at_markers(Course(BENT), [marker("001Q", 106.05, 26.5)])
    assert segments[0].to_m == pytest.approx(one[0].to_m, abs=0.01)


def test_a_marker_without_degrees_cuts_nothing():
    old = marker("001Q", 106.05, 26.5)
    old = replace(old, position=replace(old.position, lon=None, lat=None, given_crs="xian1980"))
    assert [one.id for one in cut_at_markers(Course(BENT), [old])] == ["1:start-end", "2:start-end"]
