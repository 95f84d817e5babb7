"""Carries out one change of townships or counties (区划调整): states, codes and edges before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.changes import DivisionEvent, Extent, Operation, Succession
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class UnitAfter:
    """A division as it shall be; its id is that of one before where it goes on, else a new one.

    `villages` are the ids of what it shall hold, of a county its townships; None: what it holds now.
    """

    id: str
    name: str
    kind: DivisionKind
    parent_id: str
    code: str
    villages: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One change: which divisions are touched, what they shall be, in which scheme, from which day on.

    `level` is that of the divisions. `recoded` are further codes that are given, by division: a county's in
    the other schemes, and those of what lies below it.
    """

    event: DivisionEvent
    on: date
    scheme: Scheme
    before: tuple[str, ...]
    after: tuple[UnitAfter, ...]
    level: Level = Level.TOWNSHIP
    recoded: Mapping[str, Mapping[Scheme, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What is to be written: states of divisions, changed and new; edges; who began, ended, moved."""

    states: tuple[Division, ...]
    edges: tuple[Succession, ...]
    began: tuple[str, ...]
    ended: tuple[str, ...]
    moved_villages: Mapping[str, str]
    """The new parent of each village that has one, by village; of each township where counties change."""


def parts_of(atlas: DivisionAtlas, id_: str) -> tuple[str, ...]:
    """The ids of the divisions right below one today: of a township its villages."""
    return tuple(child.id for child in atlas.children(id_) if child.period.end is None)


def adjust(atlas: DivisionAtlas, wanted: Adjustment) -> Adjusted:
    """Carry out a change that the rules have passed.

    InvalidInputError when the day lies before a state that it would end, or a unit is not in force.
    """
    day = PartialDate(wanted.on)
    after = {unit.id: unit for unit in wanted.after}
    held = {id_: parts_of(atlas, id_) for id_ in wanted.before}
    states: list[Division] = []
    for id_ in wanted.before:
        latest = _in_force(atlas, id_)
        if id_ not in after:
            states.append(_ended(latest, day))
        else:
            states += _altered(latest, after[id_], _given(after[id_], wanted), wanted.on)
    began = [unit for unit in wanted.after if unit.id not in held]
    states += [_new(unit, wanted, day) for unit in began]
    moved: dict[str, str] = {}
    for unit in wanted.after:
        for village in unit.villages or ():
            state = _in_force(atlas, village)
            if state.parent_id != unit.id:
                moved[village] = unit.id
                states += _under(state, unit.id, wanted.recoded.get(village, {}), wanted.on)
    touched = {*wanted.before, *after, *moved}
    for id_, given in wanted.recoded.items():
        if id_ not in touched:
            states += _altered(_in_force(atlas, id_), None, given, wanted.on)
    ended = tuple(id_ for id_ in wanted.before if id_ not in after)
    edges = tuple(_edges(wanted, held, after))
    return Adjusted(tuple(states), edges, tuple(unit.id for unit in began), ended, moved)


def _in_force(atlas: DivisionAtlas, id_: str) -> Division:
    latest = atlas.latest(id_)
    if latest.period.end is not None:
        raise InvalidInputError(
            f"{latest.name} ended on {latest.period.end}: it cannot be changed any more",
            zh=f"“{latest.name}”已于 {latest.period.end} 终止，不能再变更",
            field="from",
        )
    return latest


def _ended(state: Division, day: PartialDate) -> Division:
    return replace(
        state,
        period=_until(state, state.period, day),
        codes=tuple(
            code if code.period.end is not None else replace(code, period=_until(state, code.period, day))
            for code in state.codes
        ),
    )


def _until(state: Division, period: Period, day: PartialDate) -> Period:
    """The period cut off at a day; InvalidInputError when it is known to begin on that day or later."""
    if period.start is not None and period.start.first >= day.first:
        raise InvalidInputError(
            f"{state.name} is as it is since {period.start}: the change must take effect later than that",
            zh=f"“{state.name}”自 {period.start} 起才是现状：变更的生效日期须在其后",
            field="effective_on",
        )
    known_on = period.known_on if period.known_on is not None and period.known_on < day.first else None
    return Period(period.start, day, known_on)


def _given(unit: UnitAfter, wanted: Adjustment) -> dict[Scheme, str]:
    """The codes of a division after, by scheme."""
    return {**wanted.recoded.get(unit.id, {}), wanted.scheme: unit.code}


def _new(unit: UnitAfter, wanted: Adjustment, day: PartialDate) -> Division:
    codes = tuple(
        Code(scheme, code, wanted.on, Period(start=day)) for scheme, code in _given(unit, wanted).items()
    )
    return Division(unit.id, unit.name, wanted.level, unit.kind, unit.parent_id, codes, Period(start=day))


def _recoded(state: Division, given: Mapping[Scheme, str], on: date) -> tuple[list[Code], list[Code]]:
    """The codes of a division, those ended that others replace; and the new ones."""
    day = PartialDate(on)
    codes = []
    kept = set()
    for code in state.codes:
        if code.period.end is None and code.scheme in given:
            if code.code == given[code.scheme]:
                kept.add(code.scheme)
            else:
                code = replace(code, period=_until(state, code.period, day))
        codes.append(code)
    new = [Code(scheme, code, on, Period(start=day)) for scheme, code in given.items() if scheme not in kept]
    return codes, new


def _altered(
    state: Division, unit: UnitAfter | None, given: Mapping[Scheme, str], on: date
) -> Iterable[Division]:
    """The states of a division that goes on: one, or an ended and a new one where name or parent change.

    `unit` None: nothing but its codes changes.
    """
    codes, new = _recoded(state, given, on)
    if unit is None or (state.name, state.kind, state.parent_id) == (unit.name, unit.kind, unit.parent_id):
        if new:
            yield replace(state, codes=(*codes, *new))
        return
    day = PartialDate(on)
    yield replace(state, period=_until(state, state.period, day), codes=tuple(codes))
    yield replace(
        state,
        name=unit.name,
        kind=unit.kind,
        parent_id=unit.parent_id,
        period=Period(start=day),
        codes=(*(code for code in codes if code.period.end is None), *new),
    )


def _under(state: Division, parent_id: str, given: Mapping[Scheme, str], on: date) -> Iterable[Division]:
    """The states of a division that comes under another one, with the codes that it gets there."""
    codes, new = _recoded(state, given, on)
    day = PartialDate(on)
    yield replace(state, period=_until(state, state.period, day), codes=tuple(codes))
    stay = codes if not given else [code for code in codes if code.period.end is None]
    yield replace(state, parent_id=parent_id, period=Period(start=day), codes=(*stay, *new))


def _edges(
    wanted: Adjustment, held: Mapping[str, Sequence[str]], after: Mapping[str, UnitAfter]
) -> Iterable[Succession]:
    event_id = wanted.event.id
    given: set[str] = set()
    for id_ in wanted.before:
        receivers = _receivers(wanted, id_, set(held[id_]))
        given.update(receivers)
        if id_ in after:
            # It goes on; what it gave away went in part.
            if not receivers:
                yield Succession(event_id, id_, id_, Extent.WHOLE)
            for other in receivers:
                yield Succession(event_id, id_, other, Extent.PART)
        elif not receivers:
            yield Succession(event_id, id_, None, Extent.WHOLE)
        else:
            extent = Extent.WHOLE if len(receivers) == 1 else Extent.PART
            for other in receivers:
                yield Succession(event_id, id_, other, extent)
    for unit in wanted.after:
        if unit.id not in held and unit.id not in given:
            yield Succession(event_id, None, unit.id, Extent.WHOLE)


def _receivers(wanted: Adjustment, id_: str, villages: set[str]) -> list[str]:
    """Who takes over from a township: by its villages, or, where none are known, all that are named."""
    others = [unit for unit in wanted.after if unit.id != id_]
    if villages and any(unit.villages is not None for unit in wanted.after):
        return [unit.id for unit in others if villages & set(unit.villages or ())]
    goes_on = any(unit.id == id_ for unit in wanted.after)
    if goes_on or wanted.event.operation is Operation.ESTABLISH:
        return []
    return [unit.id for unit in others]
