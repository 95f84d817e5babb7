"""Several point indexes that answer as one (增量点位): the packed points, and those that came since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from geoname.core.register.point_index.base import Keep, Near, PointIndex

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
        keeps: Sequence[Keep],
        order: Order,
    ) -> list[Near]:
        """The k nearest points with their distances in metres, nearest first, as of one index over all.

        `keeps` say of arrays of rows, for each part counted from 0, which hold and may be answered. `order`
        puts rows of equal distance in order, in which those of each part ascend.
        """
        base, *pieces = [
            [(first + row, metres) for row, metres in points.nearest(lon, lat, k, max_m, keep)]
            for (first, points), keep in zip(self._parts, keeps, strict=True)
        ]
        if not any(pieces):
            return base
        return sorted(chain(base, *pieces), key=lambda near: (near[1], order(near[0])))[:k]
