"""The endings that follow the names found in one text (单条后缀判读), each with its cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from geoname.core.matching.alone.columns_in_view import EntriesInView
from geoname.core.matching.alone.endings import EndingsAlone, KnownEndings
from geoname.core.matching.alone.hits import Hit, State
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.states import Seen
from geoname.core.matching.symbols import SYLLABLE_FIRST
from geoname.core.matching.thresholds import Thresholds
from geoname.core.matching.typed_endings import Way

_DAMAGED = int(Seen.HEARD | Seen.SLIP)
_ENDING_HEARD, _ENDING_SLIP = int(Seen.ENDING_HEARD), int(Seen.ENDING_SLIP)
_EXACT, _SHORTER, _MISSING, _OTHER, _NONE = map(int, Agreement)
_NO_ENDING = -1


class TypedOne(NamedTuple):
    """One row of `Typed`."""

    hit: Hit
    ending: int
    length: int
    cost: int
    seen: int


class _Fit(NamedTuple):
    """An ending that a hit may have: the number of the hit, the ending, how it agrees."""

    hit: int
    ending: int
    length: int
    wrong: int
    agreed: int


@dataclass(frozen=True, slots=True)
class TypedAlone:
    """Reads endings and prices them, as `TypedEndings` does for many."""

    known: KnownEndings
    there: EndingsAlone
    entries: EntriesInView
    symbols: list[int]
    costs: Thresholds

    def typed(self, states: list[State], hits: list[Hit], way: Way) -> list[TypedOne]:
        """The endings after these hits, in the order in which those of many are found."""
        if way is Way.NEARLY:
            return self._nearly(states, hits)
        fits = self._fitting(states, hits, heard=False)
        bare: list[int] | range = range(len(hits))
        if way is Way.PLAIN:
            fits, bare = _longest(fits, len(hits))
        else:
            fits += self._fitting(states, hits, heard=True)
        typed = []
        for fit in fits:
            hit = hits[fit.hit]
            cost = self._agreeing(fit.agreed, hit)
            if fit.wrong and not self._in_letters(states[hit.asker].at + hit.length):
                cost += fit.wrong * self.costs.generic_heard
            typed.append(TypedOne(hit, fit.ending, fit.length, cost, _ENDING_HEARD if fit.wrong else 0))
        for number in bare:
            hit = hits[number]
            agreed = self.known.agreement(self.entries.ending[hit.entry], _NO_ENDING)
            typed.append(TypedOne(hit, _NO_ENDING, 0, self._agreeing(agreed, hit), 0))
        return self._without_rivals(typed) if way is Way.PLAIN else typed

    def _fitting(self, states: list[State], hits: list[Hit], *, heard: bool) -> list[_Fit]:
        fits = []
        for number, hit in enumerate(hits):
            at = states[hit.asker].at + hit.length
            own = self.entries.ending[hit.entry]
            for ending, length, wrong in self.there.heard(at) if heard else self.there.plain(at):
                agreed = self.known.agreement(own, ending)
                if agreed < _NONE:
                    fits.append(_Fit(number, ending, length, wrong, agreed))
        # Those of many are read off together, symbol by symbol.
        fits.sort(key=lambda fit: fit.length)
        return fits

    def _nearly(self, states: list[State], hits: list[Hit]) -> list[TypedOne]:
        ways: list[list[TypedOne]] = [[], [], [], [], []]
        for hit in hits:
            own = self.entries.ending[hit.entry]
            for found, typed in zip(self.there.near(states[hit.asker].at + hit.length), ways, strict=True):
                for ending, length, _ in found:
                    agreed = self.known.agreement(own, ending)
                    if agreed < _NONE:
                        cost = self._agreeing(agreed, hit) + self.costs.generic_slip
                        typed.append(TypedOne(hit, ending, length, cost, _ENDING_SLIP))
        return [one for typed in ways for one in typed]

    def _agreeing(self, agreed: int, hit: Hit) -> int:
        if agreed == _OTHER:
            return self.costs.wrong_generic
        if agreed != _MISSING:
            return 0
        cost = self.costs.missing_generic[self.entries.depth[hit.entry]]
        return cost + (self.costs.doubly if hit.seen & _DAMAGED else 0)

    def _in_letters(self, at: int) -> bool:
        return self.symbols[min(at, len(self.symbols) - 1)] >= SYLLABLE_FIRST

    def _without_rivals(self, typed: list[TypedOne]) -> list[TypedOne]:
        exact = {(one.hit.asker, one.hit.length) for one in typed if one.cost == 0 and one.ending >= 0}
        return [
            one
            for one in typed
            if one.cost < self.costs.wrong_generic or (one.hit.asker, one.hit.length) not in exact
        ]


def _longest(fits: list[_Fit], n: int) -> tuple[list[_Fit], list[int]]:
    """Of each hit's endings the longest that agrees well, else the longest; the hits without a good one."""
    best = [(False, 0)] * n
    for fit in fits:
        best[fit.hit] = max(best[fit.hit], (fit.agreed <= _SHORTER, fit.length))
    kept = [fit for fit in fits if (fit.agreed <= _SHORTER, fit.length) == best[fit.hit]]
    return kept, [number for number, (well, _) in enumerate(best) if not well]
