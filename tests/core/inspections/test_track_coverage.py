"""What a track shows of a line: share walked, stretches left, markers passed, tolerance and jumps."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString

from geoname.core.inspections.line_measure import LineMeasure
from geoname.core.inspections.track import Track, TrackRules, check_track, join_tracks, summary, time_gaps
from geoname.core.inspections.track_coverage import complement, cover, cut, union
from geoname.errors import InvalidInputError

# About 9.86 km along the 27th parallel.
LINE = MultiLineString([[(106.0, 27.0), (106.05, 27.0), (106.1, 27.0)]])
LENGTH = LineMeasure(LINE).length_m


def walk(lon_from, lon_to, count=500, lat=27.0, began=0.0, step_s=10.0):
    lon = np.linspace(lon_from, lon_to, count)
    return Track(lon, np.full(count, lat), began + step_s * np.arange(count), np.zeros(count, dtype=np.int32))


def test_a_line_walked_from_end_to_end_is_walked_whole():
    found = cover(walk(106.0, 106.1), LINE, 10.0, TrackRules())
    assert found.share == pytest.approx(1.0, abs=1e-9)
    assert found.missed == ()
    assert found.length_m == pytest.approx(9_924.0, rel=0.01)


def test_half_a_walk_is_half_the_line_and_the_rest_is_named():
    found = cover(walk(106.0, 106.05), LINE, 10.0, TrackRules(tolerance_m=20.0))
    assert found.share == pytest.approx(0.5 + 20.0 / LENGTH, abs=3.0 / LENGTH)
    ((start, end),) = found.missed
    assert start == pytest.approx(LENGTH / 2 + 20.0, abs=3.0)
    assert end == LENGTH
    (part,) = cut(LINE, found.missed)
    assert part.geoms[-1].coords[-1] == (106.1, 27.0)


def test_a_walk_beside_the_line_counts_within_the_tolerance_only():
    beside = walk(106.0, 106.1, lat=27.0 + 40.0 / 110_800.0)
    assert cover(beside, LINE, 1.0, TrackRules(tolerance_m=45.0)).share > 0.999
    assert cover(beside, LINE, 1.0, TrackRules(tolerance_m=35.0)).share == 0.0


def test_the_tolerance_is_never_finer_than_the_line_is_known():
    beside = walk(106.0, 106.1, lat=27.0 + 40.0 / 110_800.0)
    found = cover(beside, LINE, 60.0, TrackRules(tolerance_m=5.0))
    assert found.tolerance.raised
    assert (found.tolerance.asked_m, found.tolerance.used_m) == (5.0, 60.0)
    assert found.share > 0.999
    assert not cover(beside, LINE, 3.0, TrackRules(tolerance_m=5.0)).tolerance.raised


def test_a_jump_from_one_end_to_the_other_proves_nothing_between():
    found = cover(walk(106.0, 106.1, count=2), LINE, 1.0, TrackRules(tolerance_m=50.0))
    assert found.walked_m == pytest.approx(100.0, abs=15.0)
    apart = walk(106.0, 106.1)
    apart = Track(apart.lon, apart.lat, apart.time, np.r_[np.zeros(250), np.ones(250)].astype(np.int32))
    assert cover(apart, LINE, 1.0, TrackRules()).share > 0.999
    holes = Track(apart.lon[::20], apart.lat[::20], apart.time[::20], apart.part[::20])
    assert cover(holes, LINE, 1.0, TrackRules(tolerance_m=50.0, longest_step_m=200.0)).share < 0.35


def test_a_lone_point_counts_where_it_was_taken():
    lone = walk(106.05, 106.05, count=1)
    found = cover(lone, LINE, 1.0, TrackRules(tolerance_m=50.0))
    assert found.walked_m == pytest.approx(100.0, abs=15.0)


def test_markers_within_the_tolerance_are_passed_with_their_time():
    markers = [("5253001Q", 106.02, 27.0001), ("5253002Q", 106.08, 27.0), ("5253003Q", 106.02, 27.01)]
    found = cover(walk(106.0, 106.05), LINE, 1.0, TrackRules(tolerance_m=50.0), markers)
    (passed,) = found.passed
    assert passed.marker == "5253001Q"
    assert passed.distance_m == pytest.approx(11.1, abs=0.2)
    assert passed.at == pytest.approx(0.4 * 4990.0, abs=15.0)


def test_the_pieces_of_a_line_are_counted_on_and_never_joined():
    two = MultiLineString([[(106.0, 27.0), (106.01, 27.0)], [(106.03, 27.0), (106.04, 27.0)]])
    length = LineMeasure(two).length_m
    found = cover(walk(106.0, 106.005), two, 1.0, TrackRules(tolerance_m=10.0))
    assert len(found.missed) == 2
    assert found.missed[1] == (pytest.approx(length / 2), pytest.approx(length))
    first, second = cut(two, found.missed)
    assert first.geoms[0].coords[-1] == (106.01, 27.0)
    assert second.geoms[0].coords[0] == (106.03, 27.0)
    assert cover(walk(106.0, 106.04), two, 1.0, TrackRules()).share > 0.9999


def test_a_stretch_is_judged_alone():
    found = cover(walk(106.0, 106.05), LINE, 1.0, TrackRules(), stretch=(0.0, LENGTH / 2))
    assert found.share > 0.999
    with pytest.raises(InvalidInputError, match="does not lie on a line"):
        cover(walk(106.0, 106.05), LINE, 1.0, TrackRules(), stretch=(100.0, LENGTH + 500.0))
    with pytest.raises(InvalidInputError):
        cover(walk(106.0, 106.05), LINE, 1.0, TrackRules(), stretch=(500.0, 100.0))


def test_a_track_elsewhere_covers_nothing():
    found = cover(walk(110.0, 110.1), LINE, 1.0, TrackRules())
    assert found.walked == ()
    assert found.missed == ((0.0, LENGTH),)


def test_times_that_run_backwards_and_impossible_places_are_named():
    track = walk(106.0, 106.1, count=5)
    back = Track(track.lon, track.lat, np.array([0.0, 1.0, np.nan, 0.5, 2.0]), track.part)
    with pytest.raises(InvalidInputError, match="point 4 of the track was recorded before"):
        check_track(back)
    check_track(Track(track.lon, track.lat, back.time, np.array([0, 0, 0, 1, 1], dtype=np.int32)))
    with pytest.raises(InvalidInputError, match="point 2 of the track lies at 200"):
        check_track(Track(np.array([106.0, 200.0]), np.zeros(2), np.zeros(2), np.zeros(2, dtype=np.int32)))
    with pytest.raises(InvalidInputError, match="no points"):
        check_track(Track(*(np.zeros(0) for _ in range(3)), np.zeros(0, dtype=np.int32)))


def test_pauses_are_told_within_a_recording_only():
    track = walk(106.0, 106.001, count=4)
    paused = Track(track.lon, track.lat, np.array([0.0, 10.0, 2000.0, 9000.0]), np.array([0, 0, 0, 1]))
    (gap,) = time_gaps(paused, 600.0)
    assert (gap.began, gap.ended) == (10.0, 2000.0)


def test_recordings_of_two_sides_are_joined_and_stay_apart():
    both = join_tracks((walk(106.0, 106.04), walk(106.05, 106.1)))
    assert summary(both)["recordings"] == 2
    assert len(both) == 1000
    found = cover(both, LINE, 1.0, TrackRules(tolerance_m=10.0))
    (missed,) = found.missed
    assert missed[1] - missed[0] == pytest.approx(0.1 * LENGTH - 20.0, abs=4.0)


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("nan"), float("inf")])
def test_a_tolerance_that_is_none_is_refused(wrong):
    with pytest.raises(InvalidInputError, match="tolerance_m"):
        TrackRules(tolerance_m=wrong)


intervals = st.lists(
    st.tuples(st.floats(0, 1000), st.floats(0, 1000)).map(lambda pair: (min(pair), max(pair))), max_size=12
)


@given(intervals)
def test_what_is_walked_and_what_is_missed_make_the_line(found):
    walked = union(found)
    missed = complement(walked, [(0.0, 400.0), (400.0, 1000.0)])
    total = sum(end - start for start, end in (*walked, *missed))
    assert total == pytest.approx(1000.0)
    assert union(walked) == walked
    assert all(start < end for start, end in missed)


@given(st.floats(0.0, 1.0), st.floats(-0.004, 0.004))
def test_a_place_on_the_line_is_found_again(share, off):
    line = LineMeasure(LINE)
    lon, lat = line.place(share * LENGTH)
    at, metres = line.locate(lon, lat + off)
    assert at == pytest.approx(share * LENGTH, abs=0.01)
    assert metres == pytest.approx(abs(off) * 110_811.0, rel=1e-3, abs=0.01)


def test_a_hundred_thousand_points_on_a_hundred_kilometres_take_less_than_a_second():
    steps = np.linspace(0.0, 1.0, 3000)
    course = MultiLineString([LineString(np.column_stack([106.0 + steps, 27.0 + 0.05 * np.sin(40 * steps)]))])
    share = np.linspace(0.0, 1.0, 100_000)
    noise = np.random.default_rng(1).normal(0.0, 5e-5, (2, 100_000))
    track = Track(
        106.0 + share + noise[0], 27.0 + 0.05 * np.sin(40 * share) + noise[1], 2.0 * np.arange(100_000.0),
        np.zeros(100_000, dtype=np.int32),
    )  # fmt: skip
    before = time.process_time()
    found = cover(track, course, 10.0, TrackRules(tolerance_m=30.0))
    assert time.process_time() - before < 1.0
    assert found.share > 0.99
