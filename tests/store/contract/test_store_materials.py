"""Field materials come back as they were kept, are withdrawn and never removed, and stand on record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.field_form import FieldForm, FormItem
from geoname.core.inspections.inspection import ItemKind
from geoname.core.inspections.track import TimeGap
from geoname.core.inspections.track_coverage import Coverage, PassedMarker, Tolerance
from geoname.core.inspections.track_record import TrackRecord
from geoname.errors import InvalidInputError, NotFoundError

PHOTO = Attachment(
    "p1", "i1", "marker:001Q", "photo", "界桩㵲.jpg", "ab" * 32, "jpg", 12_345, "520111", "张三",
    "2026-04-02T01:00:00Z", 64, 48, 6, 1, 106.69, 26.51, 1071.5, 3.2, "2026-04-02T09:00:00+08:00",
)  # fmt: skip
COVERAGE = Coverage(
    9_900.0, Tolerance(30.0, 50.0, 50.0), ((0.0, 4_000.5),), ((4_000.5, 9_900.0),),
    (PassedMarker("001Q", 3.5, 1_775_000_000.0), PassedMarker("002Q", 12.0, None)),
)  # fmt: skip
TRACK = TrackRecord(
    "t1", "i1", "day 1.gpx", "cd" * 32, 99, "wgs84", 500, 2, 4_321.0, 1.0, "registered", COVERAGE, "520111",
    "张三", "2026-04-02T01:00:00Z", 1.5, 9.5, (TimeGap(2.0, 8.0, 11.5),),
)  # fmt: skip
FORM = FieldForm(
    "f1", "i1", "520111", "张三", "2026-04-01T01:00:00Z", ("520111", "520181"), True,
    (FormItem("001Q", ItemKind.MARKER, 0, {"state": "intact", "lon": 106.5, "base": False, "day": None}),),
)  # fmt: skip


def test_materials_come_back_as_they_were_kept(store):
    store.add_attachment(PHOTO)
    store.add_track(TRACK)
    store.add_form(FORM)
    assert store.attachment("p1") == PHOTO
    assert store.attachments("i1") == [PHOTO]
    assert store.track("t1") == TRACK
    assert store.tracks("i1") == [TRACK]
    assert store.form("f1") == FORM
    assert (store.attachment("x"), store.track("x"), store.form("x")) == (None, None, None)
    assert store.attachments("i2") == store.tracks("i2") == []
    assert store.verify() == []


def test_the_same_content_belongs_to_the_same_subject_once(store):
    store.add_attachment(PHOTO)
    again = replace(PHOTO, id="p2", filename="other.jpg")
    assert store.add_attachment(again) == PHOTO
    elsewhere = store.add_attachment(replace(PHOTO, id="p3", subject="case"))
    assert elsewhere.id == "p3"
    store.add_track(TRACK)
    assert store.add_track(replace(TRACK, id="t2")) == TRACK
    assert len(store.attachments("i1")) == 2
    store.withdraw_attachment("p1", "李四", "wrong marker")
    assert store.add_attachment(again) == again


def test_what_is_withdrawn_stays_with_its_reason(store):
    store.add_attachment(PHOTO)
    store.add_track(TRACK)
    gone = store.withdraw_attachment("p1", "李四", "another marker")
    assert (gone.withdrawn_by, gone.withdrawn_reason) == ("李四", "another marker")
    assert gone.withdrawn_at is not None
    assert store.withdraw_attachment("p1", "王五", "again") == gone
    assert store.attachments("i1") == [gone]
    assert store.withdraw_track("t1", "李四", "wrong day").withdrawn_reason == "wrong day"
    with pytest.raises(NotFoundError):
        store.withdraw_track("t9", "李四", "no")


def test_every_change_is_on_the_chain_of_the_inspection(store):
    store.add_attachment(PHOTO)
    store.add_track(TRACK)
    store.add_form(FORM)
    store.withdraw_attachment("p1", "李四", "another marker")
    store.log_given("i1", "王五", "report.pdf")
    told = [(record.action, record.actor) for record in store.audit("inspection:i1")]
    assert told == [
        ("attachment added", "张三"),
        ("track added", "张三"),
        ("form given out", "张三"),
        ("attachment withdrawn p1", "李四"),
        ("given out", "王五"),
    ]
    assert store.verify() == []


def test_what_no_database_keeps_is_refused_and_nothing_is_written(store):
    with pytest.raises(InvalidInputError):
        store.add_attachment(replace(PHOTO, filename="a\0b"))
    assert store.attachments("i1") == []
    assert store.audit("inspection:i1") == []
