"""Findings of a case (联检问题) as child cases, and disputes that freeze a stretch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.finding import (
    STEPS,
    Finding,
    FindingFacts,
    FindingState,
    FindingStep,
    advance_finding,
)
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import Dispute
from geoname.core.inspections.refusal import Refusal
from geoname.core.inspections.stages import Document, Party, Stage
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError, InvalidInputError, NotFoundError, OutOfOrderError
from geoname.service.inspect_boundary import (
    Asked,
    PaperGiven,
    check_version,
    demand_open,
    paper_of,
    seen_case,
)
from geoname.service.inspection_acting import acting, as_side, refused
from geoname.service.inspection_answers import FindingList, FindingShown, InspectionShown
from geoname.service.inspection_moment import happened_on, new_id
from geoname.service.inspection_showing import shown
from geoname.service.opened import Geoname

_HANDLED_AT = (Stage.FIELD, Stage.FINDINGS, Stage.REMEDY, Stage.SURVEYED, Stage.REPORT_DRAFT)


@dataclass(frozen=True, slots=True)
class FindingGiven:
    """A finding as it is reported; `to_verify` for a suspicion that nobody has looked at yet."""

    kind: FindingKind
    item: str
    what: str
    responsible_side: str = ""
    record_id: str | None = None
    photos: tuple[str, ...] = ()
    to_verify: bool = False


@dataclass(frozen=True, slots=True)
class HandledSo:
    """What is handed in with a step: papers, consenting and present sides, the filing's receipt."""

    papers: tuple[PaperGiven, ...] = ()
    consents: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    receipt: str = ""
    line_changed: bool | None = None
    responsible_side: str | None = None


def list_findings(geoname: Geoname, caller: Caller, inspection_id: str) -> FindingList:
    """The findings of a case, each with what is to be done about it."""
    file = seen_case(geoname, caller, inspection_id)
    return FindingList(tuple(finding_shown(one) for one in file.findings))


def add_finding(geoname: Geoname, asked: Asked, inspection_id: str, given: FindingGiven) -> FindingShown:
    """Open a finding about an item of the field list; InvalidInputError for one that is not on it."""
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        demand_open(before, *_HANDLED_AT)
        _check_items(before, (given.item,))
        case = before.inspection
        on = happened_on(asked.on, case.plan_filed_on)
        _check_sides(case.sides, (given.responsible_side,) if given.responsible_side else ())
        if not given.what.strip():
            raise InvalidInputError("say what was found", zh="请写明发现了什么", field="what")
        if given.record_id is not None and before.record(given.record_id) is None:
            raise _unknown("record", "记录", given.record_id, "record_id")
        state = FindingState.TO_VERIFY if given.to_verify else FindingState.OPENED
        made = Finding(
            new_id(), case.id, given.kind, given.item, given.what, state, who.side, who.actor,
            on, given.responsible_side, record_id=given.record_id, photos=given.photos,
            generated=case.generated,
        )  # fmt: skip
        after = replace(before, findings=(*before.findings, made))
        writer.save(before, after, f"finding {made.kind} opened")
    return finding_shown(made)


def step_finding(
    geoname: Geoname,
    asked: Asked,
    inspection_id: str,
    finding_id: str,
    step: FindingStep,
    handled: HandledSo,
) -> FindingShown:
    """Take one step with a finding, or nothing at all.

    OutOfOrderError with every reason: a paper missing, the neighbour absent, the stretch in dispute.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = acting(asked.caller, file.inspection, asked.side, asked.name)
    _may_step(who.party, step)
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        demand_open(before, *_HANDLED_AT)
        known = before.finding(finding_id)
        if known is None:
            raise _unknown("finding", "问题", finding_id, "finding")
        case = before.inspection
        on = happened_on(asked.on, known.handled_on or known.opened_on)
        named = (handled.responsible_side,) if handled.responsible_side else ()
        _check_sides(case.sides, (*handled.consents, *handled.present, *named))
        if named:
            known = replace(known, responsible_side=named[0])
        facts = FindingFacts(
            case.sides, who.side, who.party, on, case.frozen,
            tuple(paper.kind for paper in handled.papers), handled.consents, handled.present,
            handled.receipt, asked.reason, handled.line_changed,
        )  # fmt: skip
        moved = advance_finding(known, step, facts)
        if isinstance(moved, Refusal):
            raise refused(moved, "step")
        moved = replace(moved, version=known.version + 1)
        papers = tuple(paper_of(one, before, who, on, finding_id) for one in handled.papers)
        findings = tuple(moved if one.id == finding_id else one for one in before.findings)
        after = replace(before, findings=findings, papers=(*before.papers, *papers))
        writer.save(before, after, f"finding {known.kind} {step}")
    return finding_shown(moved)


def open_dispute(geoname: Geoname, asked: Asked, inspection_id: str, items: Sequence[str]) -> InspectionShown:
    """Say that the sides disagree about the position: the items are frozen, and a finding F14 is opened."""
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.OFFICER)
    if not asked.reason.strip() or not items:
        raise InvalidInputError(
            "a dispute names its items and says what the sides disagree about",
            zh="争议须写明涉及的项目和分歧所在",
            field="items" if not items else "reason",
        )
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        demand_open(before, *_HANDLED_AT)
        _check_items(before, items)
        case = before.inspection
        on = happened_on(asked.on, case.plan_filed_on)
        dispute = Dispute(new_id(), tuple(dict.fromkeys(items)), who.side, asked.reason, on)
        finding = Finding(
            new_id(), case.id, FindingKind.DISPUTE, dispute.items[0], asked.reason, FindingState.OPENED,
            who.side, who.actor, on, generated=case.generated,
        )  # fmt: skip
        after = replace(
            before,
            inspection=replace(case, disputes=(*case.disputes, dispute)),
            findings=(*before.findings, finding),
        )
        after = writer.save(before, after, "dispute opened")
    return shown(after, asked.caller)


def decide_dispute(
    geoname: Geoname, asked: Asked, inspection_id: str, dispute_id: str, decision: PaperGiven
) -> InspectionShown:
    """Enter the decision of the organ that approved the line (条例第15条); the items are free again."""
    file = seen_case(geoname, asked.caller, inspection_id)
    who = acting(asked.caller, file.inspection, asked.side, asked.name)
    if who.party is not Party.ORGAN:
        raise ForbiddenError(
            "a dispute is decided by the organ that approved the line (《行政区域界线管理条例》第15条)",
            zh="争议由该界线的批准机关处理（《行政区域界线管理条例》第15条）",
        )
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        case = before.inspection
        known = next((one for one in case.disputes if one.id == dispute_id), None)
        if known is None:
            raise _unknown("dispute", "争议", dispute_id, "dispute")
        if not known.open:
            raise OutOfOrderError(
                f"this dispute was decided on {known.decided_on}",
                zh=f"该争议已于 {known.decided_on} 决定",
                field="dispute",
            )
        on = happened_on(asked.on, known.opened_on)
        decided = replace(known, decided_on=on, decision=decision.number or decision.title)
        disputes = tuple(decided if one.id == dispute_id else one for one in case.disputes)
        paper = paper_of(replace(decision, kind=Document.DECISION), before, who, on)
        after = replace(before, inspection=replace(case, disputes=disputes), papers=(*before.papers, paper))
        after = writer.save(before, after, "dispute decided")
    return shown(after, asked.caller)


def finding_shown(one: Finding) -> FindingShown:
    """A finding with its rule and the steps that lead out of its state."""
    rule = one.rule
    return FindingShown(
        one, rule.zh, rule.en, rule.handling_zh, rule.handling_en,
        tuple(str(basis) for basis in rule.basis),
        tuple(paper.value for paper in rule.documents),
        tuple(paper.value for paper in rule.documents if paper not in one.documents),
        rule.filing,
        tuple(step.value for step, (sources, _) in STEPS.items() if one.state in sources),
    )  # fmt: skip


def _may_step(party: Party, step: FindingStep) -> None:
    if party is Party.ORGAN and step in (FindingStep.HANDLE, FindingStep.DOCUMENT):
        raise ForbiddenError(
            "a finding is handled by the sides: act as one of them",
            zh="问题由各方处理：请以其中一方办理",
            field="side",
        )


def _check_items(file: CaseFile, items: Sequence[str]) -> None:
    known = {item.key for item in file.inspection.items}
    for item in items:
        if item not in known:
            raise InvalidInputError(
                f"{item!r} is not on the field list: write a key of its items",
                zh=f"外业清单中没有 {item!r}：请写清单中的项目",
                field="item",
            )


def _check_sides(sides: Sequence[str], named: Sequence[str]) -> None:
    for side in named:
        if side not in sides:
            raise InvalidInputError(
                f"{side!r} is no side of this inspection: {', '.join(sides)} are",
                zh=f"{side!r} 不是本次联检的一方：各方为 {'、'.join(sides)}",
                field="side",
            )


def _unknown(what: str, zh: str, id_: str, field: str) -> NotFoundError:
    return NotFoundError(f"there is no {what} {id_!r} in this case", zh=f"本案没有{zh} {id_!r}", field=field)
