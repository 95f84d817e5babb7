"""Divisions asked for one by one: a division, what lies in it, next to it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.changes import Extent
from geoname.core.divisions.code import parse_code, parse_scheme
from geoname.core.divisions.codebook import Found
from geoname.core.divisions.division import Division
from geoname.core.divisions.heirs import day_of
from geoname.core.validity.period import Held
from geoname.service.answers import CodeShown, DivisionRef, EditionShown
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname
from geoname.service.showing import chain_refs, code_shown, division_ref, evidence_of, written


@dataclass(frozen=True, slots=True)
class Became:
    """What a division that has ended became, wholly or in part; `division` None: gone, or not recorded."""

    division: DivisionRef | None
    extent: str
    on: str | None
    document: str | None


@dataclass(frozen=True, slots=True)
class DivisionShown:
    """A division as it was on the day asked about; `path` leads from the province to the division itself.

    `became` tells of one that has ended what took its place.
    """

    id: str
    name: str
    level: str
    kind: str
    code: str | None
    codes: tuple[CodeShown, ...]
    path: tuple[DivisionRef, ...]
    parent: DivisionRef | None
    valid_from: str | None
    valid_until: str | None
    evidence: str
    romanization: str | None
    became: tuple[Became, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A division that shares a line, the line's id, its length in metres, and whether it is derived."""

    division: DivisionRef
    line_id: str
    length_m: float
    origin: str


@dataclass(frozen=True, slots=True)
class NeighbourList:
    """The neighbours of a division by one edition's lines; `exact` when it is of the day asked about."""

    items: tuple[Neighbour, ...]
    edition: EditionShown
    exact: bool


@dataclass(frozen=True, slots=True)
class Party:
    """A division on one side of a change; `extent` says whether it was the whole of it or a part."""

    division: DivisionRef
    extent: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One event with its document, and who became whom."""

    id: str
    operation: str
    wording: str
    document: str | None
    authority: str | None
    approved_on: str | None
    effective_on: str | None
    announced_on: str | None
    known: str
    from_divisions: tuple[Party, ...]
    to_divisions: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class DivisionHistory:
    """What is known of a division's past: every code it has had, and every event that touched it.

    `below` are the events that touched what has ever lain right below it, its own left out.
    """

    division: DivisionShown
    codes: tuple[CodeShown, ...]
    events: tuple[ChangeShown, ...]
    below: tuple[ChangeShown, ...]


def show_division(
    geoname: Geoname, code: str, scheme: str | None = None, on: date | None = None
) -> DivisionShown:
    """The division that a code means on a day; NotFoundError, AmbiguousCodeError as the code book says."""
    index = geoname.live()
    found = find_division(index, code, scheme, on)
    return shown(index, found.division, on)


def neighbours(
    geoname: Geoname, code: str, scheme: str | None = None, on: date | None = None
) -> NeighbourList:
    """The divisions of the same level that share a line with one, longest line first, by the edition in use.

    `on` is the day of the code.
    """
    index = geoname.live()
    boundaries = index.boundaries
    wanted = find_division(index, code, scheme, on, field="code").division
    found = []
    for line in boundaries.lines_of(wanted.id):
        other = line.sides[1] if line.sides[0].id == wanted.id else line.sides[0]
        found.append(Neighbour(other, line.id, round(line.length_m, 1), line.origin))
    found.sort(key=lambda near: -near.length_m)
    return NeighbourList(tuple(found), boundaries.edition, boundaries.is_exact_on(on))


def division_history(
    geoname: Geoname, code: str, scheme: str | None = None, on: date | None = None
) -> DivisionHistory:
    """The codes and events of a division."""
    index = geoname.live()
    division = find_division(index, code, scheme, on).division
    codes = dict.fromkeys(code for state in index.atlas.states(division.id) for code in state.codes)
    own = [event.id for event in index.successions.events_of(division.id)]
    parts = index.atlas.children_ever(division.id)
    below = [event.id for event in index.successions.events_of_any(parts) if event.id not in own]
    return DivisionHistory(
        shown(index, division, on),
        tuple(map(code_shown, codes)),
        tuple(_change_shown(index, event_id) for event_id in own),
        tuple(_change_shown(index, event_id) for event_id in below),
    )


def find_division(
    index: LiveIndex, code: str, scheme: str | None, on: date | None, *, field: str = "code"
) -> Found:
    """From a code as a user writes it to the division it means."""
    written_code = parse_code(code, field=field)
    return index.codebook.find(written_code, parse_scheme(scheme) if scheme else None, on, field=field)


def shown(index: LiveIndex, division: Division, on: date | None) -> DivisionShown:
    """A division in the state given, with the codes that may have held on the day."""
    atlas = index.atlas
    codes = [
        code
        for code in division.codes
        if (code.period.end is None if on is None else code.period.held_on(on) is not Held.NO)
    ]
    path = chain_refs(atlas, division.id, on)
    return DivisionShown(
        division.id,
        division.name,
        division.level,
        division.kind,
        atlas.code_of(division, on),
        tuple(code_shown(code) for code in codes or division.codes),
        path,
        path[-2] if len(path) > 1 else None,
        written(division.period.start),
        written(division.period.end),
        evidence_of(division.period, on),
        index.romanization_of(division.id),
        _became(index, division.id),
    )


def _became(index: LiveIndex, id_: str) -> tuple[Became, ...]:
    if index.atlas.latest(id_).period.end is None:
        return ()
    found = []
    for edge in index.successions.successors(id_):
        event = index.successions.event(edge.event_id)
        to = None if edge.to_id is None else division_ref(index.atlas, index.atlas.latest(edge.to_id))
        found.append(Became(to, edge.extent, written(day_of(event)), event.document))
    return tuple(found)


def _change_shown(index: LiveIndex, event_id: str) -> ChangeShown:
    event = index.successions.event(event_id)
    edges = index.successions.edges_of(event_id)
    return ChangeShown(
        event.id,
        event.operation,
        event.wording,
        event.document,
        event.authority,
        written(event.approved_on),
        written(event.effective_on),
        written(event.announced_on),
        event.known,
        _parties(index, ((edge.from_id, edge.extent) for edge in edges)),
        _parties(index, ((edge.to_id, edge.extent) for edge in edges)),
    )


def _parties(index: LiveIndex, ends: Iterable[tuple[str | None, Extent]]) -> tuple[Party, ...]:
    """Each division once: whole where any of its edges is."""
    extents: dict[str, Extent] = {}
    for id_, extent in ends:
        if id_ is not None and extents.get(id_) is not Extent.WHOLE:
            extents[id_] = extent
    return tuple(
        Party(division_ref(index.atlas, index.atlas.latest(id_)), extent) for id_, extent in extents.items()
    )
