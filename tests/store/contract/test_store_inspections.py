"""Cases come back as they were kept, a stale version is refused, and every change is on the case's chain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_record import FieldRecord, MarkerDetails, Presence, ReferenceCheck
from geoname.core.inspections.finding import Finding, FindingState
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import (
    Dispute,
    FieldItem,
    Inspection,
    InspectionKind,
    ItemKind,
    Stretch,
    Trigger,
)
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.peace import PeaceKind, PeaceRecord
from geoname.core.inspections.plan import Assignment, InspectionPlan, YearLoad
from geoname.core.inspections.signature import Correction, Signature
from geoname.core.inspections.stages import Document, Stage
from geoname.errors import ConflictError, DatabaseError, InvalidInputError, NotFoundError
from geoname.store.open_store import open_store

DAY = date(2026, 3, 2)
SIDES = ("520102", "520103")
CASE = Inspection(
    "i1", "520102-520103", "南云线", InspectionKind.SPECIAL, 1, 2026, SIDES, "520102", Stage.DUE, DAY,
    stretch=Stretch("001Q", "002Q"), trigger=Trigger.DISASTER, cause="山洪 㵲水",
    items=(FieldItem("marker:001Q", ItemKind.MARKER, "001Q", "001Q"),),
    disputes=(Dispute("d1", ("marker:001Q",), "520102", "位置不一致", DAY, DAY, "黔府〔2026〕1号"),),
    filed_on=DAY, next_due=2031,
)  # fmt: skip
RECORD = FieldRecord(
    "r1", "i1", "marker:001Q", DAY, (Presence("520102", "张"), Presence("520103", "李")), "520102", "张",
    MarkerDetails("001Q", references=(ReferenceCheck("独立树", 12.5, 30.0, True),), lon=106.7, lat=26.6),
    problem=FindingKind.DAMAGED, photos=("ab" * 32,),
    corrections=(Correction("李", "520103", "2026-03-03T00:00:00Z", "笔误", "weather", "", "雨"),),
)  # fmt: skip
FINDING = Finding(
    "f1", "i1", FindingKind.DAMAGED, "marker:001Q", "破损", FindingState.HANDLING, "520102", "张", DAY,
    "520102", (Document.REPAIR_RECORD,), SIDES, SIDES, DAY,
)  # fmt: skip
PAPER = Paper("p1", "i1", Document.REPORT, "报告", DAY, "520102", "张", "2026-03-02T00:00:00Z", "1号", "文")
SIGNATURE = Signature("s1", "i1", "report", "520102", "张", "2026-03-02T00:00:00Z", "cd" * 32)
PEACE = PeaceRecord(
    "w1", CASE.line_id, PeaceKind.AGREEMENT, DAY, "公约", SIDES, "520102", "张", inspection_id="i1"
)
PLAN = InspectionPlan(
    "n1", 2026, 5, DAY, "张", (YearLoad(2026, 1, 14.0, 3, 0.0, 0.0, True),),
    (Assignment(CASE.line_id, "南云线", "county", SIDES, "520102", 2026, 14.0, 3, 2026, True),),
    (CASE.line_id,),
)  # fmt: skip
EMPTY = CaseFile(CASE)
FULL = CaseFile(CASE, (RECORD,), (FINDING,), (PAPER,), (SIGNATURE,), (PEACE,))


@pytest.fixture
def opened(store):
    with store.changing_inspections("张", "开始") as writer:
        writer.open_case(CASE)
    return store


def save(store, before, after, action="changed"):
    with store.changing_inspections("张", "理由") as writer:
        return writer.save(before, after, action)


def test_everything_comes_back_as_it_was_kept(opened):
    saved = save(opened, EMPTY, FULL)
    assert saved == replace(FULL, inspection=replace(CASE, version=2))
    assert opened.inspection("i1") == saved
    assert opened.inspections() == [saved.inspection]
    assert opened.inspection_findings() == [FINDING]
    assert opened.peace_records(CASE.line_id) == opened.peace_records() == [PEACE]
    assert opened.peace_records("other") == []
    assert opened.inspection("i2") is None


def test_plans_come_back(store):
    with store.changing_inspections("张") as writer:
        writer.add_plan(PLAN)
    assert store.inspection_plans() == [PLAN]
    assert [record.action for record in store.audit("inspection-plan:n1")] == ["adopted"]


def test_a_stale_version_changes_nothing(opened):
    first = save(opened, EMPTY, replace(EMPTY, inspection=replace(CASE, stage=Stage.PLANNED)))
    with pytest.raises(ConflictError, match="read it again"):
        save(opened, EMPTY, FULL)
    assert opened.inspection("i1") == first
    assert len(opened.audit("inspection:i1")) == 2


def test_a_side_signs_the_same_content_once(opened):
    first = save(opened, EMPTY, replace(EMPTY, signatures=(SIGNATURE,)))
    again = replace(first, signatures=(SIGNATURE, replace(SIGNATURE, id="s2")))
    with pytest.raises(ConflictError, match="signed report already"):
        save(opened, first, again)
    assert opened.inspection("i1") == first


def test_one_regular_case_for_a_line_and_year(store):
    regular = replace(CASE, kind=InspectionKind.REGULAR)
    with store.changing_inspections("张") as writer:
        writer.open_case(regular)
    with pytest.raises(ConflictError, match="already"), store.changing_inspections("李") as writer:
        writer.open_case(replace(regular, id="i2"))
    with store.changing_inspections("李") as writer:
        writer.open_case(replace(CASE, id="i3"))
        writer.open_case(replace(regular, id="i4", year=2027))
    assert [case.id for case in store.inspections()] == ["i1", "i3", "i4"]
    assert [case.id for case in store.inspections(year=2027)] == ["i4"]
    assert [case.id for case in store.inspections(stages=(Stage.CLOSED,))] == []


def test_every_change_is_on_the_chain_of_the_case_with_before_and_after(opened):
    save(opened, EMPTY, FULL, "step plan")
    records = opened.audit("inspection:i1")
    assert [record.action for record in records] == [
        "opened", "step plan", "record added r1", "finding added f1", "paper added p1", "signature added s1",
        "peace record added w1",
    ]  # fmt: skip
    assert json.loads(records[1].after) == {"version": 2}
    assert json.loads(records[2].after)["item"] == "marker:001Q"
    changed = replace(FINDING, state=FindingState.CLOSED)
    before = opened.inspection("i1")
    save(opened, before, replace(before, findings=(changed,)), "closed")
    last = opened.audit("inspection:i1")[-1]
    assert json.loads(last.before) == {"state": "handling"}
    assert json.loads(last.after) == {"state": "closed"}
    assert opened.verify() == []


def test_a_block_that_fails_leaves_nothing(opened):
    class BrokenOffError(Exception):
        pass

    def broken_off():
        with opened.changing_inspections("张") as writer:
            writer.save(EMPTY, FULL, "changed")
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        broken_off()
    assert opened.inspection("i1") == EMPTY
    assert len(opened.audit("inspection:i1")) == 1


def test_an_unknown_case_is_told(store):
    with pytest.raises(NotFoundError, match="inspections list"), store.changing_inspections("张") as writer:
        writer.case("i9")


def test_text_that_no_database_keeps_is_refused_and_nothing_is_kept(opened):
    bad = replace(EMPTY, papers=(replace(PAPER, title="\ud800"),))
    with pytest.raises(InvalidInputError, match="half a character"):
        save(opened, EMPTY, bad)
    assert opened.inspection("i1") == EMPTY


def test_what_was_generated_is_removed_and_the_chain_says_so(opened):
    real = save(opened, EMPTY, FULL)
    made_up = replace(CASE, id="i2", generated=True)
    with opened.changing_inspections("demo") as writer:
        writer.open_case(made_up)
        file = writer.case("i2")
        writer.save(file, replace(file, records=(replace(RECORD, id="r2", inspection_id="i2"),)), "records")
        writer.add_plan(replace(PLAN, generated=True))
        writer.add_peace(replace(PEACE, id="w2", inspection_id=None, generated=True))
    with opened.changing_inspections("demo") as writer:
        assert writer.remove_generated() == 3
    assert opened.inspections() == [real.inspection]
    assert (opened.inspection_plans(), opened.peace_records()) == ([], [PEACE])
    assert opened.audit("inspection:i2")[-1].action == "generated case removed"
    assert opened.verify() == []


def test_a_row_that_geoname_never_wrote_is_told(opened):
    with opened.refilling() as (connection, _):
        connection.exec_driver_sql("UPDATE inspection SET content = '{\"id\": 1}'")
    with pytest.raises(DatabaseError, match="restore a backup"):
        opened.inspections()


def test_another_process_reads_what_was_written(opened, store_address):
    saved = save(opened, EMPTY, FULL)
    other = open_store(store_address)
    assert other.inspection("i1") == saved
    other.close()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE inspection_record SET content = replace(content, '106.7', '106.8')", "its record r1"),
        ("UPDATE inspection_finding SET content = replace(content, 'handling', 'closed')", "its finding f1"),
        ("DELETE FROM inspection_signature", "its signature s1"),
        ("UPDATE inspection SET content = replace(content, '2031', '2041')", "its case"),
        ("UPDATE inspection SET stage = 'closed'", "its columns"),
        ("UPDATE peace_record SET content = replace(content, '公约', '协议')", "its peace record w1"),
    ],
)
def test_what_is_altered_from_outside_is_named(opened, statement, told):
    save(opened, EMPTY, FULL)
    assert opened.verify() == []
    with opened.refilling() as (connection, _):
        connection.exec_driver_sql(statement)
    faults = [fault for fault in opened.verify() if fault.check == "inspection"]
    assert [fault.where for fault in faults] == ["inspection:i1"]
    assert faults[0].trouble.startswith(told)


def test_a_case_kept_before_a_field_was_added_is_whole(opened):
    save(opened, EMPTY, FULL)
    with opened.refilling() as (connection, _):
        connection.exec_driver_sql(
            "UPDATE inspection SET content = replace(content, '\"papers_returned\":0,', '')"
        )
    assert opened.inspection("i1").inspection.papers_returned == 0
    assert opened.verify() == []


def test_a_case_put_in_past_the_chain_is_named(opened, store):
    with opened.refilling() as (connection, _):
        connection.exec_driver_sql(
            "UPDATE inspection SET id = 'i7', content = replace(content, '\"i1\"', '\"i7\"')"
        )
    where = {fault.where for fault in store.verify() if fault.check == "inspection"}
    assert where == {"inspection:i1", "inspection:i7"}
