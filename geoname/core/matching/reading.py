"""Reading texts name by name (逐级解析), all texts of a batch at once and several readings of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geoname.core.matching.endings import Endings, ReadEndings
from geoname.core.matching.entries import FORMER, STANDARD, Entries
from geoname.core.matching.forms import Forms
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.hashing import Places
from geoname.core.matching.hits import Hits, Seeker
from geoname.core.matching.moves import moved
from geoname.core.matching.near_endings import NearEndings
from geoname.core.matching.ranges import joined, ranges
from geoname.core.matching.states import Seen, States, cheapest, together
from geoname.core.matching.symbols import SymbolTable
from geoname.core.matching.texts import Texts
from geoname.core.matching.thresholds import Thresholds

DEEPEST = 7
_CHEAPEST = 5
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
    endings: Endings
    near_endings: NearEndings
    table: SymbolTable
    costs: Thresholds

    def read(self, texts: Texts, first: States, care: Care) -> Readings:
        """Read on from these states until nothing more is found; `before` counts states from the first."""
        seeker = Seeker(self.forms, self.table, self.costs)
        reached, capped = [first], [np.zeros(0, dtype=np.int64)]
        states, offset = first, 0
        for _ in range(DEEPEST + 2 * care.slips):
            ends = texts.starts[1:][states.row]
            going = states.at < ends
            going &= states.high - states.low > 0
            hits = self._hits(texts, states, ends, care, seeker, going)
            new = self._ended(texts, states, ends, hits, care, offset)
            if care.slips:
                new = together([new, moved(self, texts, states, ends, hits, offset)])
            new, cut = cheapest(new, self.costs.beam, self.costs.worst)
            capped += [cut, *(states.row[each] for each in seeker.capped)]
            seeker.capped.clear()
            if not len(new):
                break
            reached.append(new)
            offset += len(states)
            states = new
        return Readings(together(reached), np.unique(np.concatenate(capped)))

    def _hits(
        self, texts: Texts, states: States, ends: Places, care: Care, seeker: Seeker, going: np.ndarray
    ) -> Hits:
        until = np.where(going, ends, states.at)
        if not care.heard:
            hits = seeker.exact(texts, states, until)
        else:
            hits = seeker.heard(texts, states, until)
            if care.slips:
                # A second slip is not looked for: it would turn any name into any other.
                spent = (states.ever & int(Seen.SLIP) > 0) | (states.cost + _CHEAPEST > self.costs.worst)
                once = np.where(spent, states.at, until)
                slips = self._wider(states, seeker.slips(texts, states, once))
                hits = Hits(*(joined([getattr(hits, n), getattr(slips, n)]) for n in Hits.__slots__))
        return hits.take(self.entries.depth[hits.entry] > states.depth[hits.asker])

    def _wider(self, states: States, hits: Hits) -> Hits:
        """Slips cost more the more names they may be among; the few great divisions are told by rank."""
        among = states.high[hits.asker] - states.low[hits.asker]
        among = np.where(self.entries.depth[hits.entry] <= 2, np.minimum(among, self.costs.wide[1]), among)
        more = sum((among > limit).astype(np.int64) for limit in self.costs.wide)
        return Hits(hits.asker, hits.entry, hits.length, hits.cost + more * self.costs.wider, hits.seen)

    def _ended(
        self, texts: Texts, states: States, ends: Places, hits: Hits, care: Care, offset: int
    ) -> States:
        """The states after these hits, each with every ending that it may have."""
        at = states.at[hits.asker] + hits.length
        until = ends[hits.asker]
        own = self.entries.ending[hits.entry].astype(np.int64)
        found = [self.endings.read(texts, at, until)]
        if care.heard:
            found.append(self.endings.hear(texts, at, until))
        if care.slips:
            able = np.where(states.ever[hits.asker] & int(Seen.SLIP | Seen.ENDING_SLIP), at, until)
            able = np.where(hits.seen & int(Seen.SLIP), at, able)
            found.append(self.near_endings.read(texts, at, able))
        how = joined([np.full(len(one.asker), kind) for kind, one in enumerate(found)])
        read = ReadEndings(*(joined([getattr(one, n) for one in found]) for n in ReadEndings.__slots__))
        agreed = self.endings.agreement[own[read.asker], read.ending].astype(np.int64)
        fits = agreed < Agreement.NONE
        read = ReadEndings(*(getattr(read, n)[fits] for n in ReadEndings.__slots__))
        how, agreed = how[fits], agreed[fits]
        bare = np.arange(len(at))
        if not care.heard:
            read, how, agreed, bare = _longest(read, how, agreed, len(at))
        hit = np.concatenate((read.asker, bare))
        ending = np.concatenate((read.ending, np.full(len(bare), -1)))
        length = np.concatenate((read.length, np.zeros(len(bare), np.int64)))
        agreed = np.concatenate((agreed, self.endings.agreement[own[bare], -1].astype(np.int64)))
        depth = self.entries.depth[hits.entry[hit]].astype(np.int64)
        generic = np.where(agreed == Agreement.OTHER, self.costs.wrong_generic, 0)
        generic = np.where(agreed == Agreement.MISSING, np.array(self.costs.missing_generic)[depth], generic)
        # A name that is neither written right nor followed by its generic is hardly known.
        doubtful = (agreed == Agreement.MISSING) & (hits.seen[hit] & int(Seen.HEARD | Seen.SLIP) > 0)
        generic = generic + np.where(doubtful, self.costs.doubly, 0)
        how = np.concatenate((how, np.zeros(len(bare), np.int64)))
        wrong = np.concatenate((read.wrong, np.zeros(len(bare), np.int64)))
        generic = generic + np.where(how == 1, self._of_heard(texts, at[hit], length, wrong), 0)
        generic = generic + np.where(how == 2, self.costs.generic_slip, 0)
        seen = hits.seen[hit] | np.where(how == 1, int(Seen.ENDING_HEARD), 0)
        seen |= np.where(how == 2, int(Seen.ENDING_SLIP), 0)
        return self._entered(texts, states, hits, hit, ending, length, generic, seen, offset)

    def _of_heard(self, texts: Texts, at: Places, length: Places, wrong: Places) -> Places:
        """What an ending that was heard costs: nothing where it was typed in letters."""
        first = texts.symbols[np.minimum(at, len(texts.symbols) - 1)] if len(texts.symbols) else at
        return np.where((length > 0) & (first >= 0xF0000), 0, wrong * self.costs.generic_heard)

    def _entered(
        self,
        texts: Texts,
        states: States,
        hits: Hits,
        hit: Places,
        ending: Places,
        length: Places,
        generic: Places,
        seen: Places,
        offset: int,
    ) -> States:
        """The states within the names read; a former name leads into the territory of each of its heirs."""
        entries, costs = self.entries, self.costs
        asker, entry = hits.asker[hit], hits.entry[hit]
        depth = entries.depth[entry].astype(np.int64)
        above = states.depth[asker]
        skipped = np.minimum(depth, VILLAGE) - above - 1 - ((above == 0) & (depth > 1))
        cost = states.cost[asker] + hits.cost[hit] + generic
        cost += np.where(above < 0, 0, np.maximum(skipped, 0) * costs.skipped_level)
        cost += np.where((above < 0) & entries.shallow[entry], costs.neighbour, 0)
        kind = entries.kind[entry]
        cost += np.where(kind == FORMER, costs.former, 0) + np.where(depth == OTHER, costs.other_name, 0)
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
        new = new.take(self._goes_on(texts, new))
        return self._with_heirs(new)

    def _goes_on(self, texts: Texts, new: States) -> np.ndarray:
        """Drop what ends in the middle of a text although nothing lies within it, unless a generic tells."""
        ends = texts.starts[1:][new.row]
        leaf = (new.high - new.low <= 1) & (self.entries.kind[new.entry] == STANDARD)
        named = (new.ending >= 0) | (self.entries.depth[new.entry] == OTHER)
        following = texts.symbols[np.minimum(new.at, max(len(texts.symbols) - 1, 0))]
        numbered = _IS_NUMERAL[np.minimum(following, 0xFFFF)]
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


_IS_NUMERAL = np.zeros(0x10000, dtype=np.bool_)
_IS_NUMERAL[[ord(char) for char in "〇一二三四五六七八九十百"]] = True


def _longest(
    read: ReadEndings, how: Places, agreed: Places, n: int
) -> tuple[ReadEndings, Places, Places, Places]:
    """Of each asker's endings the longest that agrees well, else the longest; who may also have none."""
    good = agreed <= Agreement.SHORTER
    rank = read.length + np.where(good, 1000, 0)
    best = np.zeros(n, dtype=np.int64)
    np.maximum.at(best, read.asker, rank)
    kept = rank == best[read.asker]
    chosen = ReadEndings(*(getattr(read, name)[kept] for name in ReadEndings.__slots__))
    return chosen, how[kept], agreed[kept], np.flatnonzero(best < 1000)
