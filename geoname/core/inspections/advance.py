"""Takes a case one step on (联检推进): the next state, or every reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.finding import Finding, FindingState
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.core.inspections.refusal import Reason, Refusal, listed
from geoname.core.inspections.signature import PLAN, REPORT, Signature, unsigned_sides
from geoname.core.inspections.stages import OF_STEP, Document, Guard, Party, Stage, Step, Transition
from geoname.core.inspections.terms_zh import PARTIES, STAGES, STEPS, papers_zh

ROUND_YEARS = 5
"""A line is inspected every five years: 行政区域界线管理条例第12条."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What belongs to a case when a step is taken.

    `day` is when the step happened, `today` the present day; `digests` are those of the content that would be
    signed now, by subject; `documents` are the papers in the file that count, those handed in with the step
    included, and `handed_in` is how many papers there are at all.
    """

    party: Party | None
    day: date
    today: date
    documents: frozenset[Document] = frozenset()
    records: tuple[FieldRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    signatures: tuple[Signature, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    handed_in: int = 0


def advance(inspection: Inspection, step: Step, facts: CaseFacts) -> Inspection | Refusal:
    """The case after a step, its version not yet raised; or every reason why the step cannot be taken."""
    row = OF_STEP[step]
    reasons = [*_may_not(row, facts), *_not_here(inspection, row), *_wrong_day(inspection, facts)]
    missing = [paper for paper in row.documents if paper not in facts.documents]
    if missing:
        en, zh = listed(missing)[0], listed(papers_zh(missing))[1]
        reasons.append(Reason("papers_missing", f"hand in: {en}", f"缺少材料：{zh}", row.basis))
    for guard in (*row.guards, *((Guard.REASON_GIVEN,) if row.back else ())):
        reasons += [one for one in _GUARDS[guard](inspection, row, facts) if one not in reasons]
    if reasons:
        return Refusal(tuple(reasons))
    return replace(inspection, stage=row.target, since=facts.day, **_dates(inspection, row, facts))


def _dates(inspection: Inspection, row: Transition, facts: CaseFacts) -> dict[str, Any]:
    """The fields that change with a stage beside the stage itself."""
    changed: dict[str, Any] = {"papers_returned": facts.handed_in} if row.back else {}
    if row.target is Stage.PLAN_DRAFTED:
        changed |= {"plan_draft": inspection.plan_draft + 1, "plan_filed_on": None}
    if row.target is Stage.REPORT_DRAFT:
        changed |= {"report_draft": inspection.report_draft + 1, "filed_on": None}
    if row.target is Stage.PLAN_FILED:
        changed["plan_filed_on"] = facts.day
    if row.target is Stage.FILED:
        changed["filed_on"] = facts.day
    if row.target is Stage.CLOSED and inspection.kind is InspectionKind.REGULAR:
        # A special inspection does not set the line's clock anew (not confirmed by any text).
        filed = inspection.filed_on or facts.day
        changed["next_due"] = filed.year + ROUND_YEARS
    return changed


def _may_not(row: Transition, facts: CaseFacts) -> list[Reason]:
    if facts.party in row.parties:
        return []
    allowed = ", ".join(party.value for party in row.parties)
    allowed_zh = "、".join(PARTIES[party] for party in row.parties)
    who = "no party to this case" if facts.party is None else facts.party.value
    who_zh = "不是本案的一方" if facts.party is None else f"是{PARTIES[facts.party]}"
    return [
        Reason(
            "not_yours",
            f"{row.step} is for {allowed}, and you are {who}",
            f"“{STEPS[row.step]}”由{allowed_zh}办理，而您{who_zh}",
            row.basis,
            party=True,
        )
    ]


def _not_here(inspection: Inspection, row: Transition) -> list[Reason]:
    if inspection.stage is row.source:
        return []
    return [
        Reason(
            "wrong_stage",
            f"the case is at {inspection.stage}, and {row.step} leads from {row.source} to {row.target}",
            f"本案现处“{STAGES[inspection.stage]}”，“{STEPS[row.step]}”只能由“{STAGES[row.source]}”"
            f"到“{STAGES[row.target]}”",
            row.basis,
        )
    ]


def _wrong_day(inspection: Inspection, facts: CaseFacts) -> list[Reason]:
    if facts.day < inspection.since:
        text = (f"{facts.day} is before the present stage, which began on {inspection.since}",
                f"{facts.day} 早于现阶段的开始日 {inspection.since}")  # fmt: skip
    elif facts.day > facts.today:
        text = (f"{facts.day} is still to come", f"{facts.day} 尚未到来")
    else:
        return []
    return [Reason("wrong_day", *text)]


def _sides_listed(inspection: Inspection, row: Transition, _: CaseFacts) -> list[Reason]:
    if len(set(inspection.sides)) >= 2 and inspection.lead in inspection.sides:
        return []
    return [Reason("sides_missing", "name both sides and which leads", "请写明各方和牵头方", row.basis)]


def _signed(subject: str) -> Callable[[Inspection, Transition, CaseFacts], list[Reason]]:
    def check(inspection: Inspection, row: Transition, facts: CaseFacts) -> list[Reason]:
        digest = facts.digests.get(subject, "")
        missing = unsigned_sides(inspection.sides, facts.signatures, subject, digest)
        if not missing:
            return []
        en, zh = listed(missing)
        said = "联检报告" if subject == REPORT else "实施方案"
        text = (f"{subject} is not signed by {en}", f"{said}尚未签字：{zh}")
        return [Reason("unsigned", *text, row.basis)]

    return check


def _field_list(inspection: Inspection, row: Transition, _: CaseFacts) -> list[Reason]:
    if inspection.items:
        return []
    return [Reason("no_field_list", "the field list is empty", "外业清单为空", row.basis)]


def _records_complete(inspection: Inspection, row: Transition, facts: CaseFacts) -> list[Reason]:
    counted = {record.item for record in facts.records if record.counts(inspection.sides)}
    missing = [item.key for item in inspection.items if item.key not in counted]
    if not missing:
        return []
    en, zh = listed(missing)
    return [
        Reason(
            "records_missing",
            f"no record with all sides present of: {en}",
            f"缺少各方在场的记录：{zh}",
            row.basis,
        )
    ]


def _findings_opened(_: Inspection, row: Transition, facts: CaseFacts) -> list[Reason]:
    opened = {one.item for one in facts.findings}
    missing = [one.item for one in facts.records if one.names_a_problem and one.item not in opened]
    if not missing:
        return []
    en, zh = listed(missing)
    text = (f"open a finding of what the records tell of: {en}", f"记录所载问题尚未立案：{zh}")
    return [Reason("findings_missing", *text, row.basis)]


def _findings_surveyed(_: Inspection, row: Transition, facts: CaseFacts) -> list[Reason]:
    early = (FindingState.TO_VERIFY, FindingState.OPENED, FindingState.HANDLING)
    open_ = [
        f"{one.kind} {one.item} ({one.id})"
        for one in facts.findings
        if one.state in early and one.rule.survey
    ]
    if not open_:
        return []
    en, zh = listed(open_)
    return [Reason("not_surveyed", f"findings wait for their survey: {en}", f"待修测的问题：{zh}", row.basis)]


def _findings_ended(_: Inspection, row: Transition, facts: CaseFacts) -> list[Reason]:
    open_ = [f"{one.kind} {one.item} ({one.id})" for one in facts.findings if not one.state.ended]
    if not open_:
        return []
    en, zh = listed(open_)
    return [
        Reason(
            "findings_open",
            f"close these findings, or carry them over with a reason: {en}",
            f"请办结下列问题，或写明理由结转：{zh}",
            row.basis,
        )
    ]


def _reason_given(_: Inspection, row: Transition, facts: CaseFacts) -> list[Reason]:
    if facts.reason.strip():
        return []
    return [Reason("reason_missing", "a step back needs its reason", "退回须写明理由", row.basis)]


_GUARDS: dict[Guard, Callable[[Inspection, Transition, CaseFacts], list[Reason]]] = {
    Guard.SIDES_LISTED: _sides_listed,
    Guard.PLAN_SIGNED: _signed(PLAN),
    Guard.FIELD_LIST: _field_list,
    Guard.RECORDS_COMPLETE: _records_complete,
    Guard.FINDINGS_OPENED: _findings_opened,
    Guard.FINDINGS_SURVEYED: _findings_surveyed,
    Guard.FINDINGS_ENDED: _findings_ended,
    Guard.REPORT_SIGNED: _signed(REPORT),
    Guard.REASON_GIVEN: _reason_given,
}
