"""Moves that read no name, for one text (单条跳级); see `geoname.core.matching.moves`."""

from __future__ import annotations

from geoname.core.matching.alone.columns_in_view import EntriesInView
from geoname.core.matching.alone.hits import State
from geoname.core.matching.moves import ENDS, LONGEST, ONCE, SOUND, TOWNSHIP
from geoname.core.matching.states import Seen
from geoname.core.matching.thresholds import Thresholds

_ENDS = frozenset(ENDS.tolist())


def moved(
    entries: EntriesInView,
    costs: Thresholds,
    symbols: list[int],
    states: list[State],
    sure: list[bool],
    offset: int,
) -> list[State]:
    """The states after a move, one a reading; from `sure` ones a name can be read on without fault."""
    end = len(symbols)
    able = [
        number
        for number, state in enumerate(states)
        if state.entry >= 0
        and state.at < end
        and state.high > state.low
        and not state.ever & ONCE
        and state.depth <= TOWNSHIP
        and state.cost <= SOUND
        and state.ending >= 0
    ]
    made = []
    for depth in range(TOWNSHIP):
        for number in able:
            state = states[number]
            top = entries.at_depth(state.entry, depth)
            if top >= 0 and state.depth > depth:
                away = max(min(state.depth, TOWNSHIP) - depth - 1, 0)
                cost = costs.wrong_parent + away * costs.farther
                low, high = entries.low[top], entries.high[top]
                made.append(_made(state, number + offset, state.at, low, high, cost, Seen.WRONG_PARENT))
    for length in range(2, LONGEST + 1):
        for number in able:
            state = states[number]
            at = state.at + length
            if not sure[number] and at < end and symbols[at - 1] in _ENDS:
                made.append(
                    _made(state, number + offset, at, state.low, state.high, costs.surplus, Seen.SURPLUS)
                )
    return made


def _made(state: State, before: int, at: int, low: int, high: int, cost: int, seen: Seen) -> State:
    flag = int(seen | Seen.MOVE | Seen.SCOPE_ONLY)
    return State(
        at, low, high, state.depth, state.cost + cost, state.entry, before, state.at, 0, -1, 0, flag,
        state.ever | flag & ~int(Seen.SCOPE_ONLY),
    )  # fmt: skip
