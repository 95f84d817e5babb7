"""What became of a division between two days (沿革推演): its heirs, by which events, whole or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.changes import DivisionEvent, Extent, Succession
from geoname.core.divisions.successions import Successions
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Held


@dataclass(frozen=True, slots=True)
class Passed:
    """One edge that was gone along; `certain`: its date is known to lie between the two days."""

    event: DivisionEvent
    from_id: str
    to_id: str | None
    extent: Extent
    certain: bool


@dataclass(frozen=True, slots=True)
class Heir:
    """A division that holds something of the one asked about on the later day."""

    id: str
    extent: Extent
    certain: bool


@dataclass(frozen=True, slots=True)
class Inheritance:
    """The heirs, the division itself among them where it goes on, and the edges that lead to them.

    `ended`: something of it went where no record leads on.
    """

    heirs: tuple[Heir, ...]
    passed: tuple[Passed, ...]
    ended: bool


def day_of(event: DivisionEvent) -> PartialDate | None:
    """When an event took effect, as far as it is known."""
    return event.effective_on or event.approved_on or event.announced_on


def heirs_between(
    atlas: DivisionAtlas, successions: Successions, id_: str, first: date, last: date
) -> Inheritance:
    """Follow the edges of events after the first day and until the last, backwards when the last is earlier.

    An event of which only the year is known counts when it may lie between, and is then not certain.
    """
    forward = last >= first
    between = (first, last) if forward else (last, first)
    found: dict[str, Heir] = {}
    passed: list[Passed] = []
    ended = False
    todo = [(id_, Extent.WHOLE, True, between[0] if forward else between[1])]
    seen: set[tuple[str, date]] = set()
    while todo:
        at, extent, certain, since = todo.pop(0)
        if (at, since) in seen:
            continue
        seen.add((at, since))
        window = (since, between[1]) if forward else (between[0], since)
        steps = list(_steps(successions, at, window, forward=forward))
        _, held = atlas.state_on(at, last)
        left = any(step.to_id != at and step.extent is Extent.WHOLE for step, _ in steps)
        # Where only the year of the change is known and the day lies in it, the successor is taken.
        goes_on = held in (Held.YES, Held.UNKNOWN_BEFORE) or (held is Held.UNCERTAIN and not left)
        if goes_on:
            part = any(step.to_id != at and step.extent is Extent.PART for step, _ in steps)
            sure = certain and held is not Held.UNCERTAIN and all(step.certain for step, _ in steps)
            _note(found, Heir(at, Extent.PART if part else extent, sure))
        for step, when in steps:
            passed.append(step)
            if step.to_id is None:
                ended = True
            elif step.to_id != at:
                both = Extent.WHOLE if extent is step.extent is Extent.WHOLE else Extent.PART
                todo.append((step.to_id, both, certain and step.certain, when))
        ended = ended or (not steps and not goes_on)
    return Inheritance(tuple(found.values()), tuple(dict.fromkeys(passed)), ended)


def _steps(
    successions: Successions, id_: str, window: tuple[date, date], *, forward: bool
) -> Iterable[tuple[Passed, date]]:
    """The edges from a division that lie in the window, with the day from which to go on."""
    edges = successions.successors(id_) if forward else successions.predecessors(id_)
    gathered: dict[str, list[Succession]] = defaultdict(list)
    for edge in edges:
        gathered[edge.event_id].append(edge)
    for event_id, of_event in gathered.items():
        event = successions.event(event_id)
        day = day_of(event)
        if day is None or day.last <= window[0] or day.first > window[1]:
            continue
        certain = day.first > window[0] and day.last <= window[1]
        for edge in of_event:
            ends = (id_, edge.to_id) if forward else (id_, edge.from_id)
            yield Passed(event, ends[0], ends[1], edge.extent, certain), max(day.first, window[0])


def _note(found: dict[str, Heir], heir: Heir) -> None:
    before = found.get(heir.id)
    if before is None or (before.extent is Extent.PART and heir.extent is Extent.WHOLE):
        found[heir.id] = heir
