"""The names that a text may mean (条目) as arrays, ordered so that all within a division is one range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.columns import OTHER_DEPTH, DivisionTree, FormerName, MatchColumns
from geoname.core.matching.generic_forms import ending_of
from geoname.core.matching.hashing import Places

STANDARD, SPELLING, RENAME, FORMER = range(4)
_COLUMNS = (
    *("depth", "kind", "division", "ending", "parent", "low", "high", "text_at", "name_id", "shallow"),
    "divisions_before",
)
_FORMER = ("first_former", "heir_starts", "heirs", "heir_whole", "ended", "basis")


class Entries:
    """One row for each name, by place in the tree of divisions.

    `low` and `high` bound the rows of what lies within (equal for what is no division); `parent` is the row
    of the division above; `kind` STANDARD or one of the others, which lead to heirs. `shallow` marks
    divisions below which the register knows nothing. `divisions_before` counts, for n + 1 rows, the names of
    divisions before each.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays that `to_arrays` gives."""
        self._arrays = {name: arrays[name] for name in (*_COLUMNS, *_FORMER, "rows_of_former", "entry_text")}
        self.depth: NDArray[np.uint8] = arrays["depth"]
        self.kind: NDArray[np.uint8] = arrays["kind"]
        self.division: NDArray[np.int32] = arrays["division"]
        self.ending: NDArray[np.uint16] = arrays["ending"]
        self.parent: NDArray[np.int32] = arrays["parent"]
        self.low: NDArray[np.int32] = arrays["low"]
        self.high: NDArray[np.int32] = arrays["high"]
        self.shallow: NDArray[np.bool_] = arrays["shallow"]
        self.divisions_before: NDArray[np.uint32] = arrays["divisions_before"]
        self.heirs: NDArray[np.int32] = arrays["heirs"]
        self.heir_whole: NDArray[np.bool_] = arrays["heir_whole"]
        self._heir_starts: Places = arrays["heir_starts"].astype(np.int64)
        self._rows_of_former: Places = arrays["rows_of_former"].astype(np.int64)
        self._single_heir = self._single_heirs()

    def __len__(self) -> int:
        """How many names of all kinds."""
        return len(self.depth)

    def text(self, row: int) -> str:
        """The name as it is written."""
        at, texts = self._texts
        return str(texts[at[row] : at[row + 1]], "utf-8")

    @cached_property
    def _texts(self) -> tuple[memoryview, memoryview]:
        """Where each text begins, and the texts, which are read one at a time faster through views."""
        text_at, texts = (np.ascontiguousarray(self._arrays[name]) for name in ("text_at", "entry_text"))
        return text_at.data, texts.data

    def name_id(self, row: int) -> str:
        """The id of a standard name."""
        return str(self._arrays["name_id"][row].decode())

    @property
    def name_ids(self) -> NDArray[np.bytes_]:
        """The ids by row, empty for what is no standard name."""
        ids: NDArray[np.bytes_] = self._arrays["name_id"]
        return ids

    def path(self, row: int) -> tuple[str, ...]:
        """The names from the province down to this one."""
        upwards, at = [], row
        while at >= 0:
            upwards.append(self.text(at))
            at = int(self.parent[at])
        return tuple(reversed(upwards))

    def at_depth(self, rows: Places, depth: int) -> Places:
        """For each row the division at this depth that holds it or is it, -1 when there is none."""
        found = rows.astype(np.int64)
        for _ in range(OTHER_DEPTH + 1):
            below = np.flatnonzero(found >= 0)
            below = below[self.depth[found[below]] > depth]
            if not len(below):
                break
            found[below] = self.parent[found[below]]
        at = found >= 0
        found[at] = np.where(self.depth[found[at]] == depth, found[at], -1)
        return found

    def targets(self, rows: Places) -> Places:
        """The standard entry that each row means; -2 - row for a former name with no single heir."""
        target = rows.copy()
        former = np.flatnonzero(self.kind[rows] != STANDARD)
        if len(former):
            heir = self._single_heir[np.searchsorted(self._rows_of_former, rows[former])]
            target[former] = np.where(heir >= 0, heir, -2 - rows[former])
        return target

    def _single_heirs(self) -> Places:
        """For each former name the one heir that carries the whole on, -1 for none or several."""
        single = np.full(len(self._rows_of_former), -1, dtype=np.int64)
        number = np.repeat(np.arange(len(single)), np.diff(self._heir_starts))
        whole = np.bincount(number[self.heir_whole], minlength=len(single))
        kept = self.heir_whole & (whole[number] == 1)
        single[number[kept]] = self.heirs[kept]
        return single

    def heir_range(self, rows: Places) -> tuple[Places, Places]:
        """Where the heirs of each row that is no standard name begin, and how many they are."""
        number = np.searchsorted(self._rows_of_former, rows)
        starts = self._heir_starts[number]
        return starts, self._heir_starts[number + 1] - starts

    def heirs_of(self, row: int) -> list[tuple[int, bool]]:
        """The rows of a former name's heirs, each with whether it carries the whole on."""
        starts, counts = self.heir_range(np.array([row], dtype=np.int64))
        begin = int(starts[0])
        span = slice(begin, begin + int(counts[0]))
        return list(zip(self.heirs[span].tolist(), self.heir_whole[span].tolist(), strict=True))

    def ended(self, row: int) -> tuple[str, str]:
        """Until when a former name held, and the document that ended it; "" for what is not known."""
        number = int(np.searchsorted(self._rows_of_former, row))
        return self._arrays["ended"][number].decode(), self._arrays["basis"][number].decode()

    def divisions_within(self, low: Places, high: Places) -> Places:
        """How many names of divisions each range holds."""
        last = len(self.divisions_before) - 1
        before = self.divisions_before[np.minimum(low, last)].astype(np.int64)
        return self.divisions_before[np.minimum(high, last)] - before

    def leads_on(self, low: Places, high: Places) -> NDArray[np.bool_]:
        """For each division, by its range, whether it holds any other name."""
        held: NDArray[np.bool_] = high - low > 1
        return held

    def lying(self, rows: Places) -> Places:
        """For each row the row by which ranges hold it: its own."""
        return rows

    def row_of_division(self, position: int) -> int:
        """The row of the division at a preorder position, -1 when it is none of the register."""
        first = self._arrays["first_former"]
        return int(first[position]) if 0 <= position < len(first) else -1

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return dict(self._arrays)


@dataclass(frozen=True, slots=True)
class Built:
    """The entries, the stem of each, its own syllables where given, and the endings by number."""

    entries: Entries
    stems: list[str]
    romanizations: list[str]
    owned: list[tuple[str, int]]


def build_entries(columns: MatchColumns, former: Sequence[FormerName], tree: DivisionTree) -> Built:
    """Order all names by their place in the tree; former names stand where they once stood."""
    n = len(columns)
    depth = np.concatenate((columns.depth, [one.depth for one in former])).astype(np.uint8)
    division = np.concatenate((columns.division, [one.division for one in former])).astype(np.int32)
    place = division.copy()
    for row, one in enumerate(former, n):
        place[row] = one.within if one.division < 0 else one.division
    kind = np.concatenate((np.zeros(n), [kind_of(one) for one in former])).astype(np.uint8)
    order = np.lexsort((kind, depth == OTHER_DEPTH, place))
    texts = [*columns.text, *(one.text for one in former)]
    specific = [*columns.specific_length.tolist(), *(one.specific_length for one in former)]
    row_of = np.empty(len(order), dtype=np.int64)
    row_of[order] = np.arange(len(order))
    own = np.full(len(tree.ends), -1, dtype=np.int32)
    standing = np.flatnonzero((columns.depth < OTHER_DEPTH) & (columns.division >= 0))
    own[columns.division[standing]] = row_of[standing]
    for row, one in enumerate(former, n):
        if one.division >= 0 and own[one.division] < 0:
            own[one.division] = row_of[row]
    above = np.full(len(order), -1, dtype=np.int64)
    held = np.flatnonzero(place >= 0)
    is_own = (depth < OTHER_DEPTH) & (division >= 0)
    parents = np.append(tree.parents, -1)
    above[held] = np.where(is_own[held], parents[place[held]], place[held])
    for row, one in enumerate(former, n):
        if one.is_spelling and one.heirs:
            above[row] = tree.parents[one.heirs[0][0]]
    parent = np.where(above >= 0, np.append(own, -1)[above], -1)
    sorted_place = place[order]
    low, high = np.zeros(len(order), np.int32), np.zeros(len(order), np.int32)
    low[is_own] = np.searchsorted(sorted_place, place[is_own])
    high[is_own] = np.searchsorted(sorted_place, tree.ends[place[is_own]])
    endings = [
        ending_of(text, length, at) for text, length, at in zip(texts, specific, depth.tolist(), strict=True)
    ]
    owned = {
        key: number for number, key in enumerate(dict.fromkeys(zip(endings, depth.tolist(), strict=True)))
    }
    encoded = [texts[row].encode() for row in order.tolist()]
    ids = np.array([*columns.name_id, *[""] * len(former)], dtype="S12")
    arrays: dict[str, NDArray[Any]] = {
        "depth": depth[order],
        "kind": kind[order],
        "division": division[order],
        "ending": np.array([owned[key] for key in zip(endings, depth.tolist(), strict=True)], np.uint16)[
            order
        ],
        "parent": parent[order].astype(np.int32),
        "low": low[order],
        "high": high[order],
        "text_at": np.concatenate(([0], np.cumsum([len(each) for each in encoded]))).astype(np.uint32),
        "entry_text": np.frombuffer(b"".join(encoded), dtype=np.uint8),
        "name_id": ids[order],
        "first_former": own,
        **_heirs(former, np.flatnonzero(order >= n), order, own, row_of),
    }
    arrays["shallow"] = _shallow(arrays)
    of_division = arrays["depth"] < OTHER_DEPTH
    arrays["divisions_before"] = np.concatenate(([0], np.cumsum(of_division))).astype(np.uint32)
    stems = [texts[row][: len(texts[row]) - len(endings[row])] for row in order.tolist()]
    romanizations = [*columns.romanization, *[""] * len(former)]
    return Built(Entries(arrays), stems, [romanizations[row] for row in order.tolist()], list(owned))


def kind_of(one: FormerName) -> int:
    """The kind of a name that is no standard one."""
    return SPELLING if one.is_spelling else RENAME if one.is_rename else FORMER


def _heirs(
    former: Sequence[FormerName], rows: Places, order: Places, own: NDArray[np.int32], row_of: Places
) -> dict[str, NDArray[Any]]:
    """The heirs of the former names, in the order of their rows; only those in the register."""
    n = len(order) - len(former)
    of_row = [former[at] for at in (order[rows] - n).tolist()]
    heirs = [[(int(own[at]), whole) for at, whole in one.heirs if own[at] >= 0] for one in of_row]
    for one, found in zip(of_row, heirs, strict=True):
        if one.heir_name >= 0:
            found.append((int(row_of[one.heir_name]), True))
    flat = [each for one in heirs for each in one]
    return {
        "rows_of_former": rows.astype(np.uint32),
        "heir_starts": np.concatenate(([0], np.cumsum([len(one) for one in heirs]))).astype(np.uint32),
        "heirs": np.array([heir for heir, _ in flat], dtype=np.int32),
        "heir_whole": np.array([whole for _, whole in flat], dtype=np.bool_),
        "ended": np.array([one.ended.encode() for one in of_row], dtype="S10"),
        "basis": np.array([one.basis.encode() for one in of_row], dtype="S") if of_row else np.zeros(0, "S1"),
    }


def _shallow(arrays: Mapping[str, NDArray[Any]]) -> NDArray[np.bool_]:
    """Divisions above the villages in which no other current name is known."""
    counted = (arrays["kind"] == STANDARD).astype(np.int64)
    before = np.concatenate(([0], np.cumsum(counted)))
    within = before[arrays["high"]] - before[arrays["low"]]
    empty: NDArray[np.bool_] = (arrays["depth"] < OTHER_DEPTH - 1) & (within <= 1)
    empty &= arrays["kind"] == STANDARD
    return empty
