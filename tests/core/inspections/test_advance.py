"""A case goes on only by the table: every stage and step, every guard, and what a step changes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from geoname.core.inspections.advance import advance
from geoname.core.inspections.field_record import MarkerDetails, MarkerState
from geoname.core.inspections.finding import Finding, FindingState
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.core.inspections.refusal import Refusal
from geoname.core.inspections.signature import PLAN, REPORT
from geoname.core.inspections.stages import OF_STEP, TRANSITIONS, Document, Party, Stage, Step

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("party", [None, *Party])
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", Stage)
def test_a_step_is_taken_from_its_stage_by_its_party_and_never_else(file_of, facts, stage, step, party):
    file = file_of(stage)
    row = OF_STEP[step]
    moved = advance(file.inspection, step, facts(file, party))
    if stage is row.source and party in row.parties:
        assert isinstance(moved, Inspection)
        assert moved.stage is row.target
    else:
        assert isinstance(moved, Refusal)
        codes = {reason.code for reason in moved.reasons}
        assert ("wrong_stage" in codes) is (stage is not row.source)
        assert ("not_yours" in codes) is (party not in row.parties)
        assert moved.party is (party not in row.parties)


@pytest.mark.parametrize(
    ("step", "paper"), [(row.step, paper) for row in TRANSITIONS for paper in row.documents]
)
def test_without_a_paper_nothing_goes_on(file_of, facts, party_for, step, paper):
    file = file_of(OF_STEP[step].source)
    short = replace(file, papers=tuple(one for one in file.papers if one.kind is not paper))
    moved = advance(file.inspection, step, facts(short, party_for(step)))
    assert isinstance(moved, Refusal)
    assert [reason.code for reason in moved.reasons] == ["papers_missing"]
    assert paper in moved.en


@pytest.mark.parametrize("step", [row.step for row in TRANSITIONS if row.back])
def test_a_way_back_needs_its_reason(file_of, facts, party_for, step):
    file = file_of(OF_STEP[step].source)
    moved = advance(file.inspection, step, facts(file, party_for(step), reason=" "))
    assert [reason.code for reason in moved.reasons] == ["reason_missing"]


@pytest.mark.parametrize(
    ("step", "subject"),
    [(Step.AGREE_PLAN, PLAN), (Step.SIGN_REPORT, REPORT), (Step.FILE, REPORT)],
)
def test_one_missing_signature_stops_it_and_the_side_is_named(file_of, facts, step, subject):
    file = file_of(OF_STEP[step].source)
    missing = file.inspection.sides[1]
    left = tuple(one for one in file.signatures if (one.subject, one.side) != (subject, missing))
    moved = advance(file.inspection, step, facts(replace(file, signatures=left)))
    assert isinstance(moved, Refusal)
    assert [reason.code for reason in moved.reasons] == ["unsigned"]
    assert missing in moved.en
    assert missing in moved.zh


def test_three_sides_need_three_signatures(file_of, facts, signed):
    sides = ("520102", "520103", "520111")
    file = file_of(Stage.PLAN_DRAFTED, sides=sides)
    assert isinstance(advance(file.inspection, Step.AGREE_PLAN, facts(file)), Inspection)
    two = signed(replace(file, signatures=()), PLAN, sides[:2])
    refused = advance(file.inspection, Step.AGREE_PLAN, facts(two))
    assert "520111" in refused.en


def test_signatures_under_an_earlier_draft_hold_for_no_later_one(file_of, facts):
    file = file_of(Stage.REPORT_DRAFT)
    again = replace(file, inspection=replace(file.inspection, report_draft=2))
    assert isinstance(advance(file.inspection, Step.SIGN_REPORT, facts(file)), Inspection)
    refused = advance(again.inspection, Step.SIGN_REPORT, facts(again))
    assert [reason.code for reason in refused.reasons] == ["unsigned"]


def test_a_report_signed_before_a_record_was_corrected_is_not_signed(file_of, facts):
    file = file_of(Stage.REPORT_DRAFT)
    changed = replace(file.records[0], handling="另行处理")
    other = replace(file, records=(changed, *file.records[1:]))
    assert isinstance(advance(file.inspection, Step.SIGN_REPORT, facts(other)), Refusal)


def test_every_item_needs_a_record_with_all_sides_present(file_of, facts, record):
    file = file_of(Stage.FIELD)
    item = file.inspection.items[2]
    alone = record(item, file.inspection.sides[:1])
    records = tuple(alone if one.item == item.key else one for one in file.records)
    refused = advance(file.inspection, Step.LIST_FINDINGS, facts(replace(file, records=records)))
    assert item.key in refused.en
    without = tuple(one for one in file.records if one.item != item.key)
    refused = advance(file.inspection, Step.LIST_FINDINGS, facts(replace(file, records=without)))
    assert item.key in refused.zh


def finding(state, kind=FindingKind.DAMAGED):
    return Finding("f1", "i1", kind, "marker:001Q", "破损", state, "520102", "张", DAY)


@pytest.mark.parametrize("state", FindingState)
def test_the_report_waits_for_every_finding(file_of, facts, state):
    file = replace(file_of(Stage.SURVEYED), findings=(finding(state),))
    moved = advance(file.inspection, Step.DRAFT_REPORT, facts(file))
    assert isinstance(moved, Inspection) is state.ended


def test_a_finding_that_needs_a_survey_holds_up_the_survey(file_of, facts):
    file = file_of(Stage.REMEDY)
    waiting = replace(file, findings=(finding(FindingState.HANDLING, FindingKind.LINEAR_FEATURE),))
    assert isinstance(advance(file.inspection, Step.SURVEY, facts(waiting)), Refusal)
    done = replace(file, findings=(finding(FindingState.DOCUMENTED, FindingKind.LINEAR_FEATURE),))
    assert isinstance(advance(file.inspection, Step.SURVEY, facts(done)), Inspection)


def test_an_empty_field_list_or_a_missing_side_is_refused(case_of, file_of, facts):
    file = file_of(Stage.DESK)
    empty = replace(file.inspection, items=())
    assert "no_field_list" in {r.code for r in advance(empty, Step.START_FIELD, facts(file)).reasons}
    due = case_of(sides=("520102",))
    assert "sides_missing" in {r.code for r in advance(due, Step.PLAN, facts(file)).reasons}


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 200, 201, 4000])
def test_days_go_forward_and_not_into_the_future(file_of, facts, days):
    file = file_of(Stage.PLAN_FILED)
    day = file.inspection.since + timedelta(days=days)
    today = file.inspection.since + timedelta(days=200)
    moved = advance(file.inspection, Step.START_DESK, facts(file, day=day, today=today))
    assert isinstance(moved, Inspection) is (0 <= days <= 200)


def test_closing_sets_the_next_year_and_a_special_one_does_not(file_of, facts):
    file = file_of(Stage.ARCHIVED, filed_on=file_of().inspection.since)
    closed = advance(file.inspection, Step.CLOSE, facts(file))
    assert closed.next_due == closed.filed_on.year + 5
    special = replace(file.inspection, kind=InspectionKind.SPECIAL)
    assert advance(special, Step.CLOSE, facts(file)).next_due is None


def test_a_returned_report_is_not_filed_any_more(file_of, facts):
    file = file_of(Stage.FILED, filed_on=file_of().inspection.since)
    back = advance(file.inspection, Step.RETURN_REPORT, facts(file, Party.ORGAN))
    assert (back.filed_on, back.report_draft) == (None, 2)


def test_all_reasons_are_told_at_once(file_of, facts):
    file = replace(file_of(Stage.FIELD), papers=(), signatures=(), records=())
    refused = advance(file.inspection, Step.FILE, facts(file, None))
    assert [reason.code for reason in refused.reasons] == [
        "not_yours", "wrong_stage", "papers_missing", "unsigned",
    ]  # fmt: skip
    assert "《行政区域界线管理条例》第12条" in refused.zh
    assert Document.FILING_LETTER in refused.en
    assert "备案报告" in refused.zh
    assert not re.search(r"[\u4e00-\u9fff][,:;()]|[,:;()][\u4e00-\u9fff]", refused.zh)


@pytest.mark.parametrize("step", [row.step for row in TRANSITIONS if row.back])
def test_papers_from_before_a_way_back_do_not_count_again(file_of, facts, party_for, step, paper):
    file = file_of(OF_STEP[step].source)
    moved = advance(file.inspection, step, facts(file, party_for(step), handed_in=len(file.papers)))
    back = replace(file, inspection=moved)
    assert back.documents() == frozenset()
    for kind in Document:
        renewed = replace(back, papers=(*back.papers, paper(kind, id="renewed")))
        assert renewed.documents() == {kind}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"problem": FindingKind.INTACT}, False),
        ({"problem": FindingKind.WORKS_ACROSS}, True),
        ({"marker": MarkerDetails("001Q", state=MarkerState.LOST)}, True),
        ({"marker": MarkerDetails("001Q")}, False),
    ],
)
def test_what_a_record_names_is_a_finding_before_it_is_handled(file_of, facts, changes, named):
    file = file_of(Stage.FINDINGS)
    item = file.inspection.items[1].key
    told = replace(
        file, records=tuple(replace(one, **changes) if one.item == item else one for one in file.records)
    )
    moved = advance(told.inspection, Step.REMEDY, facts(told))
    assert isinstance(moved, Refusal) is named
    if named:
        assert [reason.code for reason in moved.reasons] == ["findings_missing"]
        found = replace(told, findings=(replace(finding(FindingState.OPENED), item=item),))
        assert isinstance(advance(found.inspection, Step.REMEDY, facts(found)), Inspection)
