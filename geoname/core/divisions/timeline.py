"""From the changes of one division to its states (时序): when it bore which name, code and parent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geoname.core.divisions.change_rows import Unit
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.code_merging import is_newer, merged_codes, other_code
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a division at a time: None before: it began; None after: it ended.

    `listed_in` is the year of the list that shows it.
    """

    on: PartialDate
    before: Unit | None
    after: Unit | None
    listed_in: int


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a division bore one name and one code of the table's scheme."""

    unit: Unit
    start: PartialDate | None
    end: PartialDate | None
    listed_on: date


@dataclass(frozen=True, slots=True)
class Held:
    """A division above for a time, until it ended itself; `since` is given where it began after the day."""

    parent_id: str
    until: PartialDate | None
    since: date | None = None


Parents = Callable[[Unit, date], Sequence[Held]]
"""The divisions above a unit from a day on, one after the other."""


def spells_of(turns: Sequence[Turn]) -> Iterator[Spell]:
    """The times between the turns, which come oldest first."""
    first = turns[0]
    if first.before is not None:
        yield Spell(first.before, None, first.on, date(first.on.first.year - 1, 12, 31))
    for turn, following in zip(turns, (*turns[1:], None), strict=True):
        if turn.after is not None:
            end = None if following is None else following.on
            yield Spell(turn.after, turn.on, end, date(turn.listed_in, 12, 31))


def states_of(
    id_: str,
    turns: Sequence[Turn],
    scheme: Scheme,
    parents: Parents,
    kind_of_name: Callable[[str], DivisionKind],
    present: Division | None,
) -> tuple[Division, ...]:
    """The states of a township, oldest first; the last is the present one of the register, if there is one.

    Neighbouring states of one name and parent are one state with several codes.
    """
    states: list[Division] = []
    for spell in spells_of(turns):
        for state in _under_parents(id_, spell, scheme, parents, kind_of_name):
            if states and _alike(states[-1], state):
                states[-1] = _joined(states[-1], state)
            else:
                states.append(state)
    if present is None:
        return tuple(states)
    last = states[-1]
    if last.period.end is not None:
        return (*states, present)
    period = present.period if _is_finer(present.period.start, last.period.start) else last.period
    current = [code for code in last.codes if not _is_superseded(code, present)]
    codes = merged_codes(present.codes, current)
    return (*states[:-1], replace(present, period=period, codes=codes))


def _under_parents(
    id_: str, spell: Spell, scheme: Scheme, parents: Parents, kind_of_name: Callable[[str], DivisionKind]
) -> Iterator[Division]:
    start = spell.start
    code: str | None = spell.unit.code
    known_on = spell.end.first - timedelta(days=1) if start is None and spell.end is not None else None
    day = start.last if start is not None else known_on or spell.listed_on
    for held in parents(spell.unit, day):
        end = _sooner(held.until, spell.end)
        known_on = held.since if known_on is not None and held.since is not None else known_on
        period = Period(start, end, known_on if start is None else None)
        codes = () if code is None else (Code(scheme, code, spell.listed_on, period),)
        yield Division(
            id_,
            spell.unit.name,
            Level.TOWNSHIP,
            kind_of_name(spell.unit.name),
            held.parent_id,
            codes,
            period,
        )
        if end is None or end == spell.end:
            return
        # The next one above has another code, and gives others to what lies in it.
        start, code = end, None


def _is_superseded(code: Code, present: Division) -> bool:
    """Whether a later list gives another code, so that this one has ended, though nobody tells when."""
    other = other_code(present.codes, code) if code.period.end is None else None
    return other is not None and is_newer(other, code)


def _sooner(one: PartialDate | None, other: PartialDate | None) -> PartialDate | None:
    ends = [each for each in (one, other) if each is not None]
    return min(ends, default=None)


def _alike(one: Division, other: Division) -> bool:
    return (one.name, one.parent_id, one.kind) == (other.name, other.parent_id, other.kind)


def _joined(one: Division, other: Division) -> Division:
    period = replace(one.period, end=other.period.end)
    codes = [*one.codes, *other.codes]
    if len(codes) == 2 and codes[0].code == codes[1].code:
        codes = [replace(codes[1], period=replace(codes[0].period, end=codes[1].period.end))]
    return replace(one, period=period, codes=tuple(codes))


def _is_finer(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether the first is the same time more exactly, or the other is not known."""
    if one is None or other is None:
        return one is not None
    return other.first <= one.first and one.last <= other.last
