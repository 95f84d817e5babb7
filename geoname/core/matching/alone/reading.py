"""Reading one text name by name (单条解析): the states that `Reader` reaches for many, in the same order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from geoname.core.matching.alone.columns_in_view import EntriesInView
from geoname.core.matching.alone.hits import Hit, SeekerAlone, State
from geoname.core.matching.alone.moves import moved
from geoname.core.matching.alone.typed import TypedAlone, TypedOne
from geoname.core.matching.entries import FORMER, STANDARD, Entries
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.reading import BY_EAR, CHEAPEST, DEEPEST, IS_NUMERAL, OTHER, PLAINLY, VILLAGE, Care
from geoname.core.matching.states import FAULTS, Seen, States
from geoname.core.matching.thresholds import Thresholds
from geoname.core.matching.typed_endings import Way

_SLIP, _SCOPE_ONLY = int(Seen.SLIP), int(Seen.SCOPE_ONLY)
_SLIPPED = int(Seen.SLIP | Seen.ENDING_SLIP)
_MISSING = int(Agreement.MISSING)
_LAST = 0xFFFF
_NUMERALS = frozenset(np.flatnonzero(IS_NUMERAL).tolist())


@dataclass(slots=True)
class ReaderAlone:
    """All that reading one text needs."""

    columns: Entries
    entries: EntriesInView
    seeker: SeekerAlone
    endings: TypedAlone
    symbols: list[int]
    costs: Thresholds
    heirs: dict[int, list[tuple[int, bool]]] = field(default_factory=dict)

    def read(self, first: list[State], care: Care) -> tuple[list[State], bool]:
        """Every state that is reached, and whether lists were cut on the way."""
        reached, states, offset, capped = list(first), first, 0, False
        end = len(self.symbols)
        self.seeker.capped = False
        for _ in range(DEEPEST + 2 * care.slips):
            if not any(state.high > state.low and state.at < end for state in states):
                break
            if care is PLAINLY:
                new = self._ended(states, self.seeker.exact(states), Way.PLAIN, offset)
            elif care is BY_EAR:
                new = self._where_needed(states, offset)
            else:
                new = self._with_slips(states, offset)
            new, cut = _cheapest(new, self.costs.beam, self.costs.worst)
            capped |= cut
            if not new:
                break
            reached += new
            offset += len(states)
            states = new
        return reached, capped or self.seeker.capped

    def _where_needed(self, states: list[State], offset: int) -> list[State]:
        """Listen only where no name can be read on to the letter."""
        read = self._ended(states, self.seeker.exact(states), Way.PLAIN, offset)
        faultless = [state for state in read if self._is_faultless(state)]
        sure = [False] * len(states)
        for state in faultless:
            sure[state.before - offset] = True
        heard = self.seeker.heard(states, sure)
        return faultless + self._ended(states, heard, Way.HEARD, offset)

    def _with_slips(self, states: list[State], offset: int) -> list[State]:
        """Listen everywhere; look for slips, and move, where no name can be read on without fault."""
        hits = self.seeker.heard(states, [False] * len(states))
        read = self._ended(states, hits, Way.HEARD, offset)
        faultless = [self._is_faultless(state) for state in read]
        sure = [False] * len(states)
        for state, is_so in zip(read, faultless, strict=True):
            if is_so:
                sure[state.before - offset] = True
        new = [
            state
            if is_so or not sure[state.before - offset]
            else state._replace(cost=state.cost + self.costs.rival)
            for state, is_so in zip(read, faultless, strict=True)
        ]
        worst = self.costs.worst
        # A second slip is not looked for: it would turn any name into any other.
        barred = [is_sure or state.ever & _SLIPPED > 0 for state, is_sure in zip(states, sure, strict=True)]
        spent = [
            is_barred or state.cost + CHEAPEST > worst
            for state, is_barred in zip(states, barred, strict=True)
        ]
        new += self._ended(states, self.seeker.slips(states, spent), Way.HEARD, offset)
        near = [
            hit
            for hit in hits
            if not barred[hit.asker] and states[hit.asker].cost + hit.cost + self.costs.generic_slip <= worst
        ]
        new += self._ended(states, near, Way.NEARLY, offset)
        return new + moved(self.entries, self.costs, self.symbols, states, sure, offset)

    def _ended(self, states: list[State], hits: list[Hit], way: Way, offset: int) -> list[State]:
        """The states after these hits, each with every ending that it may have, then those of their heirs."""
        if not hits:
            return []
        new = [
            state
            for typed in self.endings.typed(states, hits, way)
            if self._goes_on(state := self._entered(states, typed, offset))
        ]
        return new + [
            heir for state in new if self.entries.kind[state.entry] != STANDARD for heir in self._heirs(state)
        ]

    def _entered(self, states: list[State], typed: TypedOne, offset: int) -> State:
        hit, ending, length, cost, seen = typed
        entries, costs, state, entry = self.entries, self.costs, states[hit.asker], hit.entry
        depth, above = entries.depth[entry], state.depth
        seen |= hit.seen
        cost += state.cost + hit.cost
        if above < 0:
            cost += costs.neighbour if entries.shallow[entry] else 0
        else:
            skipped = min(depth, VILLAGE) - above - 1 - (above == 0 and depth > 1)
            cost += max(skipped, 0) * costs.skipped_level
        if state.seen & _SLIP and hit.cost == 0 and ending >= 0 and seen == 0:
            cost -= costs.confirmed
        if entries.kind[entry] == FORMER:
            cost += costs.former
            cost += self.endings.known.agreement(entries.ending[entry], ending) == _MISSING
        if depth == OTHER:
            cost += costs.other_name
        return State(
            state.at + hit.length + length, entries.low[entry], entries.high[entry], depth, cost, entry,
            hit.asker + offset, state.at, hit.length, ending, length, seen, state.ever | seen,
        )  # fmt: skip

    def _goes_on(self, state: State) -> bool:
        """Whether something may follow, or the text ends, or a generic tells that the name does."""
        entries, entry = self.entries, state.entry
        if entries.kind[entry] != STANDARD or state.at == len(self.symbols):
            return True
        if entries.leads_on(state.low, state.high):
            return True
        if entries.depth[entry] == OTHER:
            return True
        if self.endings.known.is_named(entries.ending[entry], state.ending):
            return True
        return min(self.symbols[state.at], _LAST) in _NUMERALS

    def _heirs(self, state: State) -> Iterable[State]:
        heirs = self.heirs.get(state.entry)
        if heirs is None:
            heirs = self.heirs[state.entry] = self.columns.heirs_of(state.entry)
        for heir, is_whole in heirs:
            yield state._replace(
                low=self.entries.low[heir],
                high=self.entries.high[heir],
                depth=self.entries.depth[heir],
                cost=state.cost + (0 if is_whole else self.costs.part),
                seen=state.seen | _SCOPE_ONLY,
            )

    def _is_faultless(self, state: State) -> bool:
        if state.ending < 0 or state.seen & FAULTS:
            return False
        return state.at == len(self.symbols) or self.entries.leads_on(state.low, state.high)


def _cheapest(states: list[State], width: int, worst: int) -> tuple[list[State], bool]:
    """The cheapest states in their order, and whether there were more."""
    kept = [state for state in states if state.cost <= worst]
    if len(kept) <= width:
        return kept, False
    order = sorted(range(len(kept)), key=lambda at: kept[at].cost)
    return [kept[at] for at in sorted(order[:width])], True


def as_columns(states: list[State]) -> States:
    """The states of one text as those of many are kept."""
    columns = np.array(states, dtype=np.int64).reshape(-1, len(State._fields)).T
    return States(np.zeros(len(states), dtype=np.int64), *columns)
