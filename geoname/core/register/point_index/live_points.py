"""Points that move (增量点位): those that changed, and the packed points and these as one."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from heapq import merge
from math import floor
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.register.point_index.base import Keep, Near, PointIndex, Rows
from geoname.core.register.point_index.metres import LocalMetric

Order = Callable[[int], Any]
_ROOM = 256
_CELL = 0.05
"""Degrees of a cell's side, about the five kilometres that are looked around at most often."""
_MOST_CELLS, _FAR_M = 400, 50_000.0
_HAIR = 1e-6
"""Degrees, far less than a cell and far more than what is lost in rounding."""


def _no_slots() -> array[int]:
    return array("I")


class MovingPoints:
    """Points that are inserted and removed one by one, in degrees, WGS 84, by one thread while others ask.

    Of a circle only the cells around it are looked at, so that a question costs the same however many came.
    `order` puts rows of equal distance in order, by their numbers unless it is given.
    """

    def __init__(self) -> None:
        """Begin with no point."""
        self._slots: dict[int, int] = {}
        self._cells: defaultdict[tuple[int, int], array[int]] = defaultdict(_no_slots)
        self._used = 0
        self._points: NDArray[np.float64] = np.full((2, _ROOM), np.nan)
        self._rows: NDArray[np.uint32] = np.zeros(_ROOM, dtype=np.uint32)

    def __len__(self) -> int:
        """How many points."""
        return len(self._slots)

    def __contains__(self, row: int) -> bool:
        """Whether a point of this row is here."""
        return row in self._slots

    def insert(self, row: int, lon: float, lat: float) -> None:
        """Put a point in; one of the same row is replaced."""
        self.remove(row)
        if self._used == len(self._rows):
            self._points = np.concatenate((self._points, np.full_like(self._points, np.nan)), axis=1)
            self._rows = np.concatenate((self._rows, np.zeros_like(self._rows)))
        self._rows[self._used] = row
        self._points[:, self._used] = lon, lat
        self._slots[row] = self._used
        self._cells[floor(lon / _CELL), floor(lat / _CELL)].append(self._used)
        self._used += 1

    def remove(self, row: int) -> bool:
        """Take a point out; whether it was there."""
        slot = self._slots.pop(row, None)
        if slot is None:
            return False
        self._points[:, slot] = np.nan
        return True

    def nearest(
        self,
        lon: float,
        lat: float,
        k: int,
        max_m: float | None = None,
        keep: Keep | None = None,
        order: Order | None = None,
    ) -> list[Near]:
        """The k nearest points with their distances in metres, nearest first, equal distances in order."""
        if k < 1:
            return []
        squared, rows = self._near(lon, lat, max_m, keep)
        if len(rows) > k:
            chosen = squared <= np.partition(squared, k - 1)[k - 1]
            squared, rows = squared[chosen], rows[chosen]
        return _by_distance(squared, rows, max_m, order)[:k]

    def within_radius(
        self,
        lon: float,
        lat: float,
        radius_m: float,
        keep: Keep | None = None,
        order: Order | None = None,
    ) -> list[Near]:
        """All points up to `radius_m` metres away, nearest first."""
        return _by_distance(*self._near(lon, lat, radius_m, keep), radius_m, order)

    def within_box(
        self, west: float, south: float, east: float, north: float, keep: Keep | None = None
    ) -> NDArray[np.uint32]:
        """The rows of the points in a box, edges included, ascending."""
        (lon, lat), rows = self._all()
        return _kept(rows[(lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)], keep)

    def within_polygon(
        self, polygon: shapely.Polygon | shapely.MultiPolygon, keep: Keep | None = None
    ) -> NDArray[np.uint32]:
        """The rows of the points in a polygon or on its boundary, ascending."""
        (lon, lat), rows = self._all()
        there = ~np.isnan(lon)
        there[there] = shapely.intersects_xy(polygon, lon[there], lat[there])
        return _kept(rows[there], keep)

    def _all(self) -> tuple[NDArray[np.float64], NDArray[np.uint32]]:
        """Longitudes and latitudes, NaN where a point was removed, and rows."""
        used = self._used
        return self._points[:, :used], self._rows[:used]

    def _around(self, box: tuple[float, float, float, float]) -> NDArray[np.uint32] | None:
        """The slots of the cells that a box touches; None where these are too many."""
        west, south = (floor((edge - _HAIR) / _CELL) for edge in box[:2])
        east, north = (floor((edge + _HAIR) / _CELL) for edge in box[2:])
        if (east - west + 1) * (north - south + 1) > _MOST_CELLS:
            return None
        found = _no_slots()
        for column in range(west, east + 1):
            for line in range(south, north + 1):
                slots = self._cells.get((column, line))
                if slots is not None:
                    found += slots
        return np.array(found, dtype=np.uint32)

    def _near(
        self, lon: float, lat: float, max_m: float | None, keep: Keep | None
    ) -> tuple[NDArray[np.float64], NDArray[np.uint32]]:
        metric = LocalMetric.at(lon, lat)
        slots = None if max_m is None or max_m > _FAR_M else self._around(metric.box(max_m))
        points, rows = self._all()
        if slots is not None:
            points, rows = points[:, slots], rows[slots]
        squared = metric.squared(*points)
        # A hair more than asked: the root is compared in the end. What was removed is in no circle.
        near = squared <= (np.inf if max_m is None else max_m * max_m * (1 + 1e-9))
        squared, rows = squared[near], rows[near]
        if keep is not None and len(rows):
            kept = keep(rows)
            squared, rows = squared[kept], rows[kept]
        return squared, rows


def _kept(rows: NDArray[np.uint32], keep: Keep | None) -> NDArray[np.uint32]:
    return np.sort(rows if keep is None else rows[keep(rows)])


def _by_distance(
    squared: NDArray[np.float64], rows: NDArray[np.uint32], max_m: float | None, order: Order | None
) -> list[Near]:
    near = zip(rows.tolist(), np.sqrt(squared).tolist(), strict=True)
    return sorted((each for each in near if max_m is None or each[1] <= max_m), key=_by_metres(order))


class LivePoints:
    """The packed points less those removed, and the moving ones: the same answers as an index built anew."""

    def __init__(self, base: PointIndex, moving: MovingPoints, removed: Iterable[int] = ()) -> None:
        """Take both parts, and the rows of the base that no longer hold."""
        self._base, self._moving = base, moving
        self._gone = np.zeros(int(base.rows.max(initial=0)) + 1, dtype=np.bool_)
        self._any_gone = False
        for row in removed:
            self._remove_from_base(row)

    def __contains__(self, row: int) -> bool:
        """Whether a point of this row moved or came since."""
        return row in self._moving

    def put(self, row: int, lon: float, lat: float) -> None:
        """Put a point in, or move the one of this row."""
        self._remove_from_base(row)
        self._moving.insert(row, lon, lat)

    def remove(self, row: int) -> None:
        """Take a point out, wherever it is."""
        self._remove_from_base(row)
        self._moving.remove(row)

    def nearest(
        self,
        lon: float,
        lat: float,
        k: int,
        max_m: float | None = None,
        keep: Keep | None = None,
        order: Order | None = None,
    ) -> list[Near]:
        """As `PointIndex.nearest`; `keep` is asked about the rows of both parts.

        `order` puts rows of equal distance in order, in which those of the packed points ascend.
        """
        base = self._base.nearest(lon, lat, k, max_m, self._holding(keep))
        if not len(self._moving):
            return base
        return _merged(base, self._moving.nearest(lon, lat, k, max_m, keep, order), order)[:k]

    def within_radius(
        self,
        lon: float,
        lat: float,
        radius_m: float,
        keep: Keep | None = None,
        order: Order | None = None,
    ) -> list[Near]:
        """As `PointIndex.within_radius`, in order as `nearest` has it."""
        base = self._base.within_radius(lon, lat, radius_m, self._holding(keep))
        return _merged(base, self._moving.within_radius(lon, lat, radius_m, keep, order), order)

    def within_box(
        self, west: float, south: float, east: float, north: float, keep: Keep | None = None
    ) -> NDArray[np.uint32]:
        """As `PointIndex.within_box`."""
        base = self._base.within_box(west, south, east, north, self._holding(keep))
        return np.sort(np.concatenate((base, self._moving.within_box(west, south, east, north, keep))))

    def within_polygon(
        self, polygon: shapely.Polygon | shapely.MultiPolygon, keep: Keep | None = None
    ) -> NDArray[np.uint32]:
        """As `PointIndex.within_polygon`."""
        base = self._base.within_polygon(polygon, self._holding(keep))
        return np.sort(np.concatenate((base, self._moving.within_polygon(polygon, keep))))

    def _remove_from_base(self, row: int) -> None:
        if row < len(self._gone):
            self._gone[row] = True
            self._any_gone = True

    def _holding(self, keep: Keep | None) -> Keep | None:
        if not self._any_gone:
            return keep
        gone = self._gone

        def holds(rows: Rows) -> NDArray[np.bool_]:
            here: NDArray[np.bool_] = ~gone[rows]
            return here if keep is None else here & keep(rows)

        return holds


def _merged(base: list[Near], moving: list[Near], order: Order | None) -> list[Near]:
    return list(merge(base, moving, key=_by_metres(order)))


def _by_metres(order: Order | None) -> Callable[[Near], tuple[float, Any]]:
    if order is None:
        return lambda near: (near[1], near[0])
    return lambda near: (near[1], order(near[0]))
