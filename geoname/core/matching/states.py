"""Readings of texts on their way (解析状态): how far each has come, within what, at what cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.hashing import Places
from geoname.core.matching.ranges import rank_in_group


class Seen(IntFlag):
    """What a step from one state to the next saw through."""

    HEARD = 1
    SLIP = 2
    ENDING_HEARD = 4
    ENDING_SLIP = 8
    WRONG_PARENT = 16
    SURPLUS = 32
    SCOPE_ONLY = 64
    """The same step into another heir's territory: it goes on, and is no answer by itself."""
    LETTERS = 128
    NEARLY = 512
    """Heard alike in local speech only: n and l, in and ing."""
    MOVE = 256
    """No name was read: the text was skipped or the parent given up."""


FAULTS = int(Seen.HEARD | Seen.SLIP | Seen.ENDING_HEARD | Seen.ENDING_SLIP)


@dataclass(frozen=True, slots=True)
class States:
    """Columns of equal length: one row for each state.

    `row` is the text, `at` where reading goes on, `low` and `high` the entries within which, `depth` that of
    the name read last (-1 none), `entry` that name (-1 none), `before` the state it came from. The name
    stands from `begin` over `stem` symbols, its ending `ending` (-1 none) over `ending_length` more.
    `seen` is of this step, `ever` of all up to it.
    """

    row: Places
    at: Places
    low: Places
    high: Places
    depth: Places
    cost: Places
    entry: Places
    before: Places
    begin: Places
    stem: Places
    ending: Places
    ending_length: Places
    seen: Places
    ever: Places

    def __len__(self) -> int:
        """How many states."""
        return len(self.row)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> States:
        """Some of them, in this order."""
        return States(*(getattr(self, name)[chosen] for name in _NAMES))


_NAMES = tuple(each.name for each in fields(States))


def together(parts: Sequence[States]) -> States:
    """The states end to end."""
    if len(parts) == 1:
        return parts[0]
    return States(*(np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES))


def seeds(rows: Places, at: Places, low: Places, high: Places, depth: Places) -> States:
    """The states that reading begins with."""
    none, zero = np.full(len(rows), -1, dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    return States(rows, at, low, high, depth, zero, none, none, at, zero, none, zero, zero, zero)


def cheapest(states: States, width: int, worst: int) -> tuple[States, Places]:
    """The `width` cheapest states of each text, and the texts of which there were more."""
    kept = states.take(states.cost <= worst) if len(states) and states.cost.max() > worst else states
    if not len(kept) or np.bincount(kept.row).max() <= width:
        return kept, np.zeros(0, dtype=np.int64)
    order = np.lexsort((kept.cost, kept.row))
    rank = rank_in_group(kept.row[order])
    return kept.take(np.sort(order[rank < width])), np.unique(kept.row[order[rank >= width]])
