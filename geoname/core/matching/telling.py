"""The steps of many answers at once (批量说明): each name or pair of names is explained once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from geoname.core.matching.answer import Step
from geoname.core.matching.entries import FORMER, STANDARD
from geoname.core.matching.explaining import Explainer
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.hashing import Places
from geoname.core.matching.many import SEGMENT_COLUMNS, Matches, read_until
from geoname.core.matching.segment import ReadText, Segment
from geoname.core.matching.states import FAULTS, Seen

_ENTRY, _ENDING, _SEEN = (SEGMENT_COLUMNS.index(name) for name in ("entry", "ending", "seen"))
_FAULTY = FAULTS | int(Seen.LETTERS)
_MOST_KEPT = 50_000
Steps = tuple[Step, ...]
Group = TypeVar("Group")


@dataclass(frozen=True)
class Told(Generic[Group]):
    """Steps in columns: text `rows[i]` has the steps of `groups[which[i]]`.

    The rows ascend; the groups of one row follow each other in the order of its steps. Groups that no row
    has may be among them.
    """

    rows: Places
    which: Places
    groups: Sequence[Group | None]


@dataclass(slots=True)
class _Pieces(Generic[Group]):
    """What was found so far: the place of each piece among all, its row, its group."""

    places: list[Places]
    rows: list[Places]
    which: list[Places]
    groups: list[Group | None]

    def add(self, places: Places, rows: Places, which: Places, groups: Sequence[Group | None]) -> None:
        self.places.append(places)
        self.rows.append(rows)
        self.which.append(which + len(self.groups))
        self.groups += groups


class Teller(Generic[Group]):
    """Tells the steps of many answers; they are those that each answer gives by itself.

    What a name read without fault, or two names that follow each other, have to tell depends on nothing
    else; what it told of some fifty thousand of them is kept. For one thread.
    """

    def __init__(self, explainer: Explainer, grouped: Callable[[Steps], Group]) -> None:
        """Take what explains one, and what is made of the steps that are told together (never none)."""
        self._explainer, self._grouped = explainer, grouped
        self._of_name: dict[int, Group | None] = {}
        self._of_pair: dict[int, Group | None] = {}

    def tell(self, matches: Matches) -> Told[Group]:
        """The steps of all rows that have any."""
        starts, segments = matches.segment_starts, matches.segments
        counts = np.diff(starts)
        row = np.repeat(np.arange(len(counts)), counts)
        moved = np.zeros(len(counts), dtype=np.bool_)
        moved[row[segments[:, _ENTRY] < 0]] = True
        alone = moved | (read_until(starts, segments) > matches.plain)
        alone[list(matches.read_as)] = True
        pieces = _Pieces[Group]([], [], [], [])
        whole = np.flatnonzero(alone & matches.told & (counts > 0))
        groups = [self._group(matches.steps(at)) for at in whole.tolist()]
        pieces.add(starts[whole] * 2, whole, np.arange(len(whole)), groups)
        some = np.flatnonzero((matches.told & ~alone)[row])
        self._names(matches, row, some, pieces)
        self._pairs(matches, row, some, pieces)
        filled = np.array([group is not None for group in pieces.groups], dtype=np.bool_)
        which = np.concatenate(pieces.which)
        kept = np.flatnonzero(filled[which]) if len(which) else np.zeros(0, dtype=np.int64)
        order = kept[np.argsort(np.concatenate(pieces.places)[kept], kind="stable")]
        return Told(np.concatenate(pieces.rows)[order], which[order], pieces.groups)

    def _names(self, matches: Matches, row: Places, some: Places, pieces: _Pieces[Group]) -> None:
        """What each name has to tell."""
        entries, table = self._explainer.entries, self._explainer.steps.table
        agreement = self._explainer.steps.endings.agreement
        entry, ending = matches.segments[some, _ENTRY], matches.segments[some, _ENDING]
        faulty = matches.segments[some, _SEEN] & _FAULTY > 0
        agreed = agreement[entries.ending[entry], ending]

        def explained(at: int) -> Steps:
            read = ReadText(matches.texts[row[at]], True, table)
            return tuple(self._explainer.steps.of(read, Segment(*matches.segments[at].tolist())))

        plain = ~faulty & ((entries.kind[entry] != STANDARD) | (agreed != Agreement.EXACT))
        key = entry[plain].astype(np.int64) * agreement.shape[1] + ending[plain] + 1
        self._by_key(key, some[plain], row, 0, self._of_name, explained, pieces)
        each = some[faulty]
        pieces.add(
            each * 2, row[each], np.arange(len(each)), [self._group(explained(at)) for at in each.tolist()]
        )

    def _pairs(self, matches: Matches, row: Places, some: Places, pieces: _Pieces[Group]) -> None:
        """What lies, or does not lie, between a name and the one read before it."""
        entries, steps = self._explainer.entries, self._explainer.steps
        at = some[1:][row[some[1:]] == row[some[:-1]]]
        before, entry = matches.segments[at - 1, _ENTRY], matches.segments[at, _ENTRY]
        follows = (entries.parent[entry] == before) & (entries.kind[entry] == STANDARD)
        apart = (entries.kind[entry] != FORMER) & ~(follows & (entries.kind[before] == STANDARD))
        at, before, entry = at[apart], before[apart], entry[apart]

        def explained(at: int) -> Steps:
            before, one = (int(matches.segments[each, _ENTRY]) for each in (at - 1, at))
            above, meant = steps.meant(before), steps.meant(one)
            return (
                tuple(steps.of_parent(before, above if above >= 0 else before, meant)) if meant >= 0 else ()
            )

        key = before.astype(np.int64) * len(entries) + entry
        self._by_key(key, at, row, 1, self._of_pair, explained, pieces)

    def _by_key(
        self,
        key: Places,
        at: Places,
        row: Places,
        late: int,
        kept: dict[int, Group | None],
        explained: Callable[[int], Steps],
        pieces: _Pieces[Group],
    ) -> None:
        """Explain each key once, by the first segment that has it."""
        keys, first, which = np.unique(key, return_index=True, return_inverse=True)
        groups: list[Group | None] = []
        for one, begun in zip(keys.tolist(), at[first].tolist(), strict=True):
            if one not in kept:
                if len(kept) >= _MOST_KEPT:
                    kept.clear()
                kept[one] = self._group(explained(begun))
            groups.append(kept[one])
        pieces.add(at * 2 + late, row[at], which.reshape(-1), groups)

    def _group(self, steps: Steps) -> Group | None:
        return self._grouped(steps) if steps else None
