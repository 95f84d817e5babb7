"""What is due, late or about to be (期限), over all that the register keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from geoname.core.register.token import Caller
from geoname.service.browse_divisions import find_division
from geoname.service.live_index import LiveIndex
from geoname.service.name_procedures import name_deadlines
from geoname.service.name_procedures_answers import DeadlineShown
from geoname.service.name_procedures_office import today_here
from geoname.service.opened import Geoname

DeadlineSource = Callable[[Geoname, LiveIndex, Caller, date], Iterable[DeadlineShown]]
SOURCES: tuple[DeadlineSource, ...] = (name_deadlines,)
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
        found = [one for one in found if one.code is not None and one.code.startswith(own)]
    if subjects:
        found = [one for one in found if one.subject in subjects]
    counts = {state: sum(one.state == state for one in found) for state in ("late", "soon", "open")}
    shown = [one for one in found if not states or one.state in states]
    shown.sort(key=lambda one: (one.due_on, one.subject, one.id, one.kind))
    return DeadlineList(day.isoformat(), tuple(shown), counts)
