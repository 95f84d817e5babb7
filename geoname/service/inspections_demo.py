"""A demonstration round of joint inspections (联检演示) on the real lines, everything in it generated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from geoname.core.inspections.field_list import ListedMarker
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.stages import Stage
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ConflictError
from geoname.service.inspection_lines import inspected_lines
from geoname.service.inspection_moment import today
from geoname.service.inspections_demo_case import DemoCase
from geoname.service.inspections_demo_markers import demo_markers, demo_source
from geoname.service.keep_tokens import demand
from geoname.service.line_register import LineRegister
from geoname.service.opened import Geoname
from geoname.service.plan_inspections import adopt_plan

Progress = Callable[[str, int, int], None]
ROUND = 5
YEARS_BACK = 2
"""The round began two years ago, so that lines in every state can be seen."""
_THIS_YEAR = (
    Stage.CLOSED, Stage.PLAN_FILED, Stage.FIELD, Stage.REPORT_DRAFT, Stage.PLANNED, Stage.FINDINGS,
    Stage.SIGNED, Stage.FILED, Stage.DESK, Stage.PLAN_DRAFTED,
)  # fmt: skip
_LATE_EACH = 15
"""One in so many of last year's lines was not done, and shows as overdue."""


@dataclass(frozen=True)
class DemoMade:
    """What was generated."""

    plan_id: str
    provincial: int
    county: int
    markers: int
    closed: int
    at_work: int
    records: int
    findings: int
    signatures: int
    generated: bool = True


@dataclass(frozen=True)
class DemoRemoved:
    """How many generated cases, plans, peace records and markers were removed."""

    removed: int


def run_demo(
    geoname: Geoname, caller: Caller, progress: Progress | None = None, on: date | None = None
) -> DemoMade:
    """Generate markers where none are registered, plan five years, and take the cases on.

    ConflictError when there are inspections already: a demonstration does not mix with real ones.
    """
    demand(caller, Role.ADMINISTRATOR)
    if geoname.store.inspections():
        raise ConflictError(
            "there are inspections already: run the demonstration in a database of its own, or remove an "
            "earlier one with `geoname inspections demo --remove`",
            zh="已有联检案件：请在单独的数据库中演示，或先运行 `geoname inspections demo --remove`",
        )
    day = on or today()
    _mark_lines(geoname, caller)
    first = date(day.year - YEARS_BACK, 1, 5)
    plan = adopt_plan(geoname, caller, first.year, ROUND, on=first, generated=True)
    markers: dict[str, list[ListedMarker]] = defaultdict(list)
    for marker in geoname.store.markers():
        markers[marker.line_id].append(ListedMarker(marker.number, marker.serial))
    cases = geoname.store.inspections()
    tally: Counter[str] = Counter()
    for place, case in enumerate(cases):
        if progress is not None:
            progress("inspections", place, len(cases))
        tally += _run(geoname, caller, case, tuple(markers[case.line_id]), _goal(case, place, day), day)
    levels = Counter(line.level for line in inspected_lines(geoname))
    return DemoMade(
        plan.id, levels["province"], levels["county"],
        sum(marker.generated for marker in geoname.store.markers()),
        tally["closed"], tally["at_work"], tally["records"], tally["findings"], tally["signatures"],
    )  # fmt: skip


def remove_demo(geoname: Geoname, caller: Caller) -> DemoRemoved:
    """Remove everything generated; what is real stays, and the audit chains tell what was."""
    demand(caller, Role.ADMINISTRATOR)
    with geoname.store.changing_inspections(caller.actor, "demonstration removed") as writer:
        return DemoRemoved(writer.remove_generated())


def _mark_lines(geoname: Geoname, caller: Caller) -> None:
    marked = {marker.line_id for marker in geoname.store.markers()}
    wanted = {line.id for line in inspected_lines(geoname)} - marked
    entries = [entry for entry in LineRegister(geoname) if entry.id in wanted]
    geoname.store.put_markers(list(demo_markers(entries)), demo_source(), caller.actor, "demonstration")


def _goal(case: Inspection, place: int, day: date) -> Stage:
    """How far a case is taken: past years closed, the present one in every stage, later ones planned."""
    if case.year > day.year:
        return Stage.PLANNED
    if case.year == day.year:
        return _THIS_YEAR[place % len(_THIS_YEAR)]
    return Stage.PLANNED if case.year == day.year - 1 and place % _LATE_EACH == 0 else Stage.CLOSED


def _run(
    geoname: Geoname,
    caller: Caller,
    case: Inspection,
    markers: tuple[ListedMarker, ...],
    goal: Stage,
    day: date,
) -> Counter[str]:
    if goal is Stage.PLANNED:
        return Counter()
    with geoname.store.changing_inspections(caller.actor, "demonstration") as writer:
        file = writer.case(case.id)
        file = DemoCase(markers, writer.save, day).run(file, goal)
    done = file.inspection.finished
    return Counter(
        closed=int(done), at_work=int(not done), records=len(file.records), findings=len(file.findings),
        signatures=len(file.signatures),
    )  # fmt: skip
