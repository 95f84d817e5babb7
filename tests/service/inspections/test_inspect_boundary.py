"""A case from the first step to the last, as both sides take it, and every way to do it wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geoname.core.inspections.field_record import MarkerState, Presence
from geoname.core.inspections.finding import FindingState, FindingStep
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import Dispute
from geoname.core.inspections.peace import PeaceKind
from geoname.core.inspections.signature import REPORT
from geoname.core.inspections.stages import Document, Stage, Step
from geoname.errors import (
    ChangedSinceError,
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    OutOfOrderError,
)
from geoname.service.inspect_boundary import Asked, PaperGiven, add_paper, show_inspection, take_step
from geoname.service.inspect_boundary_findings import (
    FindingGiven,
    HandledSo,
    add_finding,
    decide_dispute,
    list_findings,
    open_dispute,
    step_finding,
)
from geoname.service.inspect_boundary_records import RecordGiven, correct_record, list_records, put_record
from geoname.service.inspect_boundary_signing import PeaceGiven, add_peace, list_peace, list_signatures, sign

A, B = "520102", "520103"
BOTH = (Presence(A, "张"), Presence(B, "李"))
MARKER = "marker:001Q"
DAY = date(2026, 1, 2)


@pytest.fixture
def lead(caller):
    return Asked(caller("officer", "lead"), reason="因故")


@pytest.fixture
def other(caller):
    return Asked(caller("officer", "side"), reason="因故")


@pytest.fixture
def organ(caller):
    return Asked(caller("officer", "above both"), reason="因故")


def at(asked, case):
    return replace(asked, version=case.version, on=case.since)


def test_a_step_replayed_is_refused_and_taken_once(geoname, put, lead):
    case = put(Stage.PLAN_FILED)
    after = take_step(geoname, at(lead, case), case.id, Step.START_DESK)
    for _ in range(2):
        with pytest.raises(ChangedSinceError, match="read it again"):
            take_step(geoname, at(lead, case), case.id, Step.START_DESK)
    with pytest.raises(OutOfOrderError, match="desk"):
        take_step(geoname, at(lead, after), case.id, Step.START_DESK)
    assert show_inspection(geoname, lead.caller, case.id).version == after.version


def test_a_refused_step_leaves_no_paper_behind(geoname, put, lead):
    case = put(Stage.FIELD)
    before = geoname.store.inspection(case.id)
    paper = PaperGiven(Document.REPORT, "报告")
    with pytest.raises(OutOfOrderError):
        take_step(geoname, at(lead, case), case.id, Step.FILE, [paper])
    assert geoname.store.inspection(case.id) == before


def test_days_out_of_order_are_told(geoname, put, lead):
    case = put(Stage.PLAN_FILED)
    for on in (date(2020, 1, 1), date(2999, 1, 1)):
        with pytest.raises(OutOfOrderError):
            take_step(geoname, replace(at(lead, case), on=on), case.id, Step.START_DESK)


def test_the_next_steps_tell_what_is_missing_and_whose_they_are(geoname, put, lead, other):
    case = put(Stage.SIGNED)
    mine = {one.step: one for one in show_inspection(geoname, lead.caller, case.id).next_steps}
    assert mine["file"].yours
    assert mine["file"].missing == ()
    assert "第12条" in mine["file"].basis
    theirs = {one.step: one for one in show_inspection(geoname, other.caller, case.id).next_steps}
    assert not theirs["file"].yours
    assert theirs["amend_report"].yours


def test_a_record_counts_when_both_sides_were_present(geoname, put, lead):
    case = put(Stage.FIELD, signed=False)
    file = geoname.store.inspection(case.id)
    with geoname.store.changing_inspections("test") as writer:
        writer.save(file, replace(file, records=()), "none")
    # Nothing is ever removed by a save: the records of the prepared case are still there.
    assert len(list_records(geoname, lead.caller, case.id).items) == 3
    alone = RecordGiven(MARKER, BOTH[:1], state=MarkerState.DAMAGED)
    known = geoname.store.inspection(case.id).record_of(MARKER)
    made = put_record(geoname, lead, case.id, alone, known.version)
    assert not made.counts(case.sides)
    assert list_records(geoname, lead.caller, case.id).missing == (MARKER,)
    again = put_record(geoname, lead, case.id, replace(alone, present=BOTH), made.version)
    assert again.counts(case.sides)
    assert again.id == known.id
    with pytest.raises(ConflictError, match="already"):
        put_record(geoname, lead, case.id, alone)
    with pytest.raises(ConflictError, match="already"):
        put_record(geoname, lead, case.id, alone, made.version)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (RecordGiven("marker:999Q", BOTH), "item"),
        (RecordGiven(MARKER, (Presence("520111", "王"),)), "present"),
        (RecordGiven(MARKER, BOTH, date(2999, 1, 1)), "day"),
    ],
)
def test_records_of_other_things_people_or_days_are_refused(geoname, put, lead, given, field):
    case = put(Stage.FIELD)
    with pytest.raises(InvalidInputError) as refused:
        put_record(geoname, lead, case.id, given, 1)
    assert refused.value.field == field


def test_a_signed_record_is_corrected_and_never_edited(geoname, put, lead, other):
    case = put(Stage.FIELD, signed=False)
    record = geoname.store.inspection(case.id).record_of(MARKER)
    digest = geoname.store.inspection(case.id).digest(record.subject)
    sign(geoname, lead, case.id, record.subject, digest)
    with pytest.raises(OutOfOrderError, match="add a correction"):
        put_record(geoname, lead, case.id, RecordGiven(MARKER, BOTH), record.version)
    with pytest.raises(InvalidInputError, match="its reason"):
        correct_record(geoname, replace(other, reason=""), case.id, record.id, "weather", "雨")
    with pytest.raises(InvalidInputError, match="no field"):
        correct_record(geoname, other, case.id, record.id, "digest", "雨")
    with pytest.raises(NotFoundError):
        correct_record(geoname, other, case.id, "r9", "weather", "雨")
    made = correct_record(geoname, other, case.id, record.id, "weather", "雨")
    assert [(one.side, one.before, one.after) for one in made.corrections] == [(B, "", "雨")]
    assert made.weather == ""
    subjects = {one.subject: one for one in list_signatures(geoname, lead.caller, case.id).subjects}
    assert subjects[record.subject].signed == (A,)


def test_both_sign_what_they_were_shown(geoname, put, lead, other):
    case = put(Stage.REPORT_DRAFT, signed=False)
    shown = list_signatures(geoname, lead.caller, case.id).subjects
    digest = next(one.digest for one in shown if one.subject == REPORT)
    sign(geoname, lead, case.id, REPORT, digest)
    with pytest.raises(ConflictError, match="already"):
        sign(geoname, lead, case.id, REPORT, digest)
    add_paper(geoname, lead, case.id, PaperGiven(Document.REPORT, "另一份报告"))
    with pytest.raises(ConflictError, match="not as it was shown"):
        sign(geoname, other, case.id, REPORT, digest)
    after = show_inspection(geoname, lead.caller, case.id)
    with pytest.raises(OutOfOrderError, match=f"not signed by {A}, {B}"):
        take_step(geoname, at(lead, after), case.id, Step.SIGN_REPORT)
    with pytest.raises(NotFoundError, match="what can be is"):
        sign(geoname, other, case.id, "record:none", digest)


def test_a_record_without_the_neighbour_cannot_be_signed(geoname, put, lead):
    case = put(Stage.FIELD, signed=False)
    known = geoname.store.inspection(case.id).record_of(MARKER)
    put_record(geoname, lead, case.id, RecordGiven(MARKER, BOTH[:1]), known.version)
    digest = geoname.store.inspection(case.id).digest(known.subject)
    with pytest.raises(OutOfOrderError, match="nobody of 520103 was present"):
        sign(geoname, lead, case.id, known.subject, digest)


def test_coordinates_are_for_those_who_work_there_and_each_look_is_on_record(geoname, put, caller, lead):
    case = put(Stage.FIELD)
    reader = caller("reader", "lead")
    assert all(
        one.marker is None or one.marker.lon is None for one in list_records(geoname, reader, case.id).items
    )
    before = len(geoname.store.audit(f"inspection:{case.id}"))
    shown = list_records(geoname, lead.caller, case.id).items
    assert [one.marker.lon for one in shown if one.marker] == [106.7]
    last = geoname.store.audit(f"inspection:{case.id}")
    assert len(last) == before + 1
    assert last[-1].actor == "officer-lead"


def test_a_finding_is_handled_to_its_end(geoname, put, lead, other, organ):
    case = put(Stage.FIELD)
    given = FindingGiven(FindingKind.DAMAGED, MARKER, "破损", A)
    opened = add_finding(geoname, other, case.id, given)
    id_ = opened.finding.id
    assert opened.missing == ("repair_record",)
    assert "《行政区域界线管理条例》第6条" in opened.basis
    with pytest.raises(OutOfOrderError, match="520102 is responsible"):
        step_finding(geoname, other, case.id, id_, FindingStep.HANDLE, HandledSo())
    with pytest.raises(ForbiddenError, match="handled by the sides"):
        step_finding(geoname, organ, case.id, id_, FindingStep.HANDLE, HandledSo())
    step_finding(geoname, lead, case.id, id_, FindingStep.HANDLE, HandledSo())
    papers = (PaperGiven(Document.REPAIR_RECORD, "修复记录"),)
    with pytest.raises(OutOfOrderError, match="absent was 520103"):
        step_finding(geoname, lead, case.id, id_, FindingStep.DOCUMENT, HandledSo(papers, present=(A,)))
    done = step_finding(geoname, lead, case.id, id_, FindingStep.DOCUMENT, HandledSo(papers, present=(A, B)))
    assert done.missing == ()
    closed = step_finding(geoname, lead, case.id, id_, FindingStep.CLOSE, HandledSo())
    assert closed.finding.state is FindingState.CLOSED
    assert [one.finding.id for one in list_findings(geoname, lead.caller, case.id).items] == [id_]
    file = geoname.store.inspection(case.id)
    assert [paper.finding_id for paper in file.papers][-1] == id_
    assert Document.REPAIR_RECORD not in file.documents()


def test_a_finding_about_nothing_on_the_list_is_refused(geoname, put, lead):
    case = put(Stage.FIELD)
    with pytest.raises(InvalidInputError, match="not on the field list"):
        add_finding(geoname, lead, case.id, FindingGiven(FindingKind.LOST, "marker:9Q", "丢失"))
    with pytest.raises(InvalidInputError, match="no side of this inspection"):
        add_finding(geoname, lead, case.id, FindingGiven(FindingKind.LOST, MARKER, "丢失", "520111"))
    with pytest.raises(NotFoundError, match="there is no finding"):
        step_finding(geoname, lead, case.id, "f9", FindingStep.HANDLE, HandledSo())
    early = put(Stage.DESK)
    with pytest.raises(OutOfOrderError):
        add_finding(geoname, lead, early.id, FindingGiven(FindingKind.LOST, MARKER, "丢失"))


def test_what_a_finding_tells_has_to_be_possible(geoname, put, lead, organ):
    case = put(Stage.FIELD, plan_filed_on=date(2026, 3, 1))
    given = FindingGiven(FindingKind.DAMAGED, MARKER, "破损", A)
    late, early = replace(lead, on=date(2999, 1, 1)), replace(lead, on=date(2026, 2, 28))
    before = geoname.store.inspection(case.id)
    for asked, wrong, field in (
        (lead, replace(given, what=" "), "what"), (late, given, "on"), (early, given, "on"),
    ):  # fmt: skip
        with pytest.raises(InvalidInputError) as refused:
            add_finding(geoname, asked, case.id, wrong)
        assert refused.value.field == field
    with pytest.raises(NotFoundError, match="no record 'r9'"):
        add_finding(geoname, lead, case.id, replace(given, record_id="r9"))
    for asked in (late, early):
        with pytest.raises(InvalidInputError):
            open_dispute(geoname, asked, case.id, [MARKER])
    with pytest.raises(InvalidInputError, match="still to come"):
        add_paper(geoname, late, case.id, PaperGiven(Document.LETTER, "函"))
    assert geoname.store.inspection(case.id) == before
    id_ = add_finding(geoname, replace(lead, on=date(2026, 3, 5)), case.id, given).finding.id
    for day in (date(2026, 3, 4), date(2999, 1, 1)):
        with pytest.raises(InvalidInputError):
            step_finding(
                geoname, replace(lead, on=day), case.id, id_, FindingStep.HANDLE, HandledSo(present=(A, B))
            )
    dispute = open_dispute(geoname, replace(lead, on=date(2026, 3, 6)), case.id, [MARKER]).disputes[0].id
    with pytest.raises(InvalidInputError, match="is before 2026-03-06"):
        decide_dispute(
            geoname,
            replace(organ, on=date(2026, 3, 5)),
            case.id,
            dispute,
            PaperGiven(Document.DECISION, "决"),
        )


def test_a_measured_position_is_whole(geoname, put, lead):
    case = put(Stage.FIELD, signed=False)
    known = geoname.store.inspection(case.id).record_of(MARKER)
    with pytest.raises(InvalidInputError, match="both lon and lat"):
        put_record(geoname, lead, case.id, RecordGiven(MARKER, BOTH, lon=106.7), known.version)
    with pytest.raises(ConflictError) as refused:
        put_record(geoname, lead, case.id, RecordGiven(MARKER, BOTH), known.version + 1)
    assert refused.value.version == known.version


def test_a_plan_that_was_returned_is_not_filed_on_the_old_receipt(geoname, put, lead, organ):
    case = put(Stage.PLAN_FILED)
    back = take_step(geoname, at(organ, case), case.id, Step.RETURN_PLAN)
    for asked in (lead, replace(lead, caller=replace(lead.caller, token_id="o", divisions=(B,)))):
        digest = geoname.store.inspection(case.id).digest("plan")
        sign(geoname, asked, case.id, "plan", digest)
    asked = replace(at(lead, case), version=back.version + 2)
    with pytest.raises(OutOfOrderError, match="hand in: minutes"):
        take_step(geoname, asked, case.id, Step.AGREE_PLAN)
    agreed = take_step(geoname, asked, case.id, Step.AGREE_PLAN, [PaperGiven(Document.MINUTES, "纪要")])
    with pytest.raises(OutOfOrderError, match="hand in: plan_receipt"):
        take_step(geoname, replace(asked, version=agreed.version), case.id, Step.FILE_PLAN)


def test_a_dispute_freezes_its_stretch_until_the_organ_decides(geoname, put, lead, other, organ):
    case = put(Stage.REMEDY)
    finding = add_finding(
        geoname, lead, case.id, FindingGiven(FindingKind.DAMAGED, MARKER, "破损", A)
    ).finding
    shown = open_dispute(geoname, other, case.id, [MARKER])
    dispute = shown.disputes[0]
    kinds = [one.finding.kind for one in list_findings(geoname, lead.caller, case.id).items]
    assert kinds == ["F2", "F14"]
    with pytest.raises(OutOfOrderError, match="disputed stretch"):
        step_finding(geoname, lead, case.id, finding.id, FindingStep.HANDLE, HandledSo())
    paper = PaperGiven(Document.DECISION, "决定", "黔府〔2026〕1号")
    for asked in (lead, other):
        with pytest.raises(ForbiddenError, match="第15条"):
            decide_dispute(geoname, asked, case.id, dispute.id, paper)
    decided = decide_dispute(geoname, organ, case.id, dispute.id, paper)
    assert decided.disputes[0].decision == "黔府〔2026〕1号"
    with pytest.raises(OutOfOrderError, match="was decided"):
        decide_dispute(geoname, organ, case.id, dispute.id, paper)
    handled = step_finding(geoname, lead, case.id, finding.id, FindingStep.HANDLE, HandledSo())
    assert handled.finding.state is FindingState.HANDLING
    with pytest.raises(InvalidInputError):
        open_dispute(geoname, replace(lead, reason=""), case.id, [MARKER])
    with pytest.raises(NotFoundError, match="there is no dispute"):
        decide_dispute(geoname, organ, case.id, "d9", paper)


def test_peace_along_the_line_is_kept_with_line_and_case(geoname, put, lead):
    case = put(Stage.REMEDY, line_id="520102-520199")
    made = add_peace(geoname, lead, case.id, PeaceGiven(PeaceKind.EXCHANGE, "界线植树"))
    assert list_peace(geoname, lead.caller, case.id).items == (made,)
    assert geoname.store.inspection(case.id).peace == (made,)
    for wrong, field in (
        (PeaceGiven(PeaceKind.EXCHANGE, " "), "title"),
        (PeaceGiven(PeaceKind.EXCHANGE, "约", date(2999, 1, 1)), "day"),
        (
            PeaceGiven(PeaceKind.AGREEMENT, "约", date(2026, 1, 2), valid_until=date(2026, 1, 1)),
            "valid_until",
        ),
    ):
        with pytest.raises(InvalidInputError) as refused:
            add_peace(geoname, lead, case.id, wrong)
        assert refused.value.field == field


def test_what_was_signed_is_not_replaced_and_late_peace_is_the_lines(geoname, put, lead, organ):
    case = put(Stage.SIGNED, line_id="520102-520198")
    for kind in (Document.REPORT, Document.FIELD_PLAN):
        with pytest.raises(OutOfOrderError, match="the case is at signed"):
            add_paper(geoname, lead, case.id, PaperGiven(kind, "另一份"))
        with pytest.raises(OutOfOrderError):
            take_step(geoname, at(lead, case), case.id, Step.FILE, [PaperGiven(kind, "另一份")])
    made = add_peace(geoname, lead, case.id, PeaceGiven(PeaceKind.EXCHANGE, "界线植树"))
    assert made.inspection_id is None
    file = geoname.store.inspection(case.id)
    assert file.peace == ()
    assert file.signed_sides(REPORT) == case.sides
    assert list_peace(geoname, lead.caller, case.id).items == (made,)
    assert geoname.store.audit("line:520102-520198")[-1].action == "peace record added"
    assert take_step(geoname, at(lead, case), case.id, Step.FILE).stage == Stage.FILED


def test_a_late_decision_leaves_the_signatures_under_the_report(geoname, put, lead, organ):
    dispute = Dispute("d1", (MARKER,), A, "河道", date(2026, 3, 2))
    case = put(Stage.SIGNED, disputes=(dispute,))
    decide_dispute(geoname, organ, case.id, "d1", PaperGiven(Document.DECISION, "决定", "1号"))
    file = geoname.store.inspection(case.id)
    assert not file.inspection.disputes[0].open
    assert file.signed_sides(REPORT) == case.sides


def test_after_all_of_it_every_chain_is_whole(geoname):
    assert geoname.store.verify() == []
