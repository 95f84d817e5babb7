"""The ending that follows a name in a text (后缀判读): how it agrees with the name's own, at what cost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.endings import Endings, ReadEndings
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.hashing import Places
from geoname.core.matching.near_endings import NearEndings
from geoname.core.matching.ranges import joined
from geoname.core.matching.states import Seen
from geoname.core.matching.symbols import SYLLABLE_FIRST
from geoname.core.matching.texts import Texts
from geoname.core.matching.thresholds import Thresholds


class Way(Enum):
    """Which endings are looked for: the one that fits best; all, also heard; those with a slip."""

    PLAIN = "plain"
    HEARD = "heard"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class Typed:
    """For hits (by number) the ending typed (-1 none), over how many symbols, its cost and what was seen."""

    hit: Places
    ending: Places
    length: Places
    cost: Places
    seen: Places


@dataclass(frozen=True, slots=True)
class TypedEndings:
    """Reads endings and prices them."""

    endings: Endings
    near: NearEndings
    costs: Thresholds

    def is_named(self, own: NDArray[np.uint16], ending: Places) -> NDArray[np.bool_]:
        """Whether an ending was typed and is one of those that the name may have."""
        agreed = self.endings.agreement[own, ending] <= Agreement.SHORTER
        named: NDArray[np.bool_] = agreed & (ending >= 0)
        return named

    def typed(
        self,
        texts: Texts,
        at: Places,
        ends: Places,
        own: Places,
        depth: Places,
        damaged: np.ndarray,
        way: Way,
    ) -> Typed:
        """The endings from `at` on, for names whose own ending is `own`; `damaged` names have a fault."""
        found, fault = self._found(texts, at, ends, way)
        agreed = self.endings.agreement[own[found.asker], found.ending].astype(np.int64)
        fits = np.flatnonzero(agreed < Agreement.NONE)
        hit, ending, length = found.asker[fits], found.ending[fits], found.length[fits]
        fault, wrong, agreed = fault[fits], found.wrong[fits], agreed[fits]
        bare = np.arange(0 if way is Way.NEARLY else len(at))
        if way is Way.PLAIN:
            kept, bare = _longest(hit, length, agreed, len(at))
            hit, ending, length, fault = hit[kept], ending[kept], length[kept], fault[kept]
            wrong, agreed = wrong[kept], agreed[kept]
        none, zero = np.full(len(bare), -1, dtype=np.int64), np.zeros(len(bare), dtype=np.int64)
        agreed = np.concatenate((agreed, self.endings.agreement[own[bare], -1].astype(np.int64)))
        hit, ending = np.concatenate((hit, bare)), np.concatenate((ending, none))
        length, fault = np.concatenate((length, zero)), np.concatenate((fault, zero))
        cost = self._agreeing(agreed, depth[hit], damaged[hit])
        if way is Way.HEARD:
            wrong = np.concatenate((wrong, zero))
            letters = texts.symbols[np.minimum(at[hit], len(texts.symbols) - 1)] >= SYLLABLE_FIRST
            cost += np.where(letters, 0, wrong * self.costs.generic_heard)
        elif way is Way.NEARLY:
            cost += self.costs.generic_slip
        return Typed(hit, ending, length, cost, fault)

    def _found(self, texts: Texts, at: Places, ends: Places, way: Way) -> tuple[ReadEndings, Places]:
        """The endings found, and what each saw through."""
        if way is Way.NEARLY:
            near = self.near.read(texts, at, ends)
            return near, np.full(len(near.asker), int(Seen.ENDING_SLIP), dtype=np.int64)
        plain = self.endings.read(texts, at, ends)
        if way is Way.PLAIN:
            return plain, np.zeros(len(plain.asker), dtype=np.int64)
        heard = self.endings.hear(texts, at, ends)
        both = ReadEndings(
            *(joined([getattr(plain, name), getattr(heard, name)]) for name in ReadEndings.__slots__)
        )
        return both, np.where(both.wrong > 0, int(Seen.ENDING_HEARD), 0).astype(np.int64)

    def _agreeing(self, agreed: Places, depth: Places, damaged: np.ndarray) -> Places:
        """What an ending that is missing or another costs; more where the name itself has a fault."""
        cost = np.where(agreed == Agreement.OTHER, self.costs.wrong_generic, 0)
        missing = np.flatnonzero(agreed == Agreement.MISSING)
        cost[missing] = np.array(self.costs.missing_generic)[depth[missing]]
        cost[missing] += np.where(damaged[missing], self.costs.doubly, 0)
        return cost


def _longest(hit: Places, length: Places, agreed: Places, n: int) -> tuple[np.ndarray, Places]:
    """Of each hit's endings the longest that agrees well, else the longest; the hits without a good one."""
    rank = length + np.where(agreed <= Agreement.SHORTER, _WELL, 0)
    best = np.zeros(n, dtype=np.int64)
    np.maximum.at(best, hit, rank)
    return rank == best[hit], np.flatnonzero(best < _WELL)


_WELL = 1000
