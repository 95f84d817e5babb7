"""Ranges and groups in arrays (分组): what lists of lists are elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.hashing import HashTable, Places, Words, build_hash_table


def ranges(starts: Places, counts: Places) -> Places:
    """The numbers from each start on, as many as its count, end to end."""
    if not len(starts):
        return np.zeros(0, dtype=np.int64)
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1])) + np.repeat(starts - ends + counts, counts)


def windows(room: Places, lengths: Places) -> tuple[Places, Places]:
    """For each asker every length (ascending) that has room: the askers and the lengths, end to end."""
    counts = np.searchsorted(lengths, room, side="right")
    return np.repeat(np.arange(len(room)), counts), lengths[ranges(np.zeros_like(counts), counts)]


def joined(pieces: Sequence[NDArray[Any]], dtype: Any = np.int64) -> NDArray[Any]:  # noqa: ANN401
    """The pieces end to end; an empty array for none."""
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=dtype)


def grouped(hashes: Words, rows: Places) -> tuple[HashTable, NDArray[np.uint32], NDArray[np.uint32]]:
    """A table of the hashes, n + 1 positions where the rows of each start, and those rows, ascending."""
    table, number = build_hash_table(hashes)
    order = np.lexsort((rows, number))
    kept = np.ones(len(order), dtype=np.bool_)
    kept[1:] = (number[order][1:] != number[order][:-1]) | (rows[order][1:] != rows[order][:-1])
    order = order[kept]
    starts = np.zeros(len(table) + 1, dtype=np.uint32)
    np.cumsum(np.bincount(number[order], minlength=len(table)), out=starts[1:])
    return table, starts, rows[order].astype(np.uint32)


def rank_in_group(groups: NDArray[Any]) -> Places:
    """For groups that stand together: each member's number within its own, from 0."""
    n = len(groups)
    begins = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1]))) if n else np.zeros(0, int)
    counts = np.diff(np.append(begins, n))
    return np.arange(n) - np.repeat(begins, counts)
