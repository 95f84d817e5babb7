"""Hashes of parts of texts (散列), for all texts of a batch at once, and tables to look them up in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Places = NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_SPREAD, _STIR = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xCA5A826395121157)
_HALF = np.uint64(32)
HOLE = np.uint64(0x1F123BB5A3C59AC3)
"""Stands for any one character."""


def mixed(symbols: NDArray[np.uint32]) -> Words:
    """A word of 64 bits for each symbol."""
    words = (symbols.astype(np.uint64) + np.uint64(1)) * _SPREAD
    words ^= words >> _HALF
    words *= _STIR
    return words


@lru_cache(maxsize=4)
def _powers(n: int) -> tuple[Words, Words]:
    """The powers of the base and those of its inverse, from 0 on."""
    powers, inverses = np.ones(n, dtype=np.uint64), np.ones(n, dtype=np.uint64)
    np.cumprod(np.full(n - 1, _BASE, dtype=np.uint64), out=powers[1:])
    np.cumprod(np.full(n - 1, _INVERSE, dtype=np.uint64), out=inverses[1:])
    return powers, inverses


class Rolling:
    """Hashes of all windows of a row of symbols: the sum of a window's words, each times its power.

    A window's hash does not depend on where it stands.
    """

    def __init__(self, symbols: NDArray[np.uint32]) -> None:
        """Take all texts of a batch, end to end."""
        n = len(symbols)
        self.words = mixed(symbols)
        self.powers, self._inverses = _powers(1 << (n + 1).bit_length())
        self._sums = np.zeros(n + 1, dtype=np.uint64)
        np.cumsum(self.words * self.powers[:n], out=self._sums[1:])

    def window(self, begin: Places, end: Places) -> Words:
        """The hashes of the windows from `begin` to before `end`."""
        return (self._sums[end] - self._sums[begin]) * self._inverses[begin]


def form_hashes(symbols: NDArray[np.uint32], starts: Places) -> Words:
    """The hash of each of many forms that stand end to end; an empty form has 0."""
    rolling = Rolling(symbols)
    return rolling.window(starts[:-1], starts[1:])


def masked_hashes(symbols: NDArray[np.uint32], starts: Places) -> tuple[Words, Places]:
    """The hash of each form with each of its characters masked, and the number of its form."""
    lengths = np.diff(starts)
    form = np.repeat(np.arange(len(lengths)), lengths)
    rolling = Rolling(symbols)
    whole = rolling.window(starts[:-1], starts[1:])[form]
    place = np.arange(len(symbols)) - starts[:-1][form]
    return whole + (HOLE - rolling.words) * rolling.powers[place], form


class HashTable:
    """Distinct hashes, numbered; found by their highest bits, then by comparing."""

    def __init__(self, keys: Words, directory: NDArray[np.uint32]) -> None:
        """Take the arrays that `to_arrays` gives."""
        self._keys = keys
        self._directory = directory
        bits = (len(directory) - 1).bit_length() - 1
        self._shift = np.uint64(64 - bits) if bits else None

    def __len__(self) -> int:
        """How many hashes."""
        return len(self._keys)

    def find(self, hashes: Words) -> Places:
        """The number of each hash, -1 for those that are not here."""
        stirred = _stirred(hashes)
        found = np.full(len(hashes), -1, dtype=np.int64)
        if self._shift is None:
            bucket = np.zeros(len(hashes), dtype=np.int64)
        else:
            bucket = (stirred >> self._shift).astype(np.int64)
        at = self._directory[bucket].astype(np.int64)
        end = self._directory[bucket + 1].astype(np.int64)
        active = np.flatnonzero(at < end)
        while len(active):
            here = at[active]
            hit = self._keys[here] == stirred[active]
            found[active[hit]] = here[hit]
            here += 1
            at[active] = here
            active = active[~hit & (here < end[active])]
        return found

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return {f"{prefix}_keys": self._keys, f"{prefix}_directory": self._directory}

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> HashTable:
        """What `to_arrays` gave."""
        return cls(arrays[f"{prefix}_keys"], arrays[f"{prefix}_directory"])


def build_hash_table(hashes: Words) -> tuple[HashTable, Places]:
    """A table of these hashes, and the number that each got."""
    keys, numbers = np.unique(_stirred(hashes), return_inverse=True)
    bits = max(0, len(keys).bit_length())
    directory = np.zeros((1 << bits) + 1, dtype=np.uint32)
    bucket = (keys >> np.uint64(64 - bits)).astype(np.int64) if bits else np.zeros(len(keys), np.int64)
    np.cumsum(np.bincount(bucket, minlength=1 << bits), out=directory[1:])
    return HashTable(keys, directory), numbers.reshape(-1).astype(np.int64)


def _stirred(hashes: Words) -> Words:
    stirred = (hashes ^ hashes >> _HALF) * _STIR
    stirred ^= stirred >> _HALF
    return stirred


def first_at_least(sorted_rows: NDArray[Any], begin: Places, end: Places, wanted: NDArray[Any]) -> Places:
    """For each range of an array that rises within the range: where it first is `wanted` or more."""
    lo, hi = begin.copy(), end.copy()
    open_ = np.flatnonzero(lo < hi)
    # Most ranges are short, or lie on one side as a whole: their ends say so.
    open_ = open_[sorted_rows[lo[open_]] < wanted[open_]]
    lo[open_] += 1
    open_ = open_[lo[open_] < hi[open_]]
    less = sorted_rows[hi[open_] - 1] < wanted[open_]
    passed, open_ = open_[less], open_[~less]
    lo[passed] = hi[passed]
    hi[open_] -= 1
    open_ = open_[lo[open_] < hi[open_]]
    while len(open_):
        mid = (lo[open_] + hi[open_]) >> 1
        less = sorted_rows[mid] < wanted[open_]
        lo[open_] = np.where(less, mid + 1, lo[open_])
        hi[open_] = np.where(less, hi[open_], mid)
        open_ = open_[lo[open_] < hi[open_]]
    return lo
