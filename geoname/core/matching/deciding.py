"""From readings to verdicts (裁定): plainly, then by ear, then with slips, as far as each text needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.alone.reader import OneText, OneTextReader
from geoname.core.matching.alone.verdict import PlainVerdict
from geoname.core.matching.answer import FindingKind, MatchStatus
from geoname.core.matching.choosing import FAR, Chosen, Hints, answering, choose
from geoname.core.matching.confidence import of_cost, shares
from geoname.core.matching.entries import STANDARD
from geoname.core.matching.hashing import Places
from geoname.core.matching.initials import Initials
from geoname.core.matching.joining import Part
from geoname.core.matching.many import STATUSES
from geoname.core.matching.reading import BY_EAR, PLAINLY, WITH_SLIPS, Care, Reader
from geoname.core.matching.states import Seen, States, seeds, together
from geoname.core.matching.texts import Texts, read_texts

_NUMBER = {status: number for number, status in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch of texts; where it is of one, also what reads it alone."""

    texts: Texts
    alone: OneText | None


@dataclass(frozen=True, slots=True)
class Decider:
    """Reads, chooses and writes verdicts."""

    reader: Reader
    alone: OneTextReader
    initials: Initials

    def prepared(self, texts: Sequence[str]) -> Prepared:
        """A batch made ready to be read, with one care or several."""
        read = read_texts(texts, self.reader.table)
        return Prepared(read, self.alone.opened(read) if len(texts) == 1 else None)

    def plainly(self, batch: Prepared) -> tuple[PlainVerdict, bool] | None:
        """The safe answer of one text read to the letter, and whether it is its own symbols; else None."""
        read = batch.texts
        if batch.alone is None or read.speechless or read.starts[1] <= read.begins[0]:
            return None
        verdict = batch.alone.plain_verdict(int(read.begins[0]))
        return None if verdict is None else (verdict, not len(read.changed))

    def decide(
        self, batch: Prepared, numbers: Places, hints: Hints, on: date | None, care: Care
    ) -> tuple[Part, Places]:
        """The verdicts of a batch that is read with this care, and the rows that need the next one.

        `numbers` are those of the texts among all.
        """
        n, read = len(numbers), batch.texts
        part = Part(
            numbers,
            np.full(n, _NUMBER[MatchStatus.UNKNOWN], dtype=np.uint8),
            np.full(n, -1, dtype=np.int64),
            np.zeros(n, dtype=np.float32),
            np.zeros(n, dtype=np.float32),
            np.diff(read.starts),
            read.changed,
            read.plain,
        )
        return part, self._look(batch, self._sound(read, part), care, hints, part, on)

    def _look(
        self, batch: Prepared, rows: Places, care: Care, hints: Hints, part: Part, on: date | None
    ) -> Places:
        """Read some texts with one care, and write the verdicts that are settled; the rows that are not."""
        read = batch.texts
        first = self._first(read, rows, hints)
        if batch.alone is not None:
            readings = batch.alone.read(first, care)
        else:
            readings = self.reader.read(read, first, care)
        settled_rows = rows[:0]
        if len(answers := answering(self.reader, read, readings, care)):
            chosen = choose(self.reader, read, readings, answers, hints, care)
            settled = self._settled(chosen, care)
            settled_rows = chosen.row[settled]
            self._write(read, readings.states, chosen, settled, hints, part, on)
            unclear = settled_rows[~chosen.safe[settled]]
            for row in np.intersect1d(readings.capped, unclear).tolist():
                part.find(row, FindingKind.CANDIDATES_CAPPED)
        if care is WITH_SLIPS:
            for row in rows[part.status[rows] == _NUMBER[MatchStatus.UNKNOWN]].tolist():
                self._near_by(read, readings.states, row, part)
            return rows[:0]
        return np.setdiff1d(rows, settled_rows)

    def _sound(self, read: Texts, part: Part) -> Places:
        """The rows that hold something to read; the others are settled here."""
        real = read.starts[1:] > read.begins
        real[read.speechless] = False
        for row in np.flatnonzero(~real).tolist():
            letters = read.initials.get(row, "")
            found = sorted(self.initials.find(letters), key=lambda one: int(self.reader.entries.depth[one]))
            if found:
                part.status[row] = _NUMBER[MatchStatus.AMBIGUOUS]
                costs = [4 * int(self.reader.entries.depth[one]) for one in found]
                self._list(row, found, costs, part)
            elif not letters:
                part.status[row] = _NUMBER[MatchStatus.INVALID]
                part.find(row, FindingKind.NO_NAME)
        return np.flatnonzero(real)

    def _first(self, read: Texts, rows: Places, hints: Hints) -> States:
        """Reading begins anywhere in the register; where a division is given, also within it."""
        zero = np.zeros(len(rows), dtype=np.int64)
        everywhere = seeds(rows, read.begins[rows], zero, zero + len(self.reader.entries), zero - 1)
        given = rows[hints.high[rows] - hints.low[rows] < len(self.reader.entries)]
        if not len(given):
            return everywhere
        low, high = hints.low[given], hints.high[given]
        # A division's own row is the first of its range.
        depth = self.reader.entries.depth[low].astype(np.int64)
        return together([everywhere, seeds(given, read.begins[given], low, high, depth)])

    def _settled(self, chosen: Chosen, care: Care) -> NDArray[np.int64]:
        """Which of the chosen need no closer look."""
        costs = self.reader.costs
        if care is PLAINLY:
            return np.arange(len(chosen.row))
        if care is BY_EAR:
            # What is heard alike only in local speech may as well be a slip of another kind.
            return np.flatnonzero((chosen.cost <= costs.accept) & ~chosen.nearly)
        return np.arange(len(chosen.row))

    def _write(
        self,
        read: Texts,
        states: States,
        chosen: Chosen,
        settled: Places,
        hints: Hints,
        part: Part,
        on: date | None,
    ) -> None:
        row, target = chosen.row[settled], chosen.target[settled]
        cost, second = chosen.cost[settled], chosen.second[settled]
        safe = chosen.safe[settled] & (target >= 0)
        known = chosen.listed[settled]
        part.status[row] = np.where(
            safe,
            _NUMBER[MatchStatus.STANDARD],
            np.where(known, _NUMBER[MatchStatus.AMBIGUOUS], _NUMBER[MatchStatus.UNKNOWN]),
        )
        part.entry[row] = np.where(safe, target, -1)
        part.confidence[row], part.second[row] = of_cost(cost, second)
        part.confidence[row[~known]] = part.second[row[~known]] = 0
        shown = np.flatnonzero(safe | (target < 0))
        part.segments.append(_segments(read, states, chosen.chains[:, settled[shown]], row[shown]))
        for at in np.flatnonzero(~safe & known).tolist():
            self._unsafe(chosen, settled[at], int(row[at]), part)
        for flags, kind in (
            (chosen.by_point, FindingKind.DECIDED_BY_POINT),
            (chosen.by_within, FindingKind.DECIDED_BY_WITHIN),
            (chosen.outside, FindingKind.OUTSIDE_WITHIN),
        ):
            for at in np.flatnonzero(flags[settled]).tolist():
                part.find(int(row[at]), kind)
        self._of_points(row, target, hints, part)
        if on is not None:
            self._of_day(states, chosen.chains[:, settled], row, on, part)

    def _unsafe(self, chosen: Chosen, at: int, row: int, part: Part) -> None:
        """A row with no single safe answer: retired, or a list of candidates."""
        target = int(chosen.target[at])
        clear = int(chosen.second[at]) - int(chosen.cost[at]) >= self.reader.costs.sure_margin
        if target < -1 and clear and not chosen.outside[at]:
            part.status[row] = _NUMBER[MatchStatus.RETIRED]
            heirs = [heir for heir, _ in self.reader.entries.heirs_of(-2 - target)]
            self._list(row, heirs, [0] * len(heirs), part)
            return
        mine = np.flatnonzero(chosen.answers_row == row)
        best: dict[int, int] = {}
        for each in mine.tolist():
            meant, cost = int(chosen.answer_targets[each]), int(chosen.answer_costs[each])
            one_of = [meant] if meant >= 0 else [h for h, _ in self.reader.entries.heirs_of(-2 - meant)]
            for one in one_of:
                best[one] = min(cost, best.get(one, FAR))
        ordered = sorted(best, key=lambda one: (best[one], int(self.reader.entries.depth[one]), one))
        self._list(row, ordered, [best[one] for one in ordered], part)

    def _list(self, row: int, entries: Sequence[int], costs: Sequence[int], part: Part) -> None:
        shown = self.reader.costs.shown
        if len(entries) > shown:
            part.find(row, FindingKind.CANDIDATES_CAPPED, str(len(entries)))
        share = shares(costs)
        part.candidates[row] = tuple(zip(list(entries)[:shown], share[:shown], strict=True))
        part.confidence[row] = share[0] if share else 0.0
        part.second[row] = share[1] if len(share) > 1 else 0.0

    def _near_by(self, read: Texts, states: States, row: int, part: Part) -> None:
        """Of an unknown text the division down to which it could be read."""
        mine = np.flatnonzero((states.row == row) & (states.entry >= 0) & (states.ending >= 0))
        mine = mine[states.ever[mine] == 0]
        if not len(mine):
            return
        mine = mine[states.at[mine] == states.at[mine].max()]
        mine = mine[states.cost[mine] == states.cost[mine].min()]
        entry = int(states.entry[mine[0]])
        # Of several that are called so none is the one.
        if self.reader.entries.kind[entry] == STANDARD and (states.entry[mine] == entry).all():
            part.candidates[row] = ((entry, 0.1),)
            part.find(row, FindingKind.DEEPER_NOT_HELD, self.reader.entries.text(entry))

    def _of_points(self, row: Places, target: Places, hints: Hints, part: Part) -> None:
        entries = self.reader.entries
        some = np.flatnonzero((hints.county[row] >= 0) & (target >= 0))
        county = hints.county[row[some]]
        own = entries.at_depth(target[some], 2)
        holds = (entries.depth[target[some]] < 2) & (entries.low[target[some]] <= county)
        holds &= county < entries.high[target[some]]
        for at in np.flatnonzero((own != county) & ~holds).tolist():
            part.find(int(row[some[at]]), FindingKind.POINT_ELSEWHERE, entries.text(int(county[at])))

    def _of_day(self, states: States, chains: Places, row: Places, on: date, part: Part) -> None:
        """Where a former name still held on the day asked about."""
        entries = self.reader.entries
        for at in chains:
            for place in np.flatnonzero(at >= 0).tolist():
                entry = int(states.entry[at[place]])
                if entry < 0 or entries.kind[entry] == STANDARD:
                    continue
                ended = entries.ended(entry)[0]
                if ended and on.isoformat() < ended:
                    part.find(int(row[place]), FindingKind.HELD_THEN, entries.text(entry))


def _segments(read: Texts, states: States, chains: Places, row: Places) -> tuple[Places, NDArray[np.int32]]:
    """The names of the readings that are answers, in order, with their text's row."""
    in_order = chains[::-1].T
    held = (in_order >= 0) & (states.before[in_order] >= 0)
    one, mine = in_order[held], np.repeat(row, held.sum(axis=1))
    moved = states.seen[one] & int(Seen.MOVE) > 0
    columns = (
        np.where(moved, -1, states.entry[one]),
        states.begin[one] - read.starts[mine],
        states.stem[one],
        states.ending[one],
        states.ending_length[one],
        states.seen[one],
    )
    return mine, np.stack(columns, axis=1).astype(np.int32)
