"""Carries out one change of townships (乡级区划调整): states, codes and edges before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    """A township as it shall be; its id is that of one before where it goes on, else a new one.

    `villages` are the ids of those it shall hold; None: those it holds now.
    """

    id: str
    name: str
    kind: DivisionKind
    parent_id: str
    code: str
    villages: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One change: which townships are touched, what they shall be, in which scheme, from which day on."""

    event: DivisionEvent
    on: date
    scheme: Scheme
    before: tuple[str, ...]
    after: tuple[UnitAfter, ...]


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What is to be written: states of divisions, changed and new; edges; who began, ended, moved."""

    states: tuple[Division, ...]
    edges: tuple[Succession, ...]
    began: tuple[str, ...]
    ended: tuple[str, ...]
    moved_villages: Mapping[str, str]
    """The new parent of each village that has one, by village."""


def villages_of(atlas: DivisionAtlas, id_: str) -> tuple[str, ...]:
    """The ids of the villages that a township holds today."""
    return tuple(
        child.id for child in atlas.children(id_) if child.level is Level.VILLAGE and child.period.end is None
    )


def adjust(atlas: DivisionAtlas, wanted: Adjustment) -> Adjusted:
    """Carry out a change that the rules have passed.

    InvalidInputError when the day lies before a state that it would end, or a unit is not in force.
    """
    day = PartialDate(wanted.on)
    after = {unit.id: unit for unit in wanted.after}
    held = {id_: villages_of(atlas, id_) for id_ in wanted.before}
    states: list[Division] = []
    for id_ in wanted.before:
        latest = _in_force(atlas, id_)
        if id_ not in after:
            states.append(_ended(latest, day))
        else:
            states += _altered(latest, after[id_], wanted, day)
    began = [unit for unit in wanted.after if unit.id not in held]
    states += [_new(unit, wanted, day) for unit in began]
    moved: dict[str, str] = {}
    for unit in wanted.after:
        for village in unit.villages or ():
            state = _in_force(atlas, village)
            if state.parent_id != unit.id:
                moved[village] = unit.id
                states += _under(state, unit.id, day)
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


def _new(unit: UnitAfter, wanted: Adjustment, day: PartialDate) -> Division:
    return Division(
        unit.id,
        unit.name,
        Level.TOWNSHIP,
        unit.kind,
        unit.parent_id,
        (_new_code(unit, wanted, day),),
        Period(start=day),
    )


def _new_code(unit: UnitAfter, wanted: Adjustment, day: PartialDate) -> Code:
    return Code(wanted.scheme, unit.code, wanted.on, Period(start=day))


def _altered(state: Division, unit: UnitAfter, wanted: Adjustment, day: PartialDate) -> Iterable[Division]:
    """The states of a township that goes on: one, or an ended and a new one where name or parent change."""
    same_code = any(
        code.scheme is wanted.scheme and code.code == unit.code and code.period.end is None
        for code in state.codes
    )
    codes = state.codes
    if not same_code:
        codes = tuple(
            replace(code, period=_until(state, code.period, day))
            if code.scheme is wanted.scheme and code.period.end is None
            else code
            for code in codes
        )
    if (state.name, state.kind, state.parent_id) == (unit.name, unit.kind, unit.parent_id):
        if not same_code:
            yield replace(state, codes=(*codes, _new_code(unit, wanted, day)))
        return
    yield replace(state, period=_until(state, state.period, day), codes=codes)
    kept = tuple(code for code in codes if code.period.end is None)
    yield replace(
        state,
        name=unit.name,
        kind=unit.kind,
        parent_id=unit.parent_id,
        period=Period(start=day),
        codes=kept if same_code else (*kept, _new_code(unit, wanted, day)),
    )


def _under(state: Division, parent_id: str, day: PartialDate) -> Iterable[Division]:
    """The states of a village that comes under another township."""
    yield replace(state, period=_until(state, state.period, day))
    yield replace(state, parent_id=parent_id, period=Period(start=day))


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
