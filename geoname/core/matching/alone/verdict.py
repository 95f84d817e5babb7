"""The verdict on one text that is read to the letter (单条裁定): most texts need nothing else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from geoname.core.matching.alone.columns_in_view import EntriesInView
from geoname.core.matching.alone.endings import KnownEndings
from geoname.core.matching.alone.hits import State
from geoname.core.matching.choosing import FAR
from geoname.core.matching.confidence import of_cost
from geoname.core.matching.entries import FORMER, STANDARD, Entries
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.safety import TOWNSHIP
from geoname.core.matching.segment import Segment
from geoname.core.matching.states import FAULTS, Seen
from geoname.core.matching.thresholds import Thresholds

_READ = int(Seen.SCOPE_ONLY | Seen.MOVE)


class PlainVerdict(NamedTuple):
    """A safe answer: its entry, how sure, the names that were read, and whether any was not in full."""

    entry: int
    confidence: float
    second_confidence: float
    segments: tuple[Segment, ...]
    is_faulty: bool


def plain_verdict(
    columns: Entries,
    entries: EntriesInView,
    endings: KnownEndings,
    costs: Thresholds,
    states: list[State],
    end: int,
) -> PlainVerdict | None:
    """The one safe answer of a text read to the letter, without hints, up to its end.

    None where there is none, or where it takes more to tell; what is chosen is what `choose` chooses.
    """
    whole = [state for state in states if state.at == end and state.entry >= 0 and not state.seen & _READ]
    if not whole:
        return None
    targets = [
        state.entry if entries.kind[state.entry] == STANDARD else _target(columns, state.entry)
        for state in whole
    ]
    cost, target = min((state.cost, target) for state, target in zip(whole, targets, strict=True))
    best = next(
        state for state, meant in zip(whole, targets, strict=True) if (state.cost, meant) == (cost, target)
    )
    others = [state.cost for state, meant in zip(whole, targets, strict=True) if meant != target]
    second = min(others, default=FAR)
    if target < 0 or second - cost < costs.sure_margin or cost > costs.accept:
        return None
    chain = _chain(states, best)
    if len(chain) == 1 and not _may_stand_alone(entries, best):
        return None
    sure, other = of_cost(np.array([cost]), np.array([second]))
    segments = tuple(
        Segment(one.entry, one.begin, one.stem, one.ending, one.ending_length, one.seen) for one in chain
    )
    return PlainVerdict(
        target,
        round(float(sure[0]), 3),
        round(float(other[0]), 3),
        segments,
        any(_is_faulty(entries, endings, one) for one in chain),
    )


def _target(columns: Entries, entry: int) -> int:
    return int(columns.targets(np.array([entry], dtype=np.int64))[0])


def _chain(states: list[State], last: State) -> list[State]:
    """The names that were read, in order."""
    chain = []
    while last.before >= 0:
        chain.append(last)
        last = states[last.before]
    return chain[::-1]


def _may_stand_alone(entries: EntriesInView, one: State) -> bool:
    """As `is_safe` has it for a single name with no hint."""
    former = entries.kind[one.entry] == FORMER
    if entries.depth[one.entry] >= TOWNSHIP and one.cost > former:
        return False
    return one.ever & FAULTS == 0 or one.ending >= 0


def _is_faulty(entries: EntriesInView, endings: KnownEndings, one: State) -> bool:
    agreed = endings.agreement(entries.ending[one.entry], one.ending)
    return entries.kind[one.entry] != STANDARD or agreed != Agreement.EXACT or one.seen != 0
