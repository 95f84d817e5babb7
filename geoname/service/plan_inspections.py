"""Plans of joint inspections (联检计划): computed from the lines, adopted as cases of every year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from geoname.core.inspections.advance import CaseFacts, advance
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.plan import Assignment, InspectionPlan
from geoname.core.inspections.refusal import Refusal
from geoname.core.inspections.schedule import PlanLine, schedule
from geoname.core.inspections.stages import Document, Party, Stage, Step
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ConflictError, ForbiddenError, NotFoundError
from geoname.service.inspection_acting import refused
from geoname.service.inspection_lines import inspected_lines, touches
from geoname.service.inspection_moment import happened_on, new_id, now, today
from geoname.service.keep_tokens import demand
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class PlanList:
    """The plans that were adopted, oldest first; each with the lines that the caller's divisions touch."""

    items: tuple[InspectionPlan, ...]


def preview_plan(
    geoname: Geoname, caller: Caller, first_year: int, years: int, within: str | None = None
) -> InspectionPlan:
    """A plan that nothing is changed by, with the id `preview`; the same data give the same plan."""
    demand(caller, Role.READER)
    lines = [
        PlanLine(
            line.id, line.name, line.level, line.sides, line.length_km, line.markers, line.last_filed,
            line.last_lead,
        )
        for line in inspected_lines(geoname, within)
    ]  # fmt: skip
    if not lines:
        raise NotFoundError(
            "there are no lines to plan: load boundary lines or an edition first",
            zh="没有可编入计划的界线：请先载入界线或界线版本",
            field="within",
        )
    made = schedule(lines, first_year, years)
    plan = InspectionPlan(
        "preview", first_year, years, today(), caller.actor, made.loads, made.assignments, made.forced
    )
    return _seen(plan, caller)


def adopt_plan(
    geoname: Geoname,
    caller: Caller,
    first_year: int,
    years: int,
    within: str | None = None,
    on: date | None = None,
    *,
    generated: bool = False,
) -> InspectionPlan:
    """Keep a plan and open its cases, all in one transaction.

    ConflictError when a line has a regular case in one of the years or one at work, ForbiddenError for
    whoever acts for no side of one of its lines.
    """
    demand(caller, Role.OFFICER)
    plan = replace(preview_plan(geoname, caller, first_year, years, within), id=new_id(), generated=generated)
    strange = [one for one in plan.assignments if not any(caller.acts_for(side) for side in one.sides)]
    if strange:
        raise ForbiddenError(
            f"the token acts for no side of line {strange[0].line_id}: plan within your own division",
            zh=f"令牌不代表界线 {strange[0].line_id} 的任何一方：请只在本区划内编制计划",
            field="within",
        )
    known = geoname.store.inspections()
    regular = [case for case in known if case.kind is InspectionKind.REGULAR]
    open_ = {case.line_id: case.year for case in regular if not case.finished}
    for one in plan.assignments:
        if one.line_id in open_:
            raise ConflictError(
                f"line {one.line_id} has a regular inspection of {open_[one.line_id]} that is not closed",
                zh=f"界线 {one.line_id} 在 {open_[one.line_id]} 年的联检尚未结案",
                field="line_id",
            )
    rounds: dict[str, int] = {}
    for case in regular:
        if case.filed_on is not None:
            rounds[case.line_id] = max(rounds.get(case.line_id, 0), case.round)
    day = happened_on(on)
    with geoname.store.changing_inspections(caller.actor, f"plan {plan.id}") as writer:
        writer.add_plan(plan)
        for one in plan.assignments:
            rounds[one.line_id] = rounds.get(one.line_id, 0) + 1
            before, after = _planned(plan, one, rounds[one.line_id], caller, day)
            writer.open_case(before.inspection)
            writer.save(before, after, f"step {Step.PLAN}")
    return plan


def list_plans(geoname: Geoname, caller: Caller) -> PlanList:
    """The plans that were adopted; a county sees its own lines in them."""
    demand(caller, Role.READER)
    return PlanList(tuple(_seen(plan, caller) for plan in geoname.store.inspection_plans()))


def _seen(plan: InspectionPlan, caller: Caller) -> InspectionPlan:
    if caller.role is Role.ADMINISTRATOR and not caller.divisions:
        return plan
    own = tuple(one for one in plan.assignments if any(touches(one.sides, code) for code in caller.divisions))
    ids = {one.line_id for one in own}
    return replace(plan, assignments=own, forced=tuple(id_ for id_ in plan.forced if id_ in ids))


def _planned(
    plan: InspectionPlan, one: Assignment, round_: int, caller: Caller, day: date
) -> tuple[CaseFile, CaseFile]:
    """A case that is due, and the same with the plan as its paper, one step on."""
    case = Inspection(
        new_id(), one.line_id, one.line_name, InspectionKind.REGULAR, round_, one.year, one.sides, one.lead,
        Stage.DUE, day, generated=plan.generated,
    )  # fmt: skip
    title = f"{plan.first_year}—{plan.first_year + plan.years - 1} 联检计划"
    paper = Paper(
        new_id(), case.id, Document.ANNUAL_PLAN, title, day, "", caller.actor, now(), plan.id,
        generated=plan.generated,
    )  # fmt: skip
    facts = CaseFacts(Party.ORGAN, day, max(day, today()), frozenset({Document.ANNUAL_PLAN}))
    moved = advance(case, Step.PLAN, facts)
    if isinstance(moved, Refusal):
        raise refused(moved, "step")
    return CaseFile(case), CaseFile(moved, papers=(paper,))
