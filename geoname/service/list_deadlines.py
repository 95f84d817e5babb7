"""What is due, late or about to be (期限), over all that the register keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from geoname.core.inspections.deadlines import Urgency
from geoname.core.law.citation import Known
from geoname.core.register.token import Caller
from geoname.service.browse_divisions import find_division
from geoname.service.change_divisions_deadlines import change_deadlines
from geoname.service.inspection_deadlines import list_deadlines as inspection_deadlines
from geoname.service.live_index import LiveIndex
from geoname.service.name_procedures import name_deadlines
from geoname.service.name_procedures_answers import DeadlineShown
from geoname.service.name_procedures_office import today_here
from geoname.service.opened import Geoname
from geoname.service.rule_answers import CitationShown, TextShown

_STATES = {Urgency.LATE: "late", Urgency.SOON: "soon", Urgency.LATER: "open"}


def line_deadlines(geoname: Geoname, index: LiveIndex, caller: Caller, day: date) -> Iterator[DeadlineShown]:
    """What is due for lines and their joint inspections, as the caller may see them."""
    for one in inspection_deadlines(geoname, caller, on=day).items:
        id_ = one.inspection_id or one.line_id or ""
        yield DeadlineShown(
            "inspection" if one.inspection_id else "line",
            id_,
            one.line_name,
            one.sides,
            one.term,
            TextShown(one.zh, one.en),
            _STATES[one.urgency],
            None,
            one.day.isoformat(),
            (one.day - day).days,
            None,
            () if one.known is Known.MEMORY else (CitationShown(one.origin, one.known, None, None),),
        )


DeadlineSource = Callable[[Geoname, LiveIndex, Caller, date], Iterable[DeadlineShown]]
SOURCES: tuple[DeadlineSource, ...] = (name_deadlines, line_deadlines, change_deadlines)
"""Each gives the deadlines of one subject, as its caller may see them."""


@dataclass(frozen=True, slots=True)
class DeadlineList:
    """Deadlines as they stand on the day `on`, the first to run out first; counts by state are of all."""

    on: str
    items: tuple[DeadlineShown, ...]
    counts: dict[str, int]


def list_deadlines(
    geoname: Geoname,
    caller: Caller,
    *,
    within: str | None = None,
    scheme: str | None = None,
    states: tuple[str, ...] = (),
    subjects: tuple[str, ...] = (),
    on: date | None = None,
) -> DeadlineList:
    """What is due within a division; NotFoundError, AmbiguousCodeError as the code book says."""
    index, day = geoname.live(), on or today_here()
    found = [one for source in SOURCES for one in source(geoname, index, caller, day)]
    if within:
        division = find_division(index, within, scheme, None, field="within").division
        own = tuple(code.code for state in index.atlas.states(division.id) for code in state.codes)
        found = [one for one in found if any(code.startswith(own) for code in one.codes)]
    if subjects:
        found = [one for one in found if one.subject in subjects]
    counts = {state: sum(one.state == state for one in found) for state in ("late", "soon", "open")}
    shown = [one for one in found if not states or one.state in states]
    shown.sort(key=lambda one: (one.due_on, one.subject, one.id, one.kind))
    return DeadlineList(day.isoformat(), tuple(shown), counts)
