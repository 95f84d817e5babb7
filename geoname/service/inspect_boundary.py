"""A joint inspection (界线联检) as a whole: list, show, open, take a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from geoname.core.inspections.advance import CaseFacts, advance
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_list import ListedMarker, field_list
from geoname.core.inspections.inspection import FieldItem, Inspection, InspectionKind, Stretch, Trigger
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.refusal import Refusal
from geoname.core.inspections.signature import PLAN, REPORT
from geoname.core.inspections.stages import Document, Stage, Step
from geoname.core.inspections.terms_zh import STAGES
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ChangedSinceError, InvalidInputError, OutOfOrderError
from geoname.service.cursor import read_cursor, write_cursor
from geoname.service.inspection_acting import Acting, acting, demand_seen, refused, sees
from geoname.service.inspection_answers import InspectionPage, InspectionShown, summary_of
from geoname.service.inspection_lines import InspectedLine, inspected_line, touches
from geoname.service.inspection_moment import happened_on, new_id, now, today
from geoname.service.inspection_showing import shown
from geoname.service.keep_tokens import demand
from geoname.service.opened import Geoname

_SIGNED_PAPERS = {
    Document.FIELD_PLAN: (Stage.PLANNED, Stage.PLAN_DRAFTED),
    Document.REPORT: (Stage.SURVEYED, Stage.REPORT_DRAFT),
}
"""When the papers that are signed may be handed in: not once they are."""
_LISTS_ITEMS = (Step.START_DESK, Step.START_FIELD)
"""Steps at which the field list is drawn up anew from the markers that are registered."""


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """A paper handed in: its kind, title, number, text or the hash of a file that is kept."""

    kind: Document
    title: str
    number: str = ""
    text: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a change, for which side, by which name; `version` is that of the case as it was read."""

    caller: Caller
    side: str | None = None
    name: str | None = None
    version: int | None = None
    on: date | None = None
    reason: str = ""


def list_inspections(
    geoname: Geoname,
    caller: Caller,
    line_id: str | None = None,
    year: int | None = None,
    stage: Stage | None = None,
    within: str | None = None,
    limit: int = 100,
    cursor: str | None = None,
) -> InspectionPage:
    """The cases that the caller may see, by year and line: a county sees its own."""
    demand(caller, Role.READER)
    stages = () if stage is None else (stage.value,)
    found = [
        case
        for case in geoname.store.inspections(line_id=line_id, year=year, stages=stages)
        if sees(caller, case) and (within is None or touches(case.sides, within))
    ]
    # A case that changes between two pages stays where it is in the order.
    question = f"{line_id} {year} {stage} {within} {caller.token_id}"
    start = read_cursor(cursor, question, geoname.store.database_id())
    page = found[start : start + limit]
    more = start + limit < len(found)
    after = write_cursor(start + limit, question, geoname.store.database_id()) if more else None
    return InspectionPage(tuple(summary_of(case) for case in page), after)


def show_inspection(geoname: Geoname, caller: Caller, inspection_id: str) -> InspectionShown:
    """One case; NotFoundError for one that is not there or that the caller may not see."""
    return shown(seen_case(geoname, caller, inspection_id), caller)


def seen_case(geoname: Geoname, caller: Caller, inspection_id: str) -> CaseFile:
    """The file of a case that the caller may see; NotFoundError for any other."""
    file = geoname.store.inspection(inspection_id)
    demand_seen(caller, None if file is None else file.inspection, inspection_id)
    assert file is not None
    return file


def open_inspection(
    geoname: Geoname,
    asked: Asked,
    line_id: str,
    kind: InspectionKind = InspectionKind.SPECIAL,
    year: int | None = None,
    lead: str | None = None,
    trigger: Trigger | None = None,
    cause: str = "",
    stretch: Stretch | None = None,
    third_side: str | None = None,
    parent: str | None = None,
) -> InspectionShown:
    """Open a case: special for a stretch and cause, or regular for a year.

    InvalidInputError when a special one lacks cause or stretch, ConflictError when the line has a regular one
    in that year, ForbiddenError for whoever is no side of the line.
    """
    line = inspected_line(geoname, line_id)
    special = kind is InspectionKind.SPECIAL
    if special and trigger is None:
        raise InvalidInputError(
            "a special inspection has a cause: say disaster, river_diversion, road_change or other",
            zh="特别联检须有事由：请写 disaster、river_diversion、road_change 或 other",
            field="trigger",
        )
    on = happened_on(asked.on)
    sides = (*line.sides, *((third_side,) if third_side else ()))
    case = Inspection(
        new_id(), line.id, line.name, kind, next_round(geoname, line), year or on.year, sides,
        lead or _opening_lead(line), Stage.DUE, on, parent=parent, stretch=stretch, trigger=trigger,
        cause=cause,
    )  # fmt: skip
    if case.lead not in sides:
        raise InvalidInputError(
            f"{lead!r} is no side of the line: {', '.join(sides)} are",
            zh=f"{lead!r} 不是该界线的一方：各方为 {'、'.join(sides)}",
            field="lead",
        )
    who = acting(asked.caller, case, asked.side, asked.name)
    if special and geoname.store.markers(line.id) and stretch is None:
        raise InvalidInputError(
            "a special inspection is of a stretch: name the markers where it begins and ends",
            zh="特别联检只检查特定地段：请写起止界桩",
            field="from_marker",
        )
    _items(geoname, case)  # refuses a stretch that is not on the line
    with geoname.store.changing_inspections(who.actor, cause) as writer:
        writer.open_case(case)
    return shown(CaseFile(case), asked.caller)


def next_round(geoname: Geoname, line: InspectedLine) -> int:
    """The number of a line's next round, as far as filed ones are known."""
    filed = {
        case.round
        for case in geoname.store.inspections(line_id=line.id)
        if case.kind is InspectionKind.REGULAR and case.filed_on is not None
    }
    return max(filed, default=0) + 1


def _opening_lead(line: InspectedLine) -> str:
    if line.last_lead in line.sides and line.last_lead is not None:
        return line.sides[(line.sides.index(line.last_lead) + 1) % len(line.sides)]
    return line.sides[0]


def take_step(
    geoname: Geoname, asked: Asked, inspection_id: str, step: Step, papers: Sequence[PaperGiven] = ()
) -> InspectionShown:
    """Take one step with a case, or nothing at all.

    OutOfOrderError with every reason, ForbiddenError when it is another party's, ChangedSinceError for a
    version that is not the present one: so of two who take the same step one is told, and nothing is taken
    twice.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = acting(asked.caller, file.inspection, asked.side, asked.name)
    items = _items(geoname, file.inspection) if step in _LISTS_ITEMS else None
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        on = asked.on or today()
        given = tuple(paper_of(one, before, who, on) for one in papers)
        after = replace(before, papers=(*before.papers, *given))
        case = before.inspection if items is None else replace(before.inspection, items=items)
        moved = advance(case, step, _facts(after, who, on, asked.reason))
        if isinstance(moved, Refusal):
            raise refused(moved, "step")
        for paper in papers:
            _check_not_signed(before, paper.kind)
        after = writer.save(before, replace(after, inspection=moved), f"step {step}")
    return shown(after, asked.caller)


def check_version(file: CaseFile, version: int | None) -> None:
    """ChangedSinceError when the version that was read is not the present one."""
    present = file.inspection.version
    if version is not None and version != present:
        raise ChangedSinceError(
            f"the case is of version {present} now, and {version} was read: read it again, then retry",
            zh=f"本案现为第 {present} 版，而读取的是第 {version} 版：请重新读取后再试",
            field="version",
            version=present,
        )


def add_paper(geoname: Geoname, asked: Asked, inspection_id: str, paper: PaperGiven) -> InspectionShown:
    """Put a paper into the file; OutOfOrderError once the case is closed."""
    file = seen_case(geoname, asked.caller, inspection_id)
    who = acting(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        demand_open(before)
        _check_not_signed(before, paper.kind)
        given = paper_of(paper, before, who, happened_on(asked.on))
        after = writer.save(before, replace(before, papers=(*before.papers, given)), "paper handed in")
    return shown(after, asked.caller)


def demand_open(file: CaseFile, *stages: Stage) -> None:
    """OutOfOrderError unless the case is at one of the stages, or not closed when none is named."""
    at = file.inspection.stage
    if at in stages or (not stages and at is not Stage.CLOSED):
        return
    allowed = ", ".join(stages) if stages else "any stage before closed"
    allowed_zh = "、".join(f"“{STAGES[stage]}”" for stage in stages) if stages else "结案之前的"
    raise OutOfOrderError(
        f"the case is at {at}: this is done at {allowed}",
        zh=f"本案现处“{STAGES[at]}”：此事应在{allowed_zh}阶段办理",
        field="stage",
    )


def _check_not_signed(file: CaseFile, kind: Document) -> None:
    if kind in _SIGNED_PAPERS:
        demand_open(file, *_SIGNED_PAPERS[kind])


def _facts(file: CaseFile, who: Acting, on: date, reason: str) -> CaseFacts:
    return CaseFacts(
        who.party,
        on,
        today(),
        file.documents(),
        file.records,
        file.findings,
        file.signatures,
        {subject: file.digest(subject) for subject in (PLAN, REPORT)},
        reason,
        len(file.papers),
    )


def paper_of(
    given: PaperGiven, file: CaseFile, who: Acting, on: date, finding_id: str | None = None
) -> Paper:
    """A paper as it is put into the file; InvalidInputError without a title."""
    if not given.title.strip():
        raise InvalidInputError("a paper needs its title", zh="材料须写明标题", field="papers")
    case = file.inspection
    return Paper(
        new_id(), case.id, given.kind, given.title, on, who.side, who.actor, now(), given.number,
        given.text, given.file, finding_id, case.generated,
    )  # fmt: skip


def _items(geoname: Geoname, case: Inspection) -> tuple[FieldItem, ...]:
    """The field list of a case from the markers that are registered on its line."""
    markers = [ListedMarker(marker.number, marker.serial) for marker in geoname.store.markers(case.line_id)]
    return field_list(markers, case.stretch)
