"""Tracks are held against the line, kept once, shown to those entitled, withdrawn with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geoname.core.coordinates.crs import Crs
from geoname.core.inspections.field_practice import FieldPractice
from geoname.core.inspections.stages import Stage
from geoname.core.register.token import ANYONE, KEEPER
from geoname.core.register.visibility import Role
from geoname.errors import (
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    OutOfOrderError,
    TooLargeError,
    UnauthenticatedError,
)
from geoname.service.inspect_boundary import Asked
from geoname.service.inspection_tracks import add_track, list_tracks, withdraw_track


def test_a_walk_of_half_the_line_is_told_with_what_is_left(field):
    shown = add_track(
        field.geoname, field.asked(), field.id, field.upload(field.gpx(0.0, 0.5), "../../一.gpx")
    )
    assert shown.filename == "一.gpx"
    assert 0.5 < shown.share < 0.56
    assert shown.tolerance_m == max(50.0, shown.accuracy_m)
    assert [one.marker for one in shown.passed] == ["001Q", "002Q"]
    assert shown.missed[-1].geometry["type"] == "MultiLineString"
    assert shown.generated
    together = list_tracks(field.geoname, KEEPER, field.id).together
    assert together.share == shown.share
    assert together.not_passed == ("003Q", "004Q")


def test_both_sides_tracks_are_added_up(field):
    add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx(0.0, 0.5)))
    add_track(field.geoname, field.asked(field.sides[1]), field.id, field.upload(field.gpx(0.5, 1.0)))
    listed = list_tracks(field.geoname, KEEPER, field.id)
    assert {one.side for one in listed.items} == set(field.sides)
    assert listed.together.share == 1.0
    assert listed.together.missed == ()
    assert listed.together.not_passed == ()


def test_the_same_file_is_kept_once(field):
    first = add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx()))
    again = add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx()))
    assert again.id == first.id
    kept = field.geoname.attachments.there(first.sha256, "gpx")
    assert kept.read_bytes() == field.gpx()


def test_a_tolerance_finer_than_the_line_is_known_is_raised_and_said(field):
    shown = add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx()), tolerance_m=0.5)
    assert shown.tolerance_raised
    assert shown.tolerance_asked_m == 0.5
    assert shown.tolerance_m == shown.accuracy_m > 0.5


def test_a_track_in_a_shifted_system_is_brought_back(field):
    plain = add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx(points=1500)))
    shifted = add_track(
        field.geoname, field.asked(), field.id, field.upload(field.gpx(points=1501)), crs=Crs.GCJ02
    )
    assert plain.share == 1.0
    assert shifted.share < plain.share


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx/>", InvalidInputError),
        (b"<html></html>", InvalidInputError),
        (b"", InvalidInputError),
    ],
)
def test_a_track_that_is_refused_leaves_nothing(field, content, error):
    before = sorted(field.geoname.attachments.folder.rglob("*.*"))
    with pytest.raises(error):
        add_track(field.geoname, field.asked(), field.id, field.upload(content))
    assert list_tracks(field.geoname, KEEPER, field.id).items == ()
    assert sorted(field.geoname.attachments.folder.rglob("*.*")) == before


def test_times_that_run_backwards_and_too_many_points_are_refused(field, monkeypatch):
    backwards = field.gpx(points=50).replace(b"T01:00:10Z", b"T00:00:00Z")
    with pytest.raises(InvalidInputError, match="point 11"):
        add_track(field.geoname, field.asked(), field.id, field.upload(backwards))
    monkeypatch.setattr(field.geoname, "field", FieldPractice(track_points=100))
    with pytest.raises(TooLargeError, match="100 points"):
        add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx()))
    small = field.upload(field.gpx(), file_bytes=1000)
    with pytest.raises(TooLargeError, match="1000 bytes"):
        add_track(field.geoname, field.asked(), field.id, small)
    assert list_tracks(field.geoname, KEEPER, field.id).items == ()


def test_who_may_hand_in_and_see(field):
    with pytest.raises(ForbiddenError):
        add_track(field.geoname, Asked(field.caller(Role.READER)), field.id, field.upload(field.gpx()))
    with pytest.raises(NotFoundError):
        add_track(field.geoname, Asked(field.caller(divisions=["5203"])), field.id, field.upload(field.gpx()))
    with pytest.raises(UnauthenticatedError):
        list_tracks(field.geoname, ANYONE, field.id)
    shown = add_track(field.geoname, Asked(field.caller()), field.id, field.upload(field.gpx()))
    assert shown.side == field.sides[0]
    with pytest.raises(InvalidInputError, match="no side"):
        add_track(field.geoname, field.asked("520102"), field.id, field.upload(field.gpx()))


def test_a_withdrawn_track_counts_no_more_and_stays_on_record(field):
    shown = add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx()))
    with pytest.raises(InvalidInputError, match="why"):
        withdraw_track(field.geoname, field.asked(), field.id, shown.id)
    gone = withdraw_track(field.geoname, field.asked(reason="another line"), field.id, shown.id)
    assert gone.withdrawn_reason == "another line"
    listed = list_tracks(field.geoname, KEEPER, field.id)
    assert len(listed.items) == 1
    assert listed.together.share == 0.0
    with pytest.raises(NotFoundError):
        withdraw_track(field.geoname, field.asked(reason="x"), field.id, "nothing")


def test_after_the_report_is_signed_nothing_is_handed_in(field):
    before = field.file()
    with field.geoname.store.changing_inspections("test") as writer:
        writer.save(
            before, replace(before, inspection=replace(before.inspection, stage=Stage.SIGNED)), "moved on"
        )
    with pytest.raises(OutOfOrderError, match="signed"):
        add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx()))
