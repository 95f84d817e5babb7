"""Photographs are kept by content once, given back to their sides alone; names are never places."""

from __future__ import annotations

import pytest

from geoname.core.inspections.field_practice import FieldPractice
from geoname.core.register.token import ANYONE, KEEPER
from geoname.core.register.visibility import Role
from geoname.errors import (
    DataFileError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
    UnauthenticatedError,
)
from geoname.service.inspect_boundary import Asked
from geoname.service.inspection_attachments import (
    add_attachment,
    attachment_content,
    list_attachments,
    withdraw_attachment,
)


def add(field, content, name="界桩.jpg", subject="marker:001Q", asked=None, **limits):
    asked = asked or field.asked()
    return add_attachment(field.geoname, asked, field.id, field.upload(content, name, **limits), subject)


def content_of(field, kept, caller=KEEPER):
    given = attachment_content(field.geoname, caller, field.id, kept.id)
    return given.media, given.filename, b"".join(given.blocks)


def test_a_photograph_comes_back_byte_for_byte(field):
    kept = add(field, field.photo(106.5, 26.5))
    assert (kept.ending, kept.kind, kept.lon, kept.lat) == ("jpg", "photo", 106.5, 26.5)
    assert kept.off_line_m > 0.0
    assert kept.generated
    assert content_of(field, kept) == ("image/jpeg", "界桩.jpg", field.photo(106.5, 26.5))
    assert list_attachments(field.geoname, KEEPER, field.id).items == (kept,)
    assert list_attachments(field.geoname, KEEPER, field.id, "case").items == ()


def test_how_far_from_its_marker_a_photograph_was_taken_is_told(field):
    place = field.geoname.store.marker(f"{field.case.line_id}:001Q").position
    near = add(field, field.photo(round(place.lon, 6), round(place.lat, 6)))
    assert near.off_marker_m < 1.0
    assert near.off_line_m < 1.0
    far = add(field, field.photo(round(place.lon + 0.01, 6), round(place.lat, 6), shade=3))
    assert 900.0 < far.off_marker_m < 1_100.0
    assert add(field, field.photo(place.lon, place.lat), subject="case").off_marker_m is None
    assert add(field, field.photo(shade=4)).off_marker_m is None


def test_the_same_photograph_is_kept_once(field):
    first = add(field, field.photo())
    assert add(field, field.photo(), "又名.jpg").id == first.id
    other = add(field, field.photo(), subject="case")
    assert other.id != first.id
    assert other.sha256 == first.sha256


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.jpg", "a.jpg"),
        ("/abs/照片㵲.jpg", "照片㵲.jpg"),
        ("..", "photo.jpg"),
        ("a\0b\n.jpg", "ab.jpg"),
        ("x" * 500 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_a_path_in_a_file_name_is_a_name_and_no_place(field, name, kept):
    made = add(field, field.photo(), name)
    assert made.filename == kept
    path = field.geoname.attachments.there(made.sha256, "jpg")
    assert path.parent.parent == field.geoname.attachments.folder


def test_a_photograph_that_is_an_html_file_is_refused_and_leaves_nothing(field):
    before = sorted(field.geoname.attachments.folder.rglob("*.*"))
    with pytest.raises(InvalidInputError, match="web page"):
        add(field, b"<html><script>alert(1)</script></html>")
    assert list_attachments(field.geoname, KEEPER, field.id).items == ()
    assert sorted(field.geoname.attachments.folder.rglob("*.*")) == before


def test_photographs_have_a_largest_size(field, monkeypatch):
    monkeypatch.setattr(field.geoname, "field", FieldPractice(photo_bytes=100))
    with pytest.raises(TooLargeError, match="100 bytes"):
        add(field, field.photo())


@pytest.mark.parametrize(
    "subject", ["marker:999Q", "record:none", "finding:x", "peace:x", "paper:x", "segment:1"]
)
def test_a_photograph_belongs_to_something_of_the_case(field, subject):
    with pytest.raises(InvalidInputError, match="this case has no"):
        add(field, field.photo(), subject=subject)


@pytest.mark.parametrize("subject", ["", "marker:", "marker:../x", "case:1", "../case", "marker:a b"])
def test_a_subject_is_written_as_it_is_documented(field, subject):
    with pytest.raises(InvalidInputError, match="can belong to"):
        add(field, field.photo(), subject=subject)


def test_segments_take_photographs_too(field):
    assert add(field, field.photo(), subject="segment:001Q-002Q").subject == "segment:001Q-002Q"


def test_who_may_hand_in_look_and_take(field):
    kept = add(field, field.photo(106.5, 26.5), asked=Asked(field.caller()))
    other = field.caller(Role.RECORDER, field.sides[1:])
    assert content_of(field, kept, other)[2]
    reader = field.caller(Role.READER)
    (seen,) = list_attachments(field.geoname, reader, field.id).items
    assert (seen.lon, seen.lat, seen.height_m) == (None, None, None)
    for who, error in ((reader, NotFoundError), (field.caller(divisions=["5203"]), NotFoundError),
                       (ANYONE, UnauthenticatedError)):  # fmt: skip
        with pytest.raises(error):
            content_of(field, kept, who)
    with pytest.raises(ForbiddenError):
        add(field, field.photo(), asked=Asked(reader))


def test_what_was_given_out_is_on_record(field):
    kept = add(field, field.photo(106.5, 26.5))
    content_of(field, kept)
    list_attachments(field.geoname, KEEPER, field.id)
    told = [record.action for record in field.geoname.store.audit(f"inspection:{field.id}")]
    assert told == ["opened", "attachment added", "given out", "coordinates given"]


def test_a_withdrawn_photograph_is_not_given_out(field):
    kept = add(field, field.photo())
    gone = withdraw_attachment(field.geoname, field.asked(reason="错拍"), field.id, kept.id)
    assert gone.withdrawn_reason == "错拍"
    with pytest.raises(NotFoundError):
        content_of(field, kept)
    assert list_attachments(field.geoname, KEEPER, field.id).items == (gone,)
    with pytest.raises(NotFoundError):
        withdraw_attachment(field.geoname, field.asked(reason="x"), field.id, "none")


def test_a_file_that_somebody_took_away_is_told(field):
    kept = add(field, field.photo(shade=7))
    field.geoname.attachments.remove(kept.sha256, kept.ending)
    with pytest.raises(DataFileError, match="gone"):
        content_of(field, kept)
