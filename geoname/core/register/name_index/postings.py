"""The ranks of the names that hold a character or a pair of neighbouring characters (二字组)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name_index.key_table import KeyTable, SpelledKeys
from geoname.core.register.name_index.paging import Keep, Rows, are_in

_ARRAYS = ("char_starts", "char_rows", "pairs", "pair_starts", "pair_rows", "key_of_row")
_NONE: NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)


class Postings:
    """Ranks by character and by pair; both lists ascend, so that the best names come first."""

    def __init__(self, table: KeyTable, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the table of the keys and the arrays named in `to_arrays`."""
        self._table = table
        self._arrays = {name: arrays[name] for name in _ARRAYS}
        self._char_starts = arrays["char_starts"].data
        self._pairs = arrays["pairs"].data
        self._pair_starts = arrays["pair_starts"].data
        self._char_rows: NDArray[np.uint32] = arrays["char_rows"]
        self._pair_rows: NDArray[np.uint32] = arrays["pair_rows"]
        self._key_of_row = arrays["key_of_row"].data

    def candidates(self, parts: Sequence[Sequence[int]]) -> list[Rows]:
        """Lists of ranks, shortest first; a name that contains every part is in all of them."""
        lists: list[Rows] = []
        for part in parts:
            if 0 in part:
                return [_NONE]
            if len(part) == 1:
                lists.append(self._with_char(part[0]))
            else:
                lists += [self._with_pair(*pair) for pair in set(pairwise(part))]
        return sorted(lists, key=len)

    def keeping(self, parts: Sequence[Sequence[int]], others: Sequence[Rows]) -> Keep:
        """A function that says of ranks of one of the candidates' lists which contain every part."""
        # Having all its pairs does not yet prove that a name has a part of three characters or more.
        to_read = [part for part in parts if len(part) > 2]

        def keep(rows: Rows) -> NDArray[np.bool_]:
            passed: NDArray[np.bool_] = np.ones(len(rows), dtype=np.bool_)
            for other in others:
                passed &= are_in(rows, other)
            if to_read:
                for at in np.flatnonzero(passed).tolist():
                    key = self._key_of_row[int(rows[at])]
                    passed[at] = all(self._table.contains(key, part) for part in to_read)
            return passed

        return keep

    def _with_char(self, symbol: int) -> NDArray[np.uint32]:
        return self._char_rows[self._char_starts[symbol] : self._char_starts[symbol + 1]]

    def _with_pair(self, first: int, second: int) -> NDArray[np.uint32]:
        pair = first << self._table.alphabet.bits | second
        at = bisect_left(self._pairs, pair)
        if at == len(self._pairs) or self._pairs[at] != pair:
            return _NONE
        return self._pair_rows[self._pair_starts[at] : self._pair_starts[at + 1]]

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep, their names prefixed."""
        return {f"{prefix}_{name}": array for name, array in self._arrays.items()}

    @classmethod
    def from_arrays(cls, prefix: str, table: KeyTable, arrays: Mapping[str, NDArray[Any]]) -> Postings:
        """What `to_arrays` gave."""
        return cls(table, {name: arrays[f"{prefix}_{name}"] for name in _ARRAYS})


def build_postings(table: KeyTable, keys: SpelledKeys) -> Postings:
    """The postings of the keys of the ranks 0, 1, 2 …"""
    # The last of these is found for -1, which is no key.
    lengths = np.append(np.diff(keys.starts), 0)[keys.of_rank]
    rows = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    moved = keys.starts[keys.of_rank] - (np.cumsum(lengths) - lengths)
    symbols = keys.symbols[np.arange(len(rows)) + np.repeat(moved, lengths)]
    chars, char_rows = _grouped(symbols, rows)
    char_starts = np.searchsorted(chars, np.arange(len(table.alphabet.code_points) + 2)).astype(np.uint32)
    inside = rows[1:] == rows[:-1]
    bits = np.uint64(table.alphabet.bits)
    wide = symbols.astype(np.uint64)
    pairs, pair_rows = _grouped((wide[:-1] << bits | wide[1:])[inside], rows[1:][inside])
    distinct, firsts = np.unique(pairs, return_index=True)
    return Postings(
        table,
        {
            "char_starts": char_starts,
            "char_rows": char_rows,
            "pairs": distinct,
            "pair_starts": np.append(firsts, len(pairs)).astype(np.uint32),
            "pair_rows": pair_rows,
            "key_of_row": keys.of_rank,
        },
    )


def _grouped(groups: NDArray[Any], rows: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Group and rank of each occurrence, sorted, each once."""
    both = np.sort(groups.astype(np.uint64) << np.uint64(32) | rows)
    both = both[np.concatenate(([True], both[1:] != both[:-1]))] if len(both) else both
    return (both >> np.uint64(32)).astype(np.uint32), both.astype(np.uint32)
