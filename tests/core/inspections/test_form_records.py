"""A record becomes the values of a form and back without loss; what a record cannot be is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.inspections.field_form import FIELDS_OF, MARKER_FIELDS, SEGMENT_FIELDS, read_value
from geoname.core.inspections.field_record import (
    Condition,
    FieldRecord,
    MarkerDetails,
    MarkerState,
    Presence,
    ReferenceCheck,
    SegmentDetails,
)
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.form_records import Written, record_of, values_of
from geoname.core.inspections.inspection import FieldItem, ItemKind
from geoname.errors import InvalidInputError

SIDES = ("520111", "520181")
MARKER = FieldItem("marker:001Q", ItemKind.MARKER, "001Q", "001Q")
SEGMENT = FieldItem("segment:001Q-002Q", ItemKind.SEGMENT, "001Q", "002Q")
WRITTEN = Written("i1", SIDES, "520111", "张三")
DAY = date(2026, 4, 2)

names = st.text("张王李赵㵲孙", min_size=1, max_size=4)
texts = st.text("河道沟渠变化，。A1", max_size=12)
numbers = st.none() | st.floats(0, 359, allow_nan=False).map(lambda number: round(number, 3))
references = st.lists(st.builds(ReferenceCheck, names, numbers, numbers, st.booleans()), max_size=4)
markers = st.builds(
    MarkerDetails, st.just("001Q"), state=st.sampled_from(MarkerState), paint=st.sampled_from(Condition),
    base=st.sampled_from(Condition), weeds_cleared=st.booleans(), references=references.map(tuple),
)  # fmt: skip
segments = st.builds(
    SegmentDetails, st.just("001Q"), st.just("002Q"), texts, texts, texts, st.booleans(), texts, texts
)
people = st.lists(st.builds(Presence, st.sampled_from(SIDES), names), max_size=4, unique=True).map(
    lambda found: tuple(sorted(found, key=lambda one: one.side))
)


def record(item, marker=None, segment=None, present=(), **more):
    return FieldRecord("r1", "i1", item.key, DAY, present, "520111", "张三", marker, segment, **more)


@given(markers, people, texts, st.none() | st.sampled_from(FindingKind))
def test_a_marker_record_comes_back_from_its_form(marker, present, handling, problem):
    kept = record(MARKER, marker, present=present, handling=handling, problem=problem)
    back = record_of(values_of(kept, MARKER, SIDES), kept, MARKER, WRITTEN, "r2")
    assert back == replace(kept, version=2)


@given(segments, people)
def test_a_segment_record_comes_back_from_its_form(segment, present):
    kept = record(SEGMENT, segment=segment, present=present, not_reached="雨")
    back = record_of(values_of(kept, SEGMENT, SIDES), kept, SEGMENT, WRITTEN, "r2")
    assert back == replace(kept, version=2)


def test_the_values_are_the_fields_of_the_form():
    for item in (MARKER, SEGMENT):
        values = values_of(None, item, SIDES)
        assert {field.name for field in FIELDS_OF[item.kind]} == set(values)
        assert set(values.values()) == {None}


def test_a_new_record_is_made_of_what_was_written_and_nothing_else():
    values = values_of(None, MARKER, SIDES) | {
        "day": "2026-04-02", "present_a": "张三、李四", "present_b": "王五",
        "state": "lost", "lon": 106.5, "lat": 27.0,
    }  # fmt: skip
    made = record_of(values, None, MARKER, WRITTEN, "r9")
    assert made.id == "r9"
    assert made.version == 1
    assert made.present == (
        Presence("520111", "张三"),
        Presence("520111", "李四"),
        Presence("520181", "王五"),
    )
    assert made.marker.state is MarkerState.LOST
    assert made.marker.datum == "cgcs2000"
    assert made.counts(SIDES)
    assert not record_of(values | {"present_b": None}, None, MARKER, WRITTEN, "r9").counts(SIDES)


def test_a_new_position_forgets_the_old_deviation():
    kept = record(MARKER, MarkerDetails("001Q", lon=106.5, lat=27.0, datum="cgcs2000", deviation_m=0.4))
    values = values_of(kept, MARKER, SIDES)
    assert record_of(values, kept, MARKER, WRITTEN, "r").marker.deviation_m == 0.4
    assert record_of(values | {"lon": 106.6}, kept, MARKER, WRITTEN, "r").marker.deviation_m is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"day": None}, "day"), ({"lon": 106.5}, "lat"), ({"lon": 27.0, "lat": 106.5}, "lat")],
)
def test_what_a_record_cannot_be_is_named(changes, field):
    values = values_of(None, MARKER, SIDES) | {"day": "2026-04-02"} | changes
    with pytest.raises(InvalidInputError) as caught:
        record_of(values, None, MARKER, WRITTEN, "r")
    assert caught.value.field == field


def field(name):
    return next(one for one in (*MARKER_FIELDS, *SEGMENT_FIELDS) if one.name == name)


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("state", "丢失", "lost"),
        ("state", "lost", "lost"),
        ("state", "", None),
        ("problem", "F2", "F2"),
        ("weeds_cleared", "是", True),
        ("weeds_cleared", 0, False),
        ("clear", True, True),
        ("lon", "106.5", 106.5),
        ("day", "2026/04/02", "2026-04-02"),
        ("day", "2026-04-02 00:00:00", "2026-04-02"),
        ("day", "2026/4/2", "2026-04-02"),
        ("day", "2026年4月2日", "2026-04-02"),
        ("weather", "  晴 ", "晴"),
        ("azimuth_1", float("nan"), None),
    ],
)
def test_cells_are_read_as_people_write_them(name, written, value):
    assert read_value(field(name), written, "row 2") == value


@pytest.mark.parametrize(
    ("name", "written"),
    [("state", "gone"), ("weeds_cleared", "maybe"), ("lon", "E106"), ("lon", "inf"), ("day", "04/02"),
     ("day", "2026-02-30"), ("day", "2026-04-021"),
     ("weather", "晴" * 2001)],
)  # fmt: skip
def test_cells_that_cannot_be_are_named_with_their_row(name, written):
    with pytest.raises(InvalidInputError, match=f"row 2: {name}"):
        read_value(field(name), written, "row 2")
