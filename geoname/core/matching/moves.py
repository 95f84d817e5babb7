"""Moves that read no name (跳级): a parent that does not fit is given up, an unknown one passed over."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.entries import Entries
from geoname.core.matching.hashing import Places
from geoname.core.matching.ranges import joined
from geoname.core.matching.states import Seen, States, together
from geoname.core.matching.texts import Texts
from geoname.core.matching.thresholds import Thresholds

ENDS = np.array([ord(char) for char in "省市州县区镇乡道处村"], dtype=np.uint32)
LONGEST = 12
SOUND = 6
"""What was read up to a move must have been read nearly without fault."""
COUNTY, TOWNSHIP = 2, 3
ONCE = int(Seen.WRONG_PARENT | Seen.SURPLUS)


class Knows(Protocol):
    """What moving needs of the reader."""

    @property
    def entries(self) -> Entries:
        """The names."""
        ...

    @property
    def costs(self) -> Thresholds:
        """The costs."""
        ...


def moved(
    reader: Knows, texts: Texts, states: States, ends: Places, sure: NDArray[np.bool_], offset: int
) -> States:
    """The states after a move, one a reading; from `sure` ones a name can be read on without fault."""
    able = (states.entry >= 0) & (states.at < ends) & (states.ever & ONCE == 0)
    able &= (states.depth <= TOWNSHIP) & (states.cost <= SOUND) & (states.ending >= 0)
    index = np.flatnonzero(able)
    return together(
        [
            _elsewhere(reader, states, index, offset),
            _passed_over(reader, texts, states, ends, index[~sure[index]], offset),
        ]
    )


def _elsewhere(reader: Knows, states: States, index: Places, offset: int) -> States:
    """The name read last is given up as a parent: what follows is looked for in all that holds it."""
    made = []
    for depth in range(TOWNSHIP):
        top = reader.entries.at_depth(states.entry[index], depth)
        fits = (top >= 0) & (states.depth[index] > depth)
        some, top = index[fits], top[fits]
        away = np.maximum(np.minimum(states.depth[some], TOWNSHIP) - depth - 1, 0)
        made.append(
            _made(
                states,
                some,
                states.at[some],
                reader.entries.low[top].astype(np.int64),
                reader.entries.high[top].astype(np.int64),
                reader.costs.wrong_parent + away * reader.costs.farther,
                Seen.WRONG_PARENT,
                offset,
            )
        )
    return together(made)


def _passed_over(
    reader: Knows, texts: Texts, states: States, ends: Places, index: Places, offset: int
) -> States:
    """What follows ends like a division's name and is none within: it is passed over."""
    chosen, ats = [], []
    for length in range(2, LONGEST + 1):
        some = index[states.at[index] + length < ends[index]]
        last = texts.symbols[states.at[some] + length - 1]
        some = some[np.isin(last, ENDS)]
        chosen.append(some)
        ats.append(states.at[some] + length)
    index = joined(chosen)
    return _made(
        states,
        index,
        joined(ats),
        states.low[index],
        states.high[index],
        reader.costs.surplus,
        Seen.SURPLUS,
        offset,
    )


def _made(
    states: States,
    index: Places,
    at: Places,
    low: Places,
    high: Places,
    cost: int | Places,
    seen: Seen,
    offset: int,
) -> States:
    zero = np.zeros(len(index), dtype=np.int64)
    flag = np.full(len(index), int(seen | Seen.MOVE | Seen.SCOPE_ONLY), dtype=np.int64)
    return States(
        states.row[index], at, low, high, states.depth[index], states.cost[index] + cost,
        states.entry[index], index + offset, states.at[index], zero, zero - 1, zero, flag,
        states.ever[index] | flag & ~int(Seen.SCOPE_ONLY),
    )  # fmt: skip
