"""The life of a name (地名生命周期): proposed, approved, filed, announced, ended; who may do which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from geoname.core.register.name import Name, NameStatus, Publication
from geoname.core.register.name_event import NameEventKind
from geoname.core.register.visibility import Role
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError, OutOfOrderError


class NamingStep(StrEnum):
    """What is done with a name."""

    PROPOSE = "propose"
    APPROVE = "approve"
    FILE = "file"
    ANNOUNCE = "announce"
    RENAME = "rename"
    RETIRE = "retire"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class StepRule:
    """Which role takes a step, on names of which status, and which event it leaves."""

    role: Role
    of: frozenset[NameStatus]
    event: NameEventKind


_EVERY = frozenset(NameStatus)
_CURRENT = frozenset({NameStatus.CURRENT})
STEPS: Mapping[NamingStep, StepRule] = {
    NamingStep.PROPOSE: StepRule(Role.RECORDER, frozenset(), NameEventKind.NAMED),
    NamingStep.APPROVE: StepRule(Role.OFFICER, frozenset({NameStatus.PROPOSED}), NameEventKind.APPROVED),
    NamingStep.FILE: StepRule(Role.OFFICER, _CURRENT, NameEventKind.FILED),
    NamingStep.ANNOUNCE: StepRule(Role.OFFICER, _CURRENT, NameEventKind.ANNOUNCED),
    NamingStep.RENAME: StepRule(Role.OFFICER, _CURRENT, NameEventKind.RENAMED),
    NamingStep.RETIRE: StepRule(
        Role.OFFICER, frozenset({NameStatus.PROPOSED, NameStatus.CURRENT}), NameEventKind.RETIRED
    ),
    NamingStep.CORRECT: StepRule(Role.OFFICER, _EVERY, NameEventKind.CORRECTED),
}
"""Each step with who takes it; a proposal that waits for approval may also be corrected by a recorder."""


def role_for(step: NamingStep, status: NameStatus | None) -> Role:
    """The least role that may take a step on a name of this status, None standing for a new one."""
    if step is NamingStep.CORRECT and status is NameStatus.PROPOSED:
        return Role.RECORDER
    return STEPS[step].role


def steps_for(name: Name, *, announced_from_filing: bool) -> tuple[NamingStep, ...]:
    """The steps that may follow now, in their usual order."""
    approval, status = name.approval, name.status
    found = [step for step in NamingStep if status in STEPS[step].of]
    if approval.approved_on is None or approval.filed_on is not None:
        found = [step for step in found if step is not NamingStep.FILE]
    waits = announced_from_filing and approval.filed_on is None
    if approval.approved_on is None or approval.announced_on is not None or waits:
        found = [step for step in found if step is not NamingStep.ANNOUNCE]
    return tuple(found)


def check_status(step: NamingStep, name: Name) -> None:
    """OutOfOrderError when a name of this status cannot be treated so."""
    allowed = STEPS[step].of
    if name.status not in allowed:
        listed = ", ".join(sorted(allowed))
        raise OutOfOrderError(
            f"{name.text} is {name.status}: {step} takes a name that is {listed}",
            zh=f"“{name.text}”现为{_STATUS[name.status]}，不能{_STEP[step]}："
            f"只可对{'、'.join(_STATUS[each] for each in NameStatus if each in allowed)}的地名办理",
        )


def check_day(
    day: date, today: date, *, not_before: PartialDate | date | None, after_zh: str, after: str
) -> None:
    """InvalidInputError for a day that is yet to come, or before the one that it must follow."""
    if day > today:
        raise InvalidInputError(
            f"{day} is yet to come: record what has happened",
            zh=f"{day} 尚未到来：请记录已发生的事项",
            field="on",
        )
    first = not_before.first if isinstance(not_before, PartialDate) else not_before
    if first is not None and day < first:
        raise InvalidInputError(
            f"{day} is before the {after}, {not_before}: give a day from then on",
            zh=f"{day} 早于{after_zh}（{not_before}）：日期须在其后",
            field="on",
        )


def approved(name: Name, day: date, approved_by: str, approver_kind: str, document: str) -> Name:
    """The name in force from the day of its approval."""
    check_status(NamingStep.APPROVE, name)
    given = replace(
        name.approval,
        approved_by=approved_by,
        approver_kind=approver_kind,
        approved_on=PartialDate(day),
        document=document or None,
    )
    period = replace(name.period, start=PartialDate(day), known_on=None)
    return replace(name, status=NameStatus.CURRENT, approval=given, period=period)


def filed(name: Name, day: date, today: date, accepted_on: date | None = None) -> Name:
    """The name with the day on which its filing was sent in, and the one on which that was accepted."""
    check_status(NamingStep.FILE, name)
    _check_first(name, name.approval.filed_on, "filed", "报送备案")
    check_day(day, today, not_before=name.approval.approved_on, after_zh="批准日期", after="approval")
    if accepted_on is not None:
        check_day(accepted_on, today, not_before=day, after_zh="报送日期", after="filing")
    accepted = PartialDate(accepted_on) if accepted_on is not None else None
    return replace(name, approval=replace(name.approval, filed_on=PartialDate(day), accepted_on=accepted))


def announced(name: Name, day: date, today: date, *, from_filing: bool) -> Name:
    """The name as it is after its announcement: public.

    `from_filing`: another department approved it, so that its announcement follows the filing.
    """
    check_status(NamingStep.ANNOUNCE, name)
    _check_first(name, name.approval.announced_on, "announced", "公告")
    check_day(day, today, not_before=name.approval.approved_on, after_zh="批准日期", after="approval")
    if from_filing:
        if name.approval.filed_on is None:
            raise OutOfOrderError(
                f"{name.text} was approved by another department and is not filed: file it first",
                zh=f"“{name.text}”由其他部门批准，尚未报送备案：请先办理备案",
            )
        check_day(day, today, not_before=name.approval.filed_on, after_zh="报送备案日期", after="filing")
    given = replace(name.approval, announced_on=PartialDate(day))
    return replace(name, approval=given, publication=Publication.PUBLIC)


def ended(name: Name, day: date, today: date, step: NamingStep) -> Name:
    """The name as it is after its renaming or retirement: historical.

    A proposal that is given up never was a standard name: it is withdrawn from sight.
    """
    check_status(step, name)
    check_day(day, today, not_before=name.period.start, after_zh="启用日期", after="day on which it began")
    if name.status is NameStatus.PROPOSED:
        return replace(name, status=NameStatus.HISTORICAL, publication=Publication.WITHDRAWN)
    return replace(name, status=NameStatus.HISTORICAL, period=replace(name.period, end=PartialDate(day)))


def _check_first(name: Name, done_on: PartialDate | None, done: str, zh: str) -> None:
    if name.approval.approved_on is None:
        raise OutOfOrderError(
            f"no approval of {name.text} is on record: correct its record first",
            zh=f"“{name.text}”没有批准记录：请先补正记录",
        )
    if done_on is not None:
        raise OutOfOrderError(
            f"{name.text} was {done} on {done_on}: correct the record if that is wrong",
            zh=f"“{name.text}”已于 {done_on} {zh}：如有误请更正记录",
        )


_STATUS = {NameStatus.PROPOSED: "申请中", NameStatus.CURRENT: "现行", NameStatus.HISTORICAL: "历史"}
_STEP = {
    NamingStep.PROPOSE: "申请",
    NamingStep.APPROVE: "批准",
    NamingStep.FILE: "备案",
    NamingStep.ANNOUNCE: "公告",
    NamingStep.RENAME: "更名",
    NamingStep.RETIRE: "销名",
    NamingStep.CORRECT: "更正",
}
