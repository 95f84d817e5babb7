"""Registered lines and markers come back as given, change on the record, and refuse a stale version."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread

import orjson
import pytest
import shapely

from geoname.core.boundaries.marker import Marker, MarkerState, Position, ReferenceObject, StateChange
from geoname.core.boundaries.marker_number import MarkerType
from geoname.core.boundaries.registered_line import MarkerCounts, RegisteredLine
from geoname.core.divisions.division import Level
from geoname.core.register.provenance import Source
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import ConflictError, InvalidInputError, NotFoundError
from geoname.store.protocols import Written

SOURCE = Source("own-lines", "界线登记", "省民政厅", "file", "internal", "", PartialDate.parse("2024"), "ab")
LINE = RegisteredLine(
    "52-53", "黔滇线", Level.PROVINCE, ("52", "53"), "5253", "三省交会点", "三省交会点", "国函〔2001〕1号",
    PartialDate.parse("2001-05"), "黔滇协议", 1_047_000.5, MarkerCounts(40, 6, None), ("5253001I",), True,
    PartialDate.parse("2023-09-30"), "备注", shapely.MultiLineString([[(104, 25), (104.5, 25.5)]]),
)  # fmt: skip
BARE = RegisteredLine("520111-522730", "花龙线", Level.COUNTY, ("520111", "522730"))
MARKER = Marker(
    "52-53:5253001A", "52-53", "5253001A", "5253", 1, MarkerType.A, ("52", "53"), 2, "花岗岩",
    Position(104.1, 25.1, "EPSG:4490", 104.1, 25.1, 1834.5, "1985国家高程基准", 0.5, "GPS"), "㵲水北岸",
    (ReferenceObject("独立树", 45.5, 12.25), ReferenceObject("𠅤房", None, None)), "520222", "张三",
    ("ab" * 32,), (StateChange(MarkerState.ERECTED, PartialDate.parse("2001")),
                   StateChange(MarkerState.INTACT, None, "联检", "好")), ("50-52",), "", False,
)  # fmt: skip
PLACELESS = Marker(
    "52-53:5253001B", "52-53", "5253001B", "5253", 1, MarkerType.B, ("52", "53"),
    position=Position(18_000_123.0, 2_800_000.0, "xian1980"),
)  # fmt: skip


@pytest.fixture
def held(store):
    store.put_lines([LINE, BARE], SOURCE, "张")
    store.put_markers([PLACELESS, MARKER], SOURCE, "张")
    return store


def test_what_was_put_comes_back(held):
    assert held.registered_lines() == [
        replace(LINE, source_id="own-lines"), replace(BARE, source_id="own-lines")
    ]  # fmt: skip
    assert held.registered_line("52-53") == replace(LINE, source_id="own-lines")
    assert held.markers("52-53") == [
        replace(MARKER, source_id="own-lines"), replace(PLACELESS, source_id="own-lines")
    ]  # fmt: skip
    assert held.marker("52-53:5253001B") == replace(PLACELESS, source_id="own-lines")
    assert held.registered_line("no") is None
    assert held.marker("no") is None
    assert held.verify() == []


def test_a_marker_where_lines_meet_is_on_all_of_them(held):
    assert [one.number for one in held.markers("50-52")] == ["5253001A"]
    assert held.markers("0-52") == []
    assert len(held.markers()) == 2


def test_the_same_again_changes_nothing_whichever_file_it_comes_from(held):
    again = replace(SOURCE, id="own-other")
    assert held.put_lines([LINE, BARE], SOURCE, "李") == Written(same=2)
    assert held.put_markers([MARKER, PLACELESS], again, "李") == Written(same=2)
    assert [one.action for one in held.audit("line:52-53")] == ["registered"]
    assert held.registered_line("52-53").version == 1


def test_a_change_is_on_the_chain_with_before_and_after(held):
    moved = replace(MARKER, position=replace(MARKER.position, lon=104.2), custodian="李四")
    assert held.put_markers([moved], SOURCE, "李") == Written(changed=1)
    record = held.audit("marker:52-53:5253001A")[-1]
    before, after = orjson.loads(record.before), orjson.loads(record.after)
    assert (before["custodian"], after["custodian"]) == ("张三", "李四")
    assert (before["lon"], after["lon"]) == (104.1, 104.2)
    assert "material" not in after
    assert held.marker(MARKER.id).version == 2


def test_a_changed_course_is_told_by_its_digest(held):
    held.put_lines([replace(LINE, course=shapely.MultiLineString([[(104, 25), (105, 25.5)]]))], SOURCE, "李")
    record = held.audit("line:52-53")[-1]
    assert set(orjson.loads(record.after)) == {"course_sha256", "version"}
    assert held.verify() == []


def test_a_stale_version_is_refused(held):
    kept = held.marker(MARKER.id)
    changed = held.change_marker(replace(kept, custodian="李四"), "李", "换人")
    assert changed.version == 2
    with pytest.raises(ConflictError, match="version 2"):
        held.change_marker(replace(kept, custodian="王五"), "王", "换人")
    assert held.marker(MARKER.id).custodian == "李四"
    assert held.audit(f"marker:{MARKER.id}")[-1].reason == "换人"


def test_a_change_that_changes_nothing_keeps_its_version(held):
    kept = held.registered_line("52-53")
    assert held.change_line(kept, "李", "") == kept
    assert len(held.audit("line:52-53")) == 1


def test_what_is_not_there_cannot_be_changed(held):
    with pytest.raises(NotFoundError, match="load it first"):
        held.change_line(replace(LINE, id="52-99"), "李", "")


def test_one_id_twice_writes_nothing(store):
    with pytest.raises(InvalidInputError, match="twice"):
        store.put_lines([LINE, BARE, LINE], SOURCE, "张")
    assert store.registered_lines() == []
    assert [one.id for one in store.sources()] == []


def test_coordinates_given_are_on_the_chain_of_the_line(held):
    held.log_coordinates_given({"line:52-53", "line:50-52"}, "token:a1", "markers, JSON")
    record = held.audit("line:52-53")[-1]
    assert (record.actor, record.action) == ("token:a1", "coordinates given")
    assert held.verify() == []


def test_the_data_version_grows_when_something_changed(filled):
    before = filled.data_version()
    filled.put_lines([LINE], SOURCE, "张")
    assert filled.data_version() == before + 1
    filled.put_lines([LINE], SOURCE, "张")
    filled.log_coordinates_given({"line:52-53"}, "token:a1", "markers")
    assert filled.data_version() == before + 1


def test_of_two_who_change_one_marker_at_once_one_is_refused(held):
    kept, begin, refused = held.marker(MARKER.id), Barrier(2), []

    def change(name: str) -> None:
        begin.wait()
        try:
            held.change_marker(replace(kept, custodian=name), name, "")
        except ConflictError:
            refused.append(name)

    threads = [Thread(target=change, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert held.marker(MARKER.id).version == 2
    assert held.verify() == []
