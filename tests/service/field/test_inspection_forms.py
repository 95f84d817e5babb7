"""A form is taken, filled in, brought back: clean goes in, soft and hard wait, signed is never touched."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyogrio
import pytest

from geoname.core.inspections.field_record import MarkerState
from geoname.core.inspections.finding import FindingState
from geoname.core.inspections.form_merge import Side
from geoname.core.inspections.signature import Signature
from geoname.core.inspections.stages import Stage
from geoname.core.register.token import KEEPER
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError, InvalidInputError, NotFoundError, OutOfOrderError
from geoname.service.inspect_boundary import Asked
from geoname.service.inspect_boundary_records import RecordGiven, put_record
from geoname.service.inspection_form_merge import merge_returned
from geoname.service.inspection_forms import give_form

MARKER, SEGMENT = "marker:001Q", "segment:001Q-002Q"
BASE = {"day": "2026-04-02", "present_a": "张三", "present_b": "李四"}


def take(field, ending="csv", asked=None):
    given = give_form(field.geoname, asked or field.asked(), field.id, ending)
    return given.filename, b"".join(given.blocks)


def fill(content, changes):
    """The CSV with cells written: item → field → text."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    names = [heading.split()[-1] for heading in rows[0]]
    for row in rows[1:]:
        for name, text in changes.get(row[names.index("item")], {}).items():
            row[names.index(name)] = text
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def merge(field, content, decisions=None, asked=None):
    upload = field.upload(content, "back.csv")
    return merge_returned(field.geoname, asked or field.asked(), field.id, upload, decisions or {})


def record(field, item):
    return field.file().record_of(item)


def test_what_was_filled_in_goes_into_the_records(field):
    name, content = take(field)
    assert name.endswith(".csv")
    shown = merge(field, fill(content, {
        MARKER: BASE | {"state": "损坏", "problem": "F2", "paint": "不良"},
        SEGMENT: BASE | {"clear": "是", "ground_changes": "无"},
    }))  # fmt: skip
    assert (shown.written, shown.undecided) == (2, 0)
    assert {one.state for one in shown.items} == {"clean"}
    kept = record(field, MARKER)
    assert kept.marker.state is MarkerState.DAMAGED
    assert (kept.marker.type, kept.marker.material) == ("Q", "石质")
    assert kept.counts(field.sides)
    assert kept.generated
    assert record(field, SEGMENT).segment.ground_changes == "无"
    assert shown.version == field.file().inspection.version


def test_the_same_form_again_changes_nothing(field):
    content = fill(take(field)[1], {MARKER: BASE | {"state": "lost"}})
    merge(field, content)
    before = field.file()
    again = merge(field, content)
    assert (again.written, again.items) == (0, ())
    assert field.file() == before


def test_an_empty_form_changes_nothing(field):
    shown = merge(field, take(field)[1])
    assert (shown.written, shown.same) == (0, len(field.case.items))
    assert field.file().records == ()


def put(field, item=MARKER, version=None, **more):
    from geoname.core.inspections.field_record import Presence

    present = tuple(Presence(side, "王五") for side in field.sides)
    return put_record(field.geoname, field.asked(field.sides[1]), field.id,
                      RecordGiven(item, present, **more), version)  # fmt: skip


def test_hard_conflicts_wait_and_nothing_of_the_item_is_written(field):
    content = fill(take(field)[1], {MARKER: BASE | {"state": "lost"}, SEGMENT: BASE | {"clear": "否"}})
    put(field, state=MarkerState.DAMAGED)
    shown = merge(field, content)
    states = {one.item: one.state for one in shown.items}
    assert states == {MARKER: "hard", SEGMENT: "clean"}
    assert record(field, MARKER).marker.state is MarkerState.DAMAGED
    assert record(field, SEGMENT).segment.clear is False
    hard = next(one for one in shown.items if one.item == MARKER)
    assert {one.field for one in hard.differences if one.hard} >= {"state", "day"}
    difference = next(one for one in hard.differences if one.field == "state")
    assert (difference.base, difference.mine, difference.theirs) == (None, "lost", "damaged")
    decided = merge(field, content, {MARKER: {"*": Side.THEIRS, "state": Side.MINE}})
    assert decided.written == 1
    kept = record(field, MARKER)
    assert kept.marker.state is MarkerState.LOST
    assert {one.name for one in kept.present} == {"王五"}


def test_soft_conflicts_wait_for_a_person_too(field):
    first = put(field, state=MarkerState.DAMAGED, day=None)
    content = fill(take(field)[1], {MARKER: {"weather": "雨"}})
    put(field, version=first.version, state=MarkerState.DAMAGED, handling="描红")
    shown = merge(field, content)
    assert [one.state for one in shown.items] == ["soft"]
    assert record(field, MARKER).weather == ""
    assert merge(field, content, {MARKER: {"*": Side.MINE}}).written == 1
    kept = record(field, MARKER)
    assert (kept.weather, kept.handling) == ("雨", "描红")


def test_a_signed_record_is_never_written(field):
    kept = put(field)
    content = fill(take(field)[1], {MARKER: {"weather": "雨"}})
    before = field.file()
    signature = Signature(
        f"s-{field.id}", field.id, kept.subject, field.sides[0], "张", "2026-04-03T00:00:00Z", "d"
    )
    with field.geoname.store.changing_inspections("test") as writer:
        writer.save(before, replace(before, signatures=(signature,)), "signed")
    shown = merge(field, content, {MARKER: {"*": Side.MINE}})
    assert [(one.state, one.written) for one in shown.items] == [("signed", False)]
    assert "correction" in shown.items[0].trouble
    assert record(field, MARKER).weather == ""


def test_a_marker_measured_elsewhere_is_to_be_verified(field):
    placed = field.geoname.store.marker(f"{field.case.line_id}:001Q").position
    content = fill(take(field)[1], {MARKER: BASE | {
        "lon": f"{placed.lon + 0.001:.7f}", "lat": f"{placed.lat:.7f}", "datum": "CGCS2000",
    }})  # fmt: skip
    shown = merge(field, content)
    (finding,) = field.file().findings
    assert shown.opened == (finding.id,)
    assert finding.state is FindingState.TO_VERIFY
    assert "待核实" in finding.what
    assert record(field, MARKER).marker.deviation_m == pytest.approx(99.4, abs=1.0)
    assert record(field, MARKER).marker.state is MarkerState.INTACT
    assert merge(field, content).opened == ()


def test_nothing_is_written_when_one_item_cannot_be(field):
    content = fill(take(field)[1], {SEGMENT: BASE | {"clear": "是"}, MARKER: {"state": "lost"}})
    before = field.file()
    with pytest.raises(InvalidInputError, match=r"marker:001Q: say on which day"):
        merge(field, content)
    with pytest.raises(InvalidInputError, match="not between"):
        merge(field, fill(content, {MARKER: {"day": "2999-01-01"}}))
    assert field.file() == before


def test_a_form_of_another_case_and_what_is_no_form_are_refused(field):
    content = take(field)[1]
    with pytest.raises(NotFoundError, match="not given out for this case"):
        merge(field, content.replace(content.split(b"\r\n")[1].split(b",")[0], b"form-abcdef"))
    for wrong in (b"a,b\n1,2\n", b"<html></html>", b"", b"\xff\xd8\xff\xe0"):
        with pytest.raises(InvalidInputError):
            merge(field, wrong)


def test_the_geopackage_shows_places_to_those_entitled_alone(field, tmp_path):
    for who, points in ((Asked(field.caller()), True), (field.asked(), True)):
        name, content = take(field, "gpkg", who)
        file = tmp_path / name.replace("/", "")
        file.write_bytes(content)
        read = pyogrio.raw.read(file, layer="markers", columns=["item"])
        assert (read[2] is not None and read[2][0] is not None) is points
        assert pyogrio.read_info(file, layer="segments")["features"] == 5
    with pytest.raises(ForbiddenError):
        take(field, "gpkg", Asked(field.caller(Role.READER)))
    told = [record.action for record in field.geoname.store.audit(f"inspection:{field.id}")]
    assert told.count("form given out") == 2
    assert told.count("coordinates given") == 2


def test_a_geopackage_comes_back_too(field, tmp_path):
    content = take(field, "gpkg")[1]
    assert merge_returned(field.geoname, field.asked(), field.id, field.upload(content, "x"), {}).items == ()


def test_forms_belong_to_the_field_work(field):
    content = take(field)[1]
    before = field.file()
    with field.geoname.store.changing_inspections("test") as writer:
        writer.save(
            before, replace(before, inspection=replace(before.inspection, stage=Stage.FINDINGS)), "on"
        )
    with pytest.raises(OutOfOrderError):
        take(field)
    with pytest.raises(OutOfOrderError):
        merge(field, content)
    assert KEEPER.has(Role.ADMINISTRATOR)


def test_two_sides_that_merge_at_once_lose_nothing(field):
    """One of two is written; the other is told of the conflict and is written when somebody decides."""
    states = ("damaged", "lost", "moved", "intact")
    contents = [fill(take(field)[1], {MARKER: BASE | {"state": state}}) for state in states]

    def bring(content):
        return merge(field, content)

    with ThreadPoolExecutor(len(contents)) as pool:
        shown = list(pool.map(bring, contents))
    assert sorted(one.written for one in shown) == [0, 0, 0, 1]
    assert sorted(one.undecided for one in shown) == [0, 1, 1, 1]
    (winner,) = [state for state, one in zip(states, shown, strict=True) if one.written]
    assert record(field, MARKER).marker.state == winner
    assert len(field.file().records) == 1
    assert field.geoname.store.verify_audit() == []
