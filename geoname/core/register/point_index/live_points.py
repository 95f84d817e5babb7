"""Several point indexes that answer as one (增量点位): the packed points, and those that came since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.point_index.base import Keep, Near, PointIndex, Rows

Order = Callable[[int], Any]


class LivePoints:
    """Points in parts: the rows of each are counted on from where those of the part before end."""

    def __init__(self, parts: Sequence[tuple[int, PointIndex]]) -> None:
        """Take each part with the number of its first row."""
        self._parts = tuple(parts)

    def nearest(
        self,
        lon: float,
        lat: float,
        k: int,
        max_m: float | None = None,
        *,
        keep: Keep,
        order: Order,
    ) -> list[Near]:
        """The k nearest points with their distances in metres, nearest first, as of one index over all.

        `keep` says of an array of rows which hold and may be answered. `order` puts rows of equal distance in
        order, in which those of each part ascend.
        """
        (_, base), *pieces = self._parts
        found = base.nearest(lon, lat, k, max_m, keep)
        more = [
            (first + row, metres)
            for first, points in pieces
            for row, metres in points.nearest(lon, lat, k, max_m, _from(first, keep))
        ]
        if not more:
            return found
        return sorted([*found, *more], key=lambda near: (near[1], order(near[0])))[:k]


def _from(first: int, keep: Keep) -> Keep:
    def kept(rows: Rows) -> NDArray[np.bool_]:
        return keep(rows.astype(np.int64) + first)

    return kept
