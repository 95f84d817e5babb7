"""Names that begin where one reading of one text stands (单条命中); what `Seeker` finds for many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from geoname.core.matching.alone.columns_in_view import EntriesInView, PostingsInView, SymbolsInView
from geoname.core.matching.alone.windows import ByPlace, Windows
from geoname.core.matching.hits import REJECTED
from geoname.core.matching.states import Seen
from geoname.core.matching.symbols import LOST, SYLLABLE_FIRST
from geoname.core.matching.thresholds import Thresholds

_HEARD, _LETTERS, _NEARLY, _SLIP = (int(one) for one in (Seen.HEARD, Seen.LETTERS, Seen.NEARLY, Seen.SLIP))


class State(NamedTuple):
    """One row of `States`, but for the number of the text."""

    at: int
    low: int
    high: int
    depth: int
    cost: int
    entry: int
    before: int
    begin: int
    stem: int
    ending: int
    ending_length: int
    seen: int
    ever: int


class Hit(NamedTuple):
    """One row of `Hits`."""

    asker: int
    entry: int
    length: int
    cost: int
    seen: int


@dataclass(slots=True)
class SeekerAlone:
    """Looks forms up for the states of one text; `capped` when a list was cut."""

    windows: Windows
    symbols: list[int]
    entries: EntriesInView
    exact_rows: PostingsInView
    heard_rows: PostingsInView
    masked_rows: PostingsInView
    known: SymbolsInView
    costs: Thresholds
    capped: bool = False
    _heard: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def exact(self, states: list[State]) -> list[Hit]:
        """The names that stand there to the letter, deeper than what was read before."""
        worst, depths = self.costs.worst, self.entries.depth
        return [
            Hit(asker, entry, size, 0, 0)
            for asker, state in enumerate(states)
            if state.cost <= worst
            for entry, size, _ in self._listed(self.windows.exact, self.exact_rows, state)
            if depths[entry] > state.depth
        ]

    def heard(self, states: list[State], barred: list[bool]) -> list[Hit]:
        """The names that stand there to the letter, or sound like what stands there."""
        worst, depths, hits = self.costs.worst, self.entries.depth, []
        for asker, state in enumerate(states):
            if barred[asker]:
                continue
            for entry, size, _ in self._listed(self.windows.heard, self.heard_rows, state):
                if depths[entry] > state.depth:
                    cost, seen = self._cost_of_sound(state.at, entry, size)
                    if state.cost + cost <= worst:
                        hits.append(Hit(asker, entry, size, cost, seen))
        return hits

    def slips(self, states: list[State], barred: list[bool]) -> list[Hit]:
        """The names that stand there but for one wrong, missing, additional or swapped character."""
        worst, depths, hits = self.costs.worst, self.entries.depth, []
        for way in (self._wrong, self._missing, self._additional, self._swapped):
            for asker, state in enumerate(states):
                if barred[asker]:
                    continue
                for entry, size, cost, seen in way(state):
                    depth = depths[entry]
                    if depth > state.depth:
                        cost += self._wider(state, depth)
                        if state.cost + cost <= worst:
                            hits.append(Hit(asker, entry, size, cost, seen))
        return hits

    def _listed(
        self, lists: ByPlace, postings: PostingsInView, state: State
    ) -> Iterator[tuple[int, int, int]]:
        """The entries within a state's bounds, with the size of their window and the place of the slip."""
        low, high = state.low, state.high
        if high <= low:
            return
        for size, slip, begin, end, layer in lists.get(state.at, ()):
            found, cut = postings.between(begin, end, low, high, layer, self.costs.list)
            self.capped |= cut
            for entry in found:
                yield entry, size, slip

    def _cost_of_sound(self, at: int, entry: int, size: int) -> tuple[int, int]:
        form, _ = self.entries.form(entry)
        found = self._heard.get((at, form))
        if found is None:
            found = self._heard[at, form] = self._sounding(at, form, size)
        return found

    def _sounding(self, at: int, form: int, size: int) -> tuple[int, int]:
        cost = wrong = 0
        nearly = letters = False
        for stands, meant in zip(
            self.symbols[at : at + size], self.entries.symbols[form : form + size], strict=True
        ):
            if stands == meant:
                continue
            same = self.known.same_syllable(stands, meant)
            if stands >= SYLLABLE_FIRST:
                letters = True
                cost += 0 if same else 4
            else:
                wrong += 1
                nearly |= not same
                cost += self.costs.homophone if same else self.costs.near_homophone
        cost += letters
        if wrong == size and size > 1:
            cost += self.costs.short_slip * 2
        return cost, (_HEARD if wrong else 0) | (_LETTERS if letters else 0) | (_NEARLY if nearly else 0)

    def _wrong(self, state: State) -> Iterator[tuple[int, int, int, int]]:
        for entry, size, hole in self._listed(self.windows.wrong, self.masked_rows, state):
            start, length = self.entries.form(entry)
            if length != size:
                continue
            stands, meant = self.symbols[state.at + hole], self.entries.symbols[start + hole]
            if stands == meant or stands >= SYLLABLE_FIRST:
                continue
            cost, heard = self._of_slip(size - 1), REJECTED
            if self.known.same_syllable(stands, meant):
                heard = self.costs.homophone
            elif self.known.same_class(stands, meant):
                heard = self.costs.near_homophone
            cost = min(cost, heard)
            if self.known.look_alike(stands, meant):
                cost = min(cost, self.costs.similar_shape)
            if stands == LOST:
                cost = min(cost, self.costs.lost_character)
            yield entry, size, cost, _SLIP | _HEARD if heard <= cost else _SLIP

    def _missing(self, state: State) -> Iterator[tuple[int, int, int, int]]:
        for entry, size, _ in self._listed(self.windows.missing, self.masked_rows, state):
            if self.entries.form(entry)[1] == size + 1:
                yield entry, size, self._of_slip(size), _SLIP

    def _additional(self, state: State) -> Iterator[tuple[int, int, int, int]]:
        for entry, size, extra in self._listed(self.windows.additional, self.exact_rows, state):
            yield (
                entry,
                size,
                self.costs.extra_at_end if extra == size - 1 else self._of_slip(size - 1),
                _SLIP,
            )

    def _swapped(self, state: State) -> Iterator[tuple[int, int, int, int]]:
        for entry, size, _ in self._listed(self.windows.swapped, self.exact_rows, state):
            yield entry, size, self.costs.swapped, _SLIP

    def _of_slip(self, right: int) -> int:
        return self.costs.other_slip + (self.costs.short_slip if right < 2 else 0)

    def _wider(self, state: State, depth: int) -> int:
        among = state.high - state.low
        if depth <= 2:
            among = min(among, self.costs.wide[1])
        return self.costs.wider * sum(among > limit for limit in self.costs.wide)
