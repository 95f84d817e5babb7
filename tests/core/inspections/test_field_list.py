"""The field list holds every marker and every segment between them, or those of a stretch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.inspections.field_list import ListedMarker, field_list
from geoname.core.inspections.inspection import ItemKind, Stretch
from geoname.errors import InvalidInputError

MARKERS = [ListedMarker(f"{n:03d}Q", n) for n in (1, 2, 3, 4)]


def test_markers_and_segments_alternate_from_start_to_end():
    keys = [item.key for item in field_list(MARKERS[:2])]
    assert keys == [
        "segment:start-001Q", "marker:001Q", "segment:001Q-002Q", "marker:002Q", "segment:002Q-end",
    ]  # fmt: skip


def test_twins_stand_at_one_place_with_no_segment_between_them():
    twins = [ListedMarker("002B", 2), ListedMarker("001Q", 1), ListedMarker("002A", 2)]
    keys = [item.key for item in field_list(twins)]
    assert keys == [
        "segment:start-001Q", "marker:001Q", "segment:001Q-002A", "marker:002A", "marker:002B",
        "segment:002A-end",
    ]  # fmt: skip


def test_a_line_without_markers_is_one_segment():
    assert [item.key for item in field_list([])] == ["segment:start-end"]


def test_a_stretch_has_neither_start_nor_end():
    keys = [item.key for item in field_list(MARKERS, Stretch("002Q", "003Q"))]
    assert keys == ["marker:002Q", "segment:002Q-003Q", "marker:003Q"]


@pytest.mark.parametrize(
    ("stretch", "field"),
    [(("009Q", "003Q"), "from_marker"), (("003Q", "002Q"), "to_marker"), (("002Q", "002Q"), "to_marker")],
)
def test_a_stretch_off_the_line_or_backwards_is_refused(stretch, field):
    with pytest.raises(InvalidInputError) as refused:
        field_list(MARKERS, Stretch(*stretch))
    assert refused.value.field == field


@given(st.sets(st.integers(1, 60)))
def test_keys_are_unique_and_segments_join_up(serials):
    items = field_list([ListedMarker(f"{n:03d}Q", n) for n in serials])
    assert len({item.key for item in items}) == len(items)
    segments = [item for item in items if item.kind is ItemKind.SEGMENT]
    assert len(segments) == len(serials) + 1
    assert [one.to_marker for one in segments[:-1]] == [one.from_marker for one in segments[1:]]
