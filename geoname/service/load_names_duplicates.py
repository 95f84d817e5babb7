"""Finds records that come twice (重复记录) in a stream, with 16 bytes of memory for each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.int64]
_MERGED_FROM = 0.5


class Duplicates:
    """The records seen so far, as sorted runs that are merged when one is no longer than the next."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._runs: list[tuple[Hashes, Hashes]] = []

    def repeated(self, records: Sequence[str], rows: Sequence[int]) -> dict[int, int]:
        """The rows whose record was seen before, with the row where; all others are remembered.

        `rows` grow. Two different records of one hash are taken for one once in 10**18 pairs.
        """
        hashes = np.fromiter(map(hash, records), dtype=np.int64, count=len(records))
        numbers = np.asarray(rows, dtype=np.int64)
        order = np.argsort(hashes, kind="stable")
        hashes, numbers = hashes[order], numbers[order]
        found: dict[int, int] = {}
        new = np.ones(len(hashes), dtype=bool)
        if len(hashes):
            new[1:] = hashes[1:] != hashes[:-1]
            first = np.flatnonzero(new)[np.cumsum(new) - 1]
            for i in np.flatnonzero(~new).tolist():
                found[int(numbers[i])] = int(numbers[first[i]])
        for known, where in self._runs:
            at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
            again = known[at] == hashes
            for i in np.flatnonzero(again).tolist():
                found[int(numbers[i])] = int(where[at[i]])
            new &= ~again
        self._remember(hashes[new], numbers[new])
        return found

    def holds(self, records: Sequence[str]) -> list[bool]:
        """Which of these records were seen."""
        hashes = np.fromiter(map(hash, records), dtype=np.int64, count=len(records))
        found = np.zeros(len(hashes), dtype=bool)
        for known, _ in self._runs:
            at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
            found |= known[at] == hashes
        return found.tolist()

    def _remember(self, hashes: Hashes, numbers: Hashes) -> None:
        if len(hashes) == 0:
            return
        while self._runs and len(self._runs[-1][0]) * _MERGED_FROM <= len(hashes):
            others, where = self._runs.pop()
            hashes, numbers = np.concatenate([others, hashes]), np.concatenate([where, numbers])
            order = np.argsort(hashes, kind="stable")
            hashes, numbers = hashes[order], numbers[order]
        self._runs.append((hashes, numbers))
