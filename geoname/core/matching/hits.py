"""Names that begin where a reading stands (候选命中): to the letter, as heard, or with one slip."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.forms import HEAD, LONG, Forms, Postings
from geoname.core.matching.hashing import HOLE, HashTable, Places, Rolling, Words
from geoname.core.matching.ranges import joined, ranges, windows
from geoname.core.matching.states import Seen, States
from geoname.core.matching.symbols import LOST, SYLLABLE_FIRST, SymbolTable
from geoname.core.matching.texts import Texts
from geoname.core.matching.thresholds import Thresholds

_LONGEST_SLIP = 7
_SLIP_LENGTHS = np.arange(2, _LONGEST_SLIP + 1)
_MISSING_LENGTHS = np.arange(1, _LONGEST_SLIP)
REJECTED = 99


@dataclass(frozen=True, slots=True)
class Hits:
    """Which state found which entry, over how many symbols, at what cost, seeing through what."""

    asker: Places
    entry: Places
    length: Places
    cost: Places
    seen: Places

    def take(self, chosen: NDArray[np.bool_]) -> Hits:
        """Some of them."""
        return Hits(*(getattr(self, name)[chosen] for name in ("asker", "entry", "length", "cost", "seen")))


@dataclass(slots=True)
class Seeker:
    """Looks forms up for states; `capped` are the states of which a list was cut."""

    forms: Forms
    table: SymbolTable
    costs: Thresholds
    capped: list[Places] = field(default_factory=list)

    def exact(self, texts: Texts, states: States, ends: Places) -> Hits:
        """The names that stand there to the letter."""
        asker, entry, length = self._windows(texts.rolling, self.forms.heads, self.forms.exact, states, ends)
        zero = np.zeros(len(asker), dtype=np.int64)
        return Hits(asker, entry, length, zero, zero)

    def heard(self, texts: Texts, states: States, ends: Places) -> Hits:
        """The names that stand there to the letter, or sound like what stands there."""
        asker, entry, length = self._windows(
            texts.heard, self.forms.heard_heads, self.forms.heard, states, ends
        )
        at, form = states.at[asker], self.forms.start(entry)
        cost, wrong = np.zeros(len(asker), np.int64), np.zeros(len(asker), np.int64)
        letters, nearly = np.zeros(len(asker), dtype=np.bool_), np.zeros(len(asker), dtype=np.bool_)
        for place in range(int(length.max(initial=0))):
            inside = np.flatnonzero(place < length)
            stands, meant = texts.symbols[at[inside] + place], self.forms.symbols[form[inside] + place]
            differ = stands != meant
            inside, stands, meant = inside[differ], stands[differ], meant[differ]
            typed = stands >= SYLLABLE_FIRST
            same = self.table.same_syllable(stands, meant)
            cost[inside] += np.where(
                typed,
                np.where(same, 0, 4),
                np.where(same, self.costs.homophone, self.costs.near_homophone),
            )
            wrong[inside] += ~typed
            nearly[inside] |= ~typed & ~same
            letters[inside] |= typed
        cost += letters
        # Two of two heard only is another name more often than this one.
        cost += np.where((wrong == length) & (length > 1), self.costs.short_slip * 2, 0)
        seen = (wrong > 0) * np.int64(Seen.HEARD) + letters * np.int64(Seen.LETTERS)
        seen |= nearly * np.int64(Seen.NEARLY)
        return Hits(asker, entry, length, cost, seen)

    def slips(self, texts: Texts, states: States, ends: Places) -> Hits:
        """The names that stand there but for one wrong, missing, additional or swapped character."""
        ways = (self._wrong, self._missing, self._additional, self._swapped)
        found = [way(texts, states, ends) for way in ways]
        return Hits(*(joined([getattr(one, name) for one in found]) for name in Hits.__slots__))

    def _windows(
        self,
        rolling: Rolling,
        heads: HashTable,
        postings: Postings,
        states: States,
        ends: Places,
    ) -> tuple[Places, Places, Places]:
        """Look up all windows of the forms' lengths, once for all states at one place of a text."""
        active = np.flatnonzero(ends > states.at)
        at = states.at[active]
        last = np.empty(len(rolling.words), dtype=np.int64)
        last[at] = np.arange(len(at))
        own = last[at]
        places = np.flatnonzero(own == np.arange(len(at)))
        rank = np.empty(len(at), dtype=np.int64)
        rank[places] = np.arange(len(places))
        begins, room = at[places], (ends[active] - at)[places]
        long = np.flatnonzero(room >= LONG)
        headed = heads.find(rolling.window(begins[long], begins[long] + HEAD)) >= 0
        room[long[~headed]] = LONG - 1
        place, size = windows(room, self.forms.lengths)
        begins = begins[place]
        hit, first, after, layer = postings.lists(rolling.window(begins, begins + size))
        found = np.bincount(place[hit], minlength=len(places))
        starts = np.cumsum(found) - found
        own = rank[own]
        counts = found[own]
        asker, number = np.repeat(active, counts), ranges(starts[own], counts)
        which, entry, over = postings.pick(
            first[number],
            after[number],
            layer[number],
            states.low[asker],
            states.high[asker],
            self.costs.list,
        )
        if len(over):
            self.capped.append(asker[over])
        return asker[which], entry, size[hit][number[which]]

    def _under(
        self, postings: Postings, hashes: Words, states: States, asker: Places, size: Places
    ) -> tuple[Places, Places, Places]:
        which, entry, over = postings.find(hashes, states.low[asker], states.high[asker], self.costs.list)
        if len(over):
            self.capped.append(asker[over])
        return asker[which], entry, size[which]

    def _wrong(self, texts: Texts, states: States, ends: Places) -> Hits:
        """One wrong or lost character."""
        asker, size = windows(np.minimum(ends - states.at, _LONGEST_SLIP), _SLIP_LENGTHS)
        of, hole = np.repeat(np.arange(len(asker)), size), ranges(np.zeros_like(size), size)
        asker, size = asker[of], size[of]
        at = states.at[asker]
        hashes = texts.rolling.window(at, at + size)
        hashes += (HOLE - texts.rolling.words[at + hole]) * texts.rolling.powers[hole]
        which, entry, over = self.forms.masked.find(
            hashes, states.low[asker], states.high[asker], self.costs.list
        )
        if len(over):
            self.capped.append(asker[over])
        asker, hole, size = asker[which], hole[which], size[which]
        fits = self.forms.length(entry) == size
        asker, hole, size, entry = asker[fits], hole[fits], size[fits], entry[fits]
        stands = texts.symbols[states.at[asker] + hole]
        meant = self.forms.symbols[self.forms.start(entry) + hole]
        cost = self._of_slip(size - 1)
        heard = np.where(
            self.table.same_syllable(stands, meant),
            self.costs.homophone,
            np.where(self.table.same_class(stands, meant), self.costs.near_homophone, REJECTED),
        )
        shaped = np.where(self.table.look_alike(stands, meant), self.costs.similar_shape, REJECTED)
        lost = np.where(stands == LOST, self.costs.lost_character, REJECTED)
        cost = np.minimum.reduce([cost, heard, shaped, lost])
        seen = np.where(
            (heard <= cost) & (heard < REJECTED), int(Seen.HEARD | Seen.SLIP), int(Seen.SLIP)
        ).astype(np.int64)
        kept = (stands != meant) & (stands < SYLLABLE_FIRST)
        return Hits(asker, entry, size, cost, seen).take(kept)

    def _missing(self, texts: Texts, states: States, ends: Places) -> Hits:
        """One character missing."""
        asker, size = windows(np.minimum(ends - states.at, _LONGEST_SLIP - 1), _MISSING_LENGTHS)
        of, gap = np.repeat(np.arange(len(asker)), size + 1), ranges(np.zeros_like(size), size + 1)
        asker, size = asker[of], size[of]
        at, middle = states.at[asker], states.at[asker] + gap
        powers = texts.rolling.powers
        hashes = texts.rolling.window(at, middle) + HOLE * powers[gap]
        hashes += texts.rolling.window(middle, at + size) * powers[gap + 1]
        asker, entry, size = self._under(self.forms.masked, hashes, states, asker, size)
        fits = self.forms.length(entry) == size + 1
        return self._as_slips(asker[fits], entry[fits], size[fits], self._of_slip(size[fits]))

    def _additional(self, texts: Texts, states: States, ends: Places) -> Hits:
        """One character more; as the last it may also begin what follows."""
        asker, size = windows(np.minimum(ends - states.at, _LONGEST_SLIP), _SLIP_LENGTHS)
        inner = np.where(size > 2, size, 0)
        of, extra = np.repeat(np.arange(len(asker)), inner), ranges(np.zeros_like(inner), inner)
        asker, size = asker[of], size[of]
        at, middle = states.at[asker], states.at[asker] + extra
        hashes = texts.rolling.window(at, middle)
        hashes += texts.rolling.window(middle + 1, at + size) * texts.rolling.powers[extra]
        which, entry, over = self.forms.exact.find(
            hashes, states.low[asker], states.high[asker], self.costs.list
        )
        if len(over):
            self.capped.append(asker[over])
        asker, size, extra = asker[which], size[which], extra[which]
        cost = np.where(extra == size - 1, self.costs.extra_at_end, self._of_slip(size - 1))
        return self._as_slips(asker, entry, size, cost)

    def _swapped(self, texts: Texts, states: States, ends: Places) -> Hits:
        """Two characters that changed places."""
        asker, size = windows(np.minimum(ends - states.at, _LONGEST_SLIP), _SLIP_LENGTHS)
        of, place = np.repeat(np.arange(len(asker)), size - 1), ranges(np.zeros_like(size), size - 1)
        asker, size = asker[of], size[of]
        at = states.at[asker]
        words, powers = texts.rolling.words, texts.rolling.powers
        one, other = words[at + place], words[at + place + 1]
        hashes = texts.rolling.window(at, at + size)
        hashes += (other - one) * powers[place] + (one - other) * powers[place + 1]
        asker, entry, size = self._under(self.forms.exact, hashes, states, asker, size)
        return self._as_slips(asker, entry, size, np.full(len(asker), self.costs.swapped))

    def _of_slip(self, right: Places) -> Places:
        """The cost of a slip that leaves so many characters right."""
        return np.where(right < 2, self.costs.other_slip + self.costs.short_slip, self.costs.other_slip)

    def _as_slips(self, asker: Places, entry: Places, size: Places, cost: Places) -> Hits:
        return Hits(asker, entry, size, cost, np.full(len(asker), int(Seen.SLIP), dtype=np.int64))
