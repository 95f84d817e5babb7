"""Pages (分页) of ranks from posting lists, filtered piece by piece so that a full page ends the reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.integer[Any]]
Keep = Callable[[Rows], NDArray[np.bool_]]
_FIRST_PIECE = 32
_LONGEST_PIECE = 32_768


class Page(NamedTuple):
    """Ranks in ascending order, and whether more follow; the last rank is the cursor of the next page."""

    rows: list[int]
    more: bool


def page_of(rows: Rows, keep: Keep | None, after: int, limit: int) -> Page:
    """The first `limit` of these ascending ranks that come after `after` and that `keep` lets through."""
    start = 0 if after < 0 else int(np.searchsorted(rows, after, side="right"))
    if keep is None:
        return Page(rows[start : start + limit].tolist(), len(rows) > start + limit)
    found: list[int] = []
    size = _FIRST_PIECE
    while start < len(rows) and len(found) <= limit:
        piece = rows[start : start + size]
        found += piece[keep(piece)].tolist()
        start += size
        size = min(size * 4, _LONGEST_PIECE)
    return Page(found[:limit], len(found) > limit)


def page_of_all(count: int, keep: Keep | None, after: int, limit: int) -> Page:
    """The same over all ranks from 0 to `count`."""
    start = after + 1
    if keep is None:
        end = min(start + limit, count)
        return Page(list(range(start, end)), end < count)
    found: list[int] = []
    size = _FIRST_PIECE
    while start < count and len(found) <= limit:
        piece = np.arange(start, min(start + size, count))
        found += piece[keep(piece)].tolist()
        start += size
        size = min(size * 4, _LONGEST_PIECE)
    return Page(found[:limit], len(found) > limit)


def are_in(rows: Rows, ascending: Rows) -> NDArray[np.bool_]:
    """Which of these ranks are in an ascending list."""
    if not len(ascending):
        return np.zeros(len(rows), dtype=np.bool_)
    places = np.searchsorted(ascending, rows)
    places[places == len(ascending)] = 0
    there: NDArray[np.bool_] = ascending[places] == rows
    return there


def both(one: Keep | None, other: Keep | None) -> Keep | None:
    """What passes the first and then the second; None lets everything through."""
    if one is None or other is None:
        return one or other

    def keep(rows: Rows) -> NDArray[np.bool_]:
        passed = one(rows)
        if passed.any():
            passed[passed] = other(rows[passed])
        return passed

    return keep
