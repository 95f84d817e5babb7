"""Entries with what changed since they were built (增量条目): rows that came, rows that hold no longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.columns import OTHER_DEPTH, FormerName, MatchColumns
from geoname.core.matching.entries import STANDARD, Entries, kind_of
from geoname.core.matching.generic_forms import ending_of
from geoname.core.matching.hashing import Places


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from the register that a matcher was built from.

    `hidden` are the entries that hold no longer. `columns` are standard names that came, none of them a
    division's; `former` what leads to them (`heir_name` counts the rows of `columns`), to divisions of the
    register, or nowhere.
    """

    hidden: Places
    columns: MatchColumns
    former: Sequence[FormerName]


@dataclass(frozen=True, slots=True)
class Came:
    """The names that came, ordered by where they lie: stems, spellings, the endings with their depths."""

    stems: list[str]
    romanizations: list[str]
    owned: list[tuple[str, int]]
    ending: Places
    """The place of each name's own ending in `owned`."""
    anchors: Places
    """For each the row of the division that holds it, -1 where none is known."""


class ChangedEntries(Entries):
    """The rows of the base, and after them those that came; all within a division is no longer one range."""

    def __init__(self, base: Entries, changes: Changes, first_ending: int) -> None:
        """Append the names that came; their endings are numbered from `first_ending` on."""
        n, columns, former = len(base), changes.columns, changes.former
        rows = _Rows(base, columns, former)
        self.came = rows.came()
        order = rows.order
        row_of = np.empty(len(order), dtype=np.int64)
        row_of[order] = n + np.arange(len(order))
        arrays = base.to_arrays()
        zero = np.zeros(len(order), dtype=np.int64)
        own = {
            "depth": rows.depth[order],
            "kind": rows.kind[order],
            "division": rows.division[order],
            "ending": first_ending + self.came.ending,
            "parent": rows.parent[order],
            "low": zero,
            "high": zero,
            "shallow": zero,
        }
        for name, values in own.items():
            arrays[name] = np.concatenate((arrays[name], values.astype(arrays[name].dtype)))
        arrays |= _formers(base, rows, row_of)
        self.base_rows = n
        self.hidden = np.zeros(n + len(order), dtype=np.bool_)
        self.hidden[changes.hidden] = True
        self.anchors: Places = np.concatenate((np.arange(n), self.came.anchors))
        above = _above(base, [*base.parent[changes.hidden].tolist(), *self.came.anchors.tolist()])
        _correct_shallow(arrays, base, self.hidden, self.came.anchors[own["kind"] == STANDARD], above)
        self.held = _held(base, self.hidden, self.came.anchors, above)
        ranges = sorted((low * n + high, now) for (low, high), now in self.held.items())
        # The last is there for what lies beyond all of them.
        last = np.iinfo(np.int64).max
        self._ranges = (
            np.array([*(key for key, _ in ranges), last], dtype=np.int64),
            np.array([*(now for _, now in ranges), False], dtype=np.bool_),
        )
        super().__init__(arrays)
        self._base = base
        self._texts_of_came: list[str] = [rows.texts[at] for at in order.tolist()]
        self._ids_of_came: list[str] = [rows.ids[at] for at in order.tolist()]

    def text(self, row: int) -> str:
        """The name as it is written."""
        if row < self.base_rows:
            return self._base.text(row)
        return self._texts_of_came[row - self.base_rows]

    def name_id(self, row: int) -> str:
        """The id of a standard name."""
        if row < self.base_rows:
            return self._base.name_id(row)
        return self._ids_of_came[row - self.base_rows]

    def leads_on(self, low: Places, high: Places) -> NDArray[np.bool_]:
        """For each division, by its range, whether it holds any other name now."""
        held, (ranges, now) = super().leads_on(low, high), self._ranges
        wanted = low * self.base_rows + high
        at = np.searchsorted(ranges, wanted)
        known: NDArray[np.bool_] = np.where(ranges[at] == wanted, now[at], held)
        return known

    def lying(self, rows: Places) -> Places:
        """For each row the row by which ranges hold it."""
        return self.anchors[rows]


class _Rows:
    """The columns of the names that came, standard ones first, and their order by place."""

    def __init__(self, base: Entries, columns: MatchColumns, former: Sequence[FormerName]) -> None:
        self.columns, self.former = columns, former
        n = len(columns)
        self.texts = [*columns.text, *(one.text for one in former)]
        self.ids = [*columns.name_id, *[""] * len(former)]
        self.depth = np.array([*columns.depth, *(one.depth for one in former)], dtype=np.int64)
        self.division = np.array([*columns.division, *[-1] * len(former)], dtype=np.int64)
        self.kind = np.array([*[STANDARD] * n, *map(kind_of, former)], dtype=np.int64)
        places = [*columns.division.tolist(), *(one.within for one in former)]
        self.anchor = np.array([base.row_of_division(place) for place in places], dtype=np.int64)
        self.parent = self.anchor.copy()
        self.heirs: list[list[tuple[int, bool]]] = []
        for at, one in enumerate(former, n):
            found = [(base.row_of_division(heir), whole) for heir, whole in one.heirs]
            self.heirs.append([(row, whole) for row, whole in found if row >= 0])
            if one.is_spelling and self.heirs[-1]:
                self.parent[at] = base.parent[self.heirs[-1][0][0]]
        self.order = np.lexsort((self.kind, self.anchor))

    def came(self) -> Came:
        """What the forms are made of."""
        specific = [*self.columns.specific_length.tolist(), *(one.specific_length for one in self.former)]
        spelt = [*self.columns.romanization, *[""] * len(self.former)]
        endings = [
            ending_of(text, length, depth)
            for text, length, depth in zip(self.texts, specific, self.depth.tolist(), strict=True)
        ]
        order = self.order.tolist()
        own = [(endings[at], int(self.depth[at])) for at in order]
        numbers = {each: number for number, each in enumerate(dict.fromkeys(own))}
        return Came(
            [self.texts[at][: len(self.texts[at]) - len(endings[at])] for at in order],
            [spelt[at] for at in order],
            list(numbers),
            np.array([numbers[each] for each in own], dtype=np.int64),
            self.anchor[self.order],
        )


def _formers(base: Entries, rows: _Rows, row_of: Places) -> dict[str, NDArray[Any]]:
    """The columns of all names that are no standard ones."""
    arrays, n = base.to_arrays(), len(rows.columns)
    starts, flat, dated = arrays["heir_starts"].tolist(), [], []
    for at in rows.order[rows.order >= n].tolist():
        one = rows.former[at - n]
        own = list(rows.heirs[at - n])
        if one.heir_name >= 0:
            own.append((int(row_of[one.heir_name]), True))
        flat += own
        starts.append(starts[-1] + len(own))
        dated.append((one.ended.encode(), one.basis.encode()))
    ended, basis = ([each[part] for each in dated] for part in range(2))
    return {
        "rows_of_former": np.concatenate(
            (arrays["rows_of_former"], row_of[rows.order[rows.order >= n]].astype(np.uint32))
        ),
        "heir_starts": np.array(starts, dtype=np.uint32),
        "heirs": np.concatenate((arrays["heirs"], np.array([heir for heir, _ in flat], dtype=np.int32))),
        "heir_whole": np.concatenate((arrays["heir_whole"], np.array([w for _, w in flat], dtype=np.bool_))),
        "ended": np.concatenate((arrays["ended"], np.array(ended, dtype="S10"))),
        "basis": np.concatenate(
            (arrays["basis"], np.array(basis, dtype="S") if basis else arrays["basis"][:0])
        ),
    }


def _above(base: Entries, rows: Iterable[int]) -> list[int]:
    """These rows and all divisions above them: no other can hold less or more than before."""
    above: set[int] = set()
    for row in rows:
        while row >= 0 and row not in above:
            above.add(row)
            row = int(base.parent[row])
    return sorted(above)


def _correct_shallow(
    arrays: dict[str, NDArray[Any]],
    base: Entries,
    hidden: NDArray[np.bool_],
    came: Places,
    above: Sequence[int],
) -> None:
    """Below which divisions the register knows no current name, now."""
    shallow = arrays["shallow"]
    for row in above:
        low, high = int(base.low[row]), int(base.high[row])
        known = int(((base.kind[low:high] == STANDARD) & ~hidden[low:high]).sum())
        known += int(((came >= low) & (came < high)).sum())
        deep = base.depth[row] >= OTHER_DEPTH - 1 or base.kind[row] != STANDARD
        shallow[row] = not deep and known <= 1


def _held(
    base: Entries, hidden: NDArray[np.bool_], came: Places, above: Sequence[int]
) -> dict[tuple[int, int], bool]:
    """Of the divisions that hold what changed, by their range: whether they hold any other name."""
    held = {}
    for row in above:
        low, high = int(base.low[row]), int(base.high[row])
        held[low, high] = bool((~hidden[low:high]).sum() + ((came >= low) & (came < high)).sum() > 1)
    return held
