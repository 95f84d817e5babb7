"""Names that begin where one reading of one text stands (单条命中); what `Seeker` finds for many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from geoname.core.matching.alone.columns_in_view import EntriesInView, PostingsInView, SymbolsInView
from geoname.core.matching.alone.windows import ByPlace, Found, Windows
from geoname.core.matching.columns import OTHER_DEPTH
from geoname.core.matching.hits import REJECTED
from geoname.core.matching.states import Seen
from geoname.core.matching.symbols import LOST, SYLLABLE_FIRST
from geoname.core.matching.thresholds import Thresholds

_HEARD, _LETTERS, _NEARLY, _SLIP = (int(one) for one in (Seen.HEARD, Seen.LETTERS, Seen.NEARLY, Seen.SLIP))


_Known = dict[tuple[int, int, int], tuple[list[tuple[int, int, int]], bool]]
"""By place and bounds the entries there, each with its size and depth, and whether a list was cut."""
_SHORT = 3
_SMALL = 3
"""The depth from which on names are so many that they are not told by rank."""


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
    _exact: _Known = field(default_factory=dict)
    _sounding_so: _Known = field(default_factory=dict)
    _wider_within: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _heard: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    _priced_pairs: dict[tuple[int, int, bool], tuple[int, int]] = field(default_factory=dict)

    def exact(self, states: list[State]) -> list[Hit]:
        """The names that stand there to the letter, deeper than what was read before."""
        worst = self.costs.worst
        return [
            Hit(asker, entry, size, 0, 0)
            for asker, state in enumerate(states)
            if state.cost <= worst
            for entry, size, depth in self._listed(self._exact, self.windows.exact, self.exact_rows, state)
            if depth > state.depth
        ]

    def heard(self, states: list[State], barred: list[bool]) -> list[Hit]:
        """The names that stand there to the letter, or sound like what stands there."""
        worst, hits = self.costs.worst, []
        for asker, state in enumerate(states):
            if barred[asker]:
                continue
            for entry, size, depth in self._listed(
                self._sounding_so, self.windows.heard, self.heard_rows, state
            ):
                if depth > state.depth:
                    cost, seen = self._cost_of_sound(state.at, entry, size)
                    if state.cost + cost <= worst:
                        hits.append(Hit(asker, entry, size, cost, seen))
        return hits

    def slips(self, states: list[State], barred: list[bool]) -> list[Hit]:
        """The names that stand there but for one wrong, missing, additional or swapped character."""
        asking = [(asker, state) for asker, state in enumerate(states) if not barred[asker]]
        if not asking:
            return []
        costs, of_slip, hits = self.costs, self._of_slip, list[Hit]()
        for asker, state in asking:
            self._wrong(asker, state, hits)
        for asker, state in asking:
            lists = self.windows.missing.get(state.at, ())
            priced = [(found, of_slip(found[0]), found[0] + 1) for found in lists]
            self._priced(asker, state, priced, self.masked_rows, hits)
        for asker, state in asking:
            lists = self.windows.additional.get(state.at, ())
            priced = [
                (found, costs.extra_at_end if found[1] == found[0] - 1 else of_slip(found[0] - 1), 0)
                for found in lists
            ]
            self._priced(asker, state, priced, self.exact_rows, hits)
        for asker, state in asking:
            priced = [(found, costs.swapped, 0) for found in self.windows.swapped.get(state.at, ())]
            self._priced(asker, state, priced, self.exact_rows, hits)
        return hits

    def _priced(
        self,
        asker: int,
        state: State,
        lists: list[tuple[Found, int, int]],
        postings: PostingsInView,
        hits: list[Hit],
    ) -> None:
        """Add the entries of lists with the cost of each, of forms of a length (0: of any)."""
        if not lists:
            return
        entries, cap, capped = self.entries, self.costs.list, False
        room = self.costs.worst - state.cost
        wider = self._wider(state)
        least = min(wider[state.depth + 1 :], default=0)
        for (size, _, begin, end, layer), cost, length in lists:
            if cost + least > room and end - begin <= cap:
                continue
            found, cut = postings.between(begin, end, state.low, state.high, layer, cap)
            capped |= cut
            for entry in found:
                depth = entries.depth[entry]
                whole = cost + wider[depth]
                if whole <= room and depth > state.depth and (not length or entries.form(entry)[1] == length):
                    hits.append(Hit(asker, entry, size, whole, _SLIP))
        self.capped |= capped

    def _listed(
        self, known: _Known, lists: ByPlace, postings: PostingsInView, state: State
    ) -> list[tuple[int, int, int]]:
        """The entries within a state's bounds, with the size of their window and the depth of each."""
        at, low, high = state[:3]
        if high <= low:
            return []
        kept = known.get((at, low, high))
        if kept is None:
            depths, listed, capped = self.entries.depth, [], False
            for size, _, begin, end, layer in lists.get(at, ()):
                found, cut = postings.between(begin, end, low, high, layer, self.costs.list)
                capped |= cut
                listed += [(entry, size, depths[entry]) for entry in found]
            kept = known[at, low, high] = listed, capped
        self.capped |= kept[1]
        return kept[0]

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

    def _wrong(self, asker: int, state: State, hits: list[Hit]) -> None:
        """Add the entries but for one wrong or lost character."""
        symbols, cap, capped = self.symbols, self.costs.list, False
        depths, form_of = self.entries.depth, self.entries.form_of
        starts, forms = self.entries.form_starts, self.entries.symbols
        room = self.costs.worst - state.cost
        wider, above, priced = self._wider(state), state.depth, self._priced_pairs
        costs, least = self.costs, min(wider[above + 1 :], default=0)
        cheapest = min(costs.homophone, costs.near_homophone, costs.similar_shape, costs.other_slip)
        for size, hole, begin, end, layer in self.windows.wrong.get(state.at, ()):
            stands = symbols[state.at + hole]
            hopeless = stands >= SYLLABLE_FIRST or (stands != LOST and cheapest + least > room)
            if hopeless and end - begin <= cap:
                continue
            found, cut = self.masked_rows.between(begin, end, state.low, state.high, layer, cap)
            capped |= cut
            if hopeless:
                continue
            for entry in found:
                depth = depths[entry]
                if depth <= above:
                    continue
                form = form_of[entry]
                start = starts[form]
                if starts[form + 1] - start != size:
                    continue
                meant = forms[start + hole]
                pair = priced.get((stands, meant, size < _SHORT))
                cost, seen = pair or self._instead(stands, meant, size)
                cost += wider[depth]
                if cost <= room and stands != meant:
                    hits.append(Hit(asker, entry, size, cost, seen))
        self.capped |= capped

    def _instead(self, stands: int, meant: int, size: int) -> tuple[int, int]:
        """What one character for another costs in a name of so many, and what is seen through."""
        known, costs = self.known, self.costs
        cost, heard = self._of_slip(size - 1), REJECTED
        if known.same_syllable(stands, meant):
            heard = costs.homophone
        elif known.same_class(stands, meant):
            heard = costs.near_homophone
        cost = min(cost, heard)
        if known.look_alike(stands, meant):
            cost = min(cost, costs.similar_shape)
        if stands == LOST:
            cost = min(cost, costs.lost_character)
        found = cost, _SLIP | _HEARD if heard <= cost else _SLIP
        self._priced_pairs[stands, meant, size < _SHORT] = found
        return found

    def _of_slip(self, right: int) -> int:
        return self.costs.other_slip + (self.costs.short_slip if right < 2 else 0)

    def _wider(self, state: State) -> list[int]:
        """What a slip costs more by the depth of its name, for the names that it may be among."""
        known = self._wider_within.get((state.low, state.high))
        if known is not None:
            return known
        divisions = self.entries.divisions_within(state.low, state.high)
        among = [min(divisions, self.costs.wide[1])] * _SMALL + [divisions] * (OTHER_DEPTH - _SMALL)
        among.append(state.high - state.low)
        wider = [self.costs.wider * sum(each > limit for limit in self.costs.wide) for each in among]
        self._wider_within[state.low, state.high] = wider
        return wider
