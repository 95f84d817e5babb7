"""Reading texts name by name (逐级解析), all texts of a batch at once and several readings of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.entries import FORMER, STANDARD, Entries
from geoname.core.matching.forms import LONGEST_FORM, Forms
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.hashing import Places
from geoname.core.matching.hits import Hits, Seeker
from geoname.core.matching.moves import moved
from geoname.core.matching.ranges import ranges
from geoname.core.matching.states import FAULTS, Seen, States, cheapest, together
from geoname.core.matching.symbols import SymbolTable
from geoname.core.matching.texts import Texts
from geoname.core.matching.thresholds import Thresholds
from geoname.core.matching.typed_endings import Typed, TypedEndings, Way

DEEPEST = 7
CHEAPEST = 8
VILLAGE, OTHER = 4, 5


@dataclass(frozen=True, slots=True)
class Care:
    """How hard to look: for what sounds alike, for slips, for every way in which a name may end."""

    heard: bool = False
    slips: bool = False


PLAINLY, BY_EAR, WITH_SLIPS = Care(), Care(heard=True), Care(heard=True, slips=True)


@dataclass(frozen=True, slots=True)
class Readings:
    """Every state that was reached, and the texts whose lists were cut on the way."""

    states: States
    capped: Places


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading needs."""

    entries: Entries
    forms: Forms
    endings_of: TypedEndings
    table: SymbolTable
    costs: Thresholds

    def read(self, texts: Texts, first: States, care: Care) -> Readings:
        """Read on from these states until nothing more is found; `before` counts states from the first."""
        seeker = Seeker(self.forms, self.table, self.costs)
        reached, capped = [first], [np.zeros(0, dtype=np.int64)]
        states, offset = first, 0
        for _ in range(DEEPEST + 2 * care.slips):
            ends = texts.starts[1:][states.row]
            ends = np.where(states.high > states.low, ends, states.at)
            if not (ends > states.at).any():
                break
            if care is PLAINLY:
                hits = self._known(states, seeker.exact(texts, states, ends))
                new = self._ended(texts, states, ends, hits, Way.PLAIN, offset)
            elif care is BY_EAR:
                new = self._where_needed(texts, states, ends, seeker, offset)
            else:
                hits = self._known(states, seeker.heard(texts, states, ends))
                new = self._ended(texts, states, ends, hits, Way.HEARD, offset)
                sure = self._priced_rivals(texts, states, new, offset)
                new = together([new, *self._slipped(texts, states, ends, hits, sure, seeker, offset)])
            new, cut = cheapest(new, self.costs.beam, self.costs.worst)
            capped += [cut, *(states.row[each] for each in seeker.capped)]
            seeker.capped.clear()
            if not len(new):
                break
            reached.append(new)
            offset += len(states)
            states = new
        return Readings(together(reached), np.unique(np.concatenate(capped)))

    def _priced_rivals(self, texts: Texts, states: States, read: States, offset: int) -> NDArray[np.bool_]:
        """Which states are read on from without fault; what else was read there costs more from now on."""
        faultless = _faultless(self.entries, texts, read)
        sure = np.zeros(len(states), dtype=np.bool_)
        sure[read.before[faultless] - offset] = True
        read.cost[sure[read.before - offset] & ~faultless] += self.costs.rival
        return sure

    def _where_needed(
        self, texts: Texts, states: States, ends: Places, seeker: Seeker, offset: int
    ) -> States:
        """Listen only where no name can be read on to the letter."""
        exact = self._known(states, seeker.exact(texts, states, ends))
        read = self._ended(texts, states, ends, exact, Way.PLAIN, offset)
        faultless = _faultless(self.entries, texts, read)
        sure = np.zeros(len(states), dtype=np.bool_)
        sure[read.before[faultless] - offset] = True
        heard = self._known(states, seeker.heard(texts, states, np.where(sure, states.at, ends)))
        return together([read.take(faultless), self._ended(texts, states, ends, heard, Way.HEARD, offset)])

    def _slipped(
        self,
        texts: Texts,
        states: States,
        ends: Places,
        hits: Hits,
        sure: NDArray[np.bool_],
        seeker: Seeker,
        offset: int,
    ) -> list[States]:
        """The states after a slip or a move, where no name can be read on without fault.

        A second slip is not looked for: it would turn any name into any other.
        """
        barred = sure | (states.ever & int(Seen.SLIP | Seen.ENDING_SLIP) > 0)
        spent = barred | (states.cost + CHEAPEST > self.costs.worst)
        found = seeker.slips(texts, states, np.where(spent, states.at, ends))
        slips = self._known(states, self._wider(states, found))
        barred = barred[hits.asker] | (
            states.cost[hits.asker] + hits.cost + self.costs.generic_slip > self.costs.worst
        )
        return [
            self._ended(texts, states, ends, slips, Way.HEARD, offset),
            self._ended(texts, states, ends, hits.take(~barred), Way.NEARLY, offset),
            moved(self, texts, states, ends, sure, offset),
        ]

    def _known(self, states: States, hits: Hits) -> Hits:
        """The hits that lie deeper than what was read before and do not cost too much."""
        kept = self.entries.depth[hits.entry] > states.depth[hits.asker]
        kept &= states.cost[hits.asker] + hits.cost <= self.costs.worst
        return hits.take(kept)

    def _wider(self, states: States, hits: Hits) -> Hits:
        """Slips cost more the more names they may be among; the few great divisions are told by rank.

        A division is among divisions, however many hills and streets lie beside them.
        """
        low, high, depth = states.low[hits.asker], states.high[hits.asker], self.entries.depth[hits.entry]
        among = np.where(depth == OTHER, high - low, self.entries.divisions_within(low, high))
        among = np.where(depth <= 2, np.minimum(among, self.costs.wide[1]), among)
        more = sum((among > limit).astype(np.int64) for limit in self.costs.wide)
        return Hits(hits.asker, hits.entry, hits.length, hits.cost + more * self.costs.wider, hits.seen)

    def _ended(self, texts: Texts, states: States, ends: Places, hits: Hits, way: Way, offset: int) -> States:
        """The states after these hits, each with every ending that it may have."""
        at = states.at[hits.asker] + hits.length
        own = self.entries.ending[hits.entry].astype(np.int64)
        depth = self.entries.depth[hits.entry].astype(np.int64)
        damaged = hits.seen & int(Seen.HEARD | Seen.SLIP) > 0
        typed = self.endings_of.typed(texts, at, ends[hits.asker], own, depth, damaged, way)
        if way is Way.PLAIN:
            typed = self._without_rivals(hits, typed, len(states))
        return self._entered(texts, states, hits, typed, offset)

    def _without_rivals(self, hits: Hits, typed: Typed, n: int) -> Typed:
        """Leave out other generics where a name with the very generic stands: 遵义市 is not 遵义县."""
        place = hits.asker[typed.hit] * (LONGEST_FORM + 1) + hits.length[typed.hit]
        exact = np.zeros(n * (LONGEST_FORM + 1), dtype=np.bool_)
        exact[place[(typed.cost == 0) & (typed.ending >= 0)]] = True
        kept = (typed.cost < self.costs.wrong_generic) | ~exact[place]
        return Typed(*(getattr(typed, name)[kept] for name in Typed.__slots__))

    def _entered(self, texts: Texts, states: States, hits: Hits, typed: Typed, offset: int) -> States:
        """The states within the names read; a former name leads into the territory of each of its heirs."""
        hit, ending, length = typed.hit, typed.ending, typed.length
        seen = hits.seen[hit] | typed.seen
        entries, costs = self.entries, self.costs
        asker, entry = hits.asker[hit], hits.entry[hit]
        depth = entries.depth[entry].astype(np.int64)
        above = states.depth[asker]
        skipped = np.minimum(depth, VILLAGE) - above - 1 - ((above == 0) & (depth > 1))
        cost = states.cost[asker] + hits.cost[hit] + typed.cost
        cost += np.where(above < 0, 0, np.maximum(skipped, 0) * costs.skipped_level)
        cost += np.where((above < 0) & entries.shallow[entry], costs.neighbour, 0)
        faultless = (hits.cost[hit] == 0) & (ending >= 0) & (seen == 0)
        slipped = states.seen[asker] & int(Seen.SLIP) > 0
        cost -= np.where(faultless & slipped, costs.confirmed, 0)
        kind = entries.kind[entry]
        short = self.endings_of.endings.agreement[entries.ending[entry], ending] == Agreement.MISSING
        cost += np.where(kind == FORMER, costs.former + short, 0) + np.where(
            depth == OTHER, costs.other_name, 0
        )
        begin = states.at[asker]
        at = begin + hits.length[hit] + length
        new = States(
            states.row[asker],
            at,
            entries.low[entry].astype(np.int64),
            entries.high[entry].astype(np.int64),
            depth,
            cost,
            entry,
            asker + offset,
            begin,
            hits.length[hit],
            ending,
            length,
            seen,
            states.ever[asker] | seen,
        )
        going = self._goes_on(texts, new)
        new = new if going.all() else new.take(going)
        return self._with_heirs(new)

    def _goes_on(self, texts: Texts, new: States) -> np.ndarray:
        """Drop what ends in the middle of a text although nothing lies within it, unless a generic tells."""
        ends = texts.starts[1:][new.row]
        leaf = ~self.entries.leads_on(new.low, new.high) & (self.entries.kind[new.entry] == STANDARD)
        named = self.endings_of.is_named(self.entries.ending[new.entry], new.ending)
        named |= self.entries.depth[new.entry] == OTHER
        following = texts.symbols[np.minimum(new.at, max(len(texts.symbols) - 1, 0))]
        numbered = IS_NUMERAL[np.minimum(following, 0xFFFF)]
        kept: np.ndarray = ~leaf | (new.at == ends) | named | numbered
        return kept

    def _with_heirs(self, new: States) -> States:
        """For each former name one state more for each heir, in whose territory reading may go on."""
        former = np.flatnonzero(self.entries.kind[new.entry] != STANDARD)
        if not len(former):
            return new
        starts, counts = self.entries.heir_range(new.entry[former])
        which = np.repeat(former, counts)
        heir_at = ranges(starts, counts)
        heir = self.entries.heirs[heir_at].astype(np.int64)
        more = new.take(which)
        part = np.where(self.entries.heir_whole[heir_at], 0, self.costs.part)
        flag = np.full(len(which), int(Seen.SCOPE_ONLY))
        into = States(
            more.row, more.at, self.entries.low[heir].astype(np.int64),
            self.entries.high[heir].astype(np.int64), self.entries.depth[heir].astype(np.int64),
            more.cost + part, more.entry, more.before, more.begin, more.stem, more.ending,
            more.ending_length, more.seen | flag, more.ever,
        )  # fmt: skip
        return together([new, into])


IS_NUMERAL = np.zeros(0x10000, dtype=np.bool_)
IS_NUMERAL[[ord(char) for char in "〇一二三四五六七八九十百"]] = True


def _faultless(entries: Entries, texts: Texts, read: States) -> NDArray[np.bool_]:
    """Which names were read with their generic and without fault, and lead on or end the text."""
    faultless: NDArray[np.bool_] = (read.ending >= 0) & (read.seen & FAULTS == 0)
    faultless &= (read.at == texts.starts[1:][read.row]) | entries.leads_on(read.low, read.high)
    return faultless
