"""Distinct keys (检索键) in the order of Unicode, each with the ranks of its names: exact and by prefix."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name_index.alphabet import BLOCK_BITS, Alphabet, code_points
from geoname.core.register.name_index.coded import Coded, in_order, rows_by
from geoname.core.register.name_index.paging import Keep, Page, Rows, page_of

HEAVY = 512
"""A prefix of more names than this has a list of its best ranks beside it."""
BEST = 128
_ARRAYS = ("heads", "tail_starts", "tails", "row_starts", "rows", "best_spans", "best_rows")


class KeyTable:
    """Distinct keys and their ranks.

    A key is its first block of characters (`heads`) and the blocks after it (`tails`). Keys are searched by
    bisection over the mapped arrays, which is as quick as hashing and serves prefixes too.
    """

    def __init__(self, alphabet: Alphabet, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays named in `to_arrays`, without their prefix."""
        self.alphabet = alphabet
        self._arrays = {name: arrays[name] for name in _ARRAYS}
        self._heads = arrays["heads"].data
        self._begins = _begins(alphabet, arrays["heads"])
        self._tail_starts = arrays["tail_starts"].data
        self._tails = arrays["tails"].data
        self._row_starts = arrays["row_starts"].data
        self._rows: NDArray[np.uint32] = arrays["rows"]
        self._best_spans = arrays["best_spans"].data
        self._best_rows = arrays["best_rows"].reshape(-1, BEST)

    def __len__(self) -> int:
        """How many distinct keys."""
        return len(self._heads)

    def find(self, symbols: Sequence[int]) -> int:
        """The number of the key of exactly these symbols, -1 when there is none."""
        if not symbols or 0 in symbols:
            return -1
        blocks = self.alphabet.pack(symbols)
        heads, starts, first = self._heads, self._tail_starts, blocks[0]
        above = self._begins[symbols[0] + 1]
        key = bisect_left(heads, first, self._begins[symbols[0]], above)
        if key == above or heads[key] != first:
            return -1
        if len(blocks) == 1:
            # Of the keys with one head, the one that ends with it comes first.
            return key if starts[key] == starts[key + 1] else -1
        end = bisect_right(heads, first, key, above)
        rest = blocks[1:]
        key = bisect_left(range(end), rest, key, key=self._tail)
        return key if key < end and self._tail(key) == rest else -1

    def rows_of(self, key: int) -> NDArray[np.uint32]:
        """The ranks of the names of this key, ascending."""
        starts = self._row_starts
        return self._rows[starts[key] : starts[key + 1]]

    def rows_between(self, lo: int, hi: int) -> NDArray[np.uint32]:
        """The ranks of the names of the keys lo to hi - 1, key by key."""
        starts = self._row_starts
        return self._rows[starts[lo] : starts[hi]]

    def contains(self, key: int, symbols: Sequence[int]) -> bool:
        """Whether these symbols stand one after the other somewhere in a key."""
        return self.alphabet.occurs(symbols, self._blocks(key))

    def matches(self, key: int, blocks: Sequence[int], hole_block: int, hole: int) -> bool:
        """Whether a key equals these blocks but for one character, anything, where the mask `hole` is set."""
        start = self._tail_starts[key]
        if self._tail_starts[key + 1] - start + 1 != len(blocks):
            return False
        for i, wanted in enumerate(blocks):
            block = self._heads[key] if i == 0 else self._tails[start + i - 1]
            if i != hole_block:
                if block != wanted:
                    return False
            elif not block & hole or block & ~hole != wanted & ~hole:
                return False
        return True

    def prefix_span(self, symbols: Sequence[int]) -> tuple[int, int]:
        """The half-open range of keys that begin with these symbols."""
        if 0 in symbols:
            return 0, 0
        if not symbols:
            return 0, len(self._heads)
        blocks = self.alphabet.pack(symbols)
        slot = (len(symbols) - 1) % self.alphabet.per_block
        return self._span(blocks, 1 << (BLOCK_BITS - self.alphabet.bits * (slot + 1)))

    def prefix_page(self, symbols: Sequence[int], keep: Keep | None, after: int, limit: int) -> Page:
        """The best ranks of the keys that begin with these symbols."""
        lo, hi = self.prefix_span(symbols)
        best = self._best(lo, hi)
        if best is not None and after < int(best[-1]):
            page = page_of(best, keep, after, limit)
            # The range goes on where the list ends; whether a filter lets any more through is not known.
            if len(page.rows) == limit and (page.more or keep is None):
                return Page(page.rows, True)
        return page_of(self.ranked(lo, hi), keep, after, limit)

    def ranked(self, lo: int, hi: int) -> Rows:
        """The ranks of the names of the keys lo to hi - 1, ascending."""
        rows = self.rows_between(lo, hi)
        return rows if hi - lo == 1 else np.sort(rows)

    def _best(self, lo: int, hi: int) -> NDArray[np.uint32] | None:
        span = lo << 32 | hi
        at = bisect_left(self._best_spans, span)
        if at < len(self._best_spans) and self._best_spans[at] == span:
            best: NDArray[np.uint32] = self._best_rows[at]
            return best
        return None

    def _span(self, blocks: Sequence[int], step: int) -> tuple[int, int]:
        """The keys from these blocks on, to below the same with `step` added to the last."""
        heads, first = self._heads, blocks[0]
        lo = bisect_left(heads, first)
        if len(blocks) == 1:
            return lo, bisect_left(heads, first + step, lo)
        keys = range(bisect_right(heads, first, lo))
        rest = list(blocks[1:])
        lo = bisect_left(keys, rest, lo, key=self._tail)
        return lo, bisect_left(keys, [*rest[:-1], rest[-1] + step], lo, key=self._tail)

    def _tail(self, key: int) -> list[int]:
        starts = self._tail_starts
        return self._tails[starts[key] : starts[key + 1]].tolist()

    def _blocks(self, key: int) -> list[int]:
        return [self._heads[key], *self._tail(key)]

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep, their names prefixed."""
        kept = {f"{prefix}_{name}": array for name, array in self._arrays.items()}
        return kept | self.alphabet.to_arrays(prefix)

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> KeyTable:
        """What `to_arrays` gave."""
        return cls(
            Alphabet.from_arrays(prefix, arrays), {name: arrays[f"{prefix}_{name}"] for name in _ARRAYS}
        )


def _begins(alphabet: Alphabet, heads: NDArray[np.uint64]) -> list[int]:
    """Where the keys that begin with each symbol start, by symbol, and where the last of them end."""
    symbols = np.arange(1, len(alphabet.code_points) + 1, dtype=np.uint64)
    starts = np.searchsorted(heads, symbols << np.uint64(BLOCK_BITS - alphabet.bits))
    return [0, *starts.tolist(), len(heads)]


class SpelledKeys(NamedTuple):
    """The keys of a table by number: `symbols[starts[k] : starts[k + 1]]`; `of_rank` is -1 for none."""

    symbols: NDArray[np.uint32]
    starts: NDArray[np.int64]
    of_rank: NDArray[np.int32]


def build_key_table(keys: Coded[str]) -> tuple[KeyTable, SpelledKeys]:
    """The table of the keys of the ranks 0, 1, 2 …, and what its keys are."""
    distinct, number_of = in_order(keys)
    if len(distinct) and not distinct[0].as_py():
        distinct, number_of = distinct[1:], number_of - 1
    points, starts = code_points(distinct)
    alphabet = Alphabet.of(points)
    symbols = alphabet.symbols_of(points)
    blocks, block_starts = alphabet.pack_all(symbols, starts)
    is_head = np.zeros(len(blocks), dtype=np.bool_)
    is_head[block_starts[:-1]] = True
    empty = int(np.count_nonzero(number_of < 0))
    rows = rows_by(number_of)[empty:]
    row_starts = np.zeros(len(distinct) + 1, dtype=np.uint32)
    np.cumsum(np.bincount(number_of[number_of >= 0], minlength=len(distinct)), out=row_starts[1:])
    arrays: dict[str, NDArray[Any]] = {
        "heads": blocks[is_head],
        "tail_starts": (block_starts - np.arange(len(block_starts))).astype(np.uint32),
        "tails": blocks[~is_head],
        "row_starts": row_starts,
        "rows": rows,
    }
    arrays |= _best_of_heavy_prefixes(alphabet, arrays["heads"], row_starts, rows)
    return KeyTable(alphabet, arrays), SpelledKeys(symbols, starts, number_of)


def _best_of_heavy_prefixes(
    alphabet: Alphabet, heads: NDArray[np.uint64], row_starts: NDArray[np.uint32], rows: NDArray[np.uint32]
) -> dict[str, NDArray[Any]]:
    """For each prefix of up to one block that begins more than HEAVY names: its range and its BEST ranks."""
    best: dict[int, NDArray[np.uint32]] = {}
    for length in range(1, alphabet.per_block + 1 if len(heads) else 1):
        shift = BLOCK_BITS - alphabet.bits * length
        prefixes = heads >> np.uint64(shift)
        starts = np.flatnonzero(np.concatenate(([True], prefixes[1:] != prefixes[:-1])))
        ends = np.concatenate((starts[1:], [len(heads)]))
        long_enough = prefixes[starts] & np.uint64((1 << alphabet.bits) - 1) != 0
        heavy = (row_starts[ends].astype(np.int64) - row_starts[starts] > HEAVY) & long_enough
        if not heavy.any():
            break
        for lo, hi in zip(starts[heavy].tolist(), ends[heavy].tolist(), strict=True):
            span = lo << 32 | hi
            if span not in best:
                best[span] = np.sort(np.partition(rows[row_starts[lo] : row_starts[hi]], BEST)[:BEST])
    spans = sorted(best)
    return {
        "best_spans": np.array(spans, dtype=np.uint64),
        "best_rows": np.concatenate([best[span] for span in spans]) if spans else np.zeros(0, np.uint32),
    }
