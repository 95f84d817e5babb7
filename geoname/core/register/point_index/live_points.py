"""Points that move (增量点位): a small tree of changes, and the packed points and the changes as one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from heapq import merge
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rtree.index import Index

from geoname.core.register.point_index.base import Keep, Near, PointIndex, Rows
from geoname.core.register.point_index.metres import LocalMetric

Order = Callable[[int], Any]


class MovingPoints:
    """Points that are inserted and removed one by one, in degrees, WGS 84; threads take turns.

    `order` puts rows of equal distance in order, by their numbers unless it is given.
    """

    def __init__(self) -> None:
        """Begin with no point."""
        self._tree = Index()
        self._turn = threading.RLock()
        self._points: dict[int, tuple[float, float]] = {}

    def __len__(self) -> int:
        """How many points."""
        return len(self._points)

    def __contains__(self, row: int) -> bool:
        """Whether a point of this row is here."""
        return row in self._points

    def insert(self, row: int, lon: float, lat: float) -> None:
        """Put a point in; one of the same row is replaced."""
        with self._turn:
            self.remove(row)
            self._points[row] = (lon, lat)
            self._tree.insert(row, (lon, lat, lon, lat))

    def remove(self, row: int) -> bool:
        """Take a point out; whether it was there."""
        with self._turn:
            point = self._points.pop(row, None)
            if point is None:
                return False
            self._tree.delete(row, (*point, *point))
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
        metric = LocalMetric.at(lon, lat)
        asked, found = k, []
        while True:
            with self._turn:
                rows = list(self._tree.nearest((lon, lat, lon, lat), min(asked, len(self))))
            found = self._by_distance(metric, rows, keep, order)
            if len(found) >= k or asked >= len(self):
                break
            asked *= 4
        if len(found) >= k:
            # The tree is near in degrees; a degree east is shorter than one north, so look again in metres.
            box = metric.box(found[k - 1][1])
            found = self._by_distance(metric, self._rows(lambda tree: tree.intersection(box)), keep, order)
        return [each for each in found[:k] if max_m is None or each[1] <= max_m]

    def within_radius(
        self,
        lon: float,
        lat: float,
        radius_m: float,
        keep: Keep | None = None,
        order: Order | None = None,
    ) -> list[Near]:
        """All points up to `radius_m` metres away, nearest first."""
        metric = LocalMetric.at(lon, lat)
        box = metric.box(radius_m)
        found = self._by_distance(metric, self._rows(lambda tree: tree.intersection(box)), keep, order)
        return [each for each in found if each[1] <= radius_m]

    def within_box(
        self, west: float, south: float, east: float, north: float, keep: Keep | None = None
    ) -> NDArray[np.uint32]:
        """The rows of the points in a box, edges included, ascending."""
        return self._kept(self._rows(lambda tree: tree.intersection((west, south, east, north))), keep)

    def within_polygon(
        self, polygon: shapely.Polygon | shapely.MultiPolygon, keep: Keep | None = None
    ) -> NDArray[np.uint32]:
        """The rows of the points in a polygon or on its boundary, ascending."""
        if polygon.is_empty:
            return np.zeros(0, np.uint32)
        rows = self._kept(self._rows(lambda tree: tree.intersection(polygon.bounds)), keep)
        points = np.array([self._points[row] for row in rows.tolist()]).reshape(-1, 2)
        return rows[shapely.intersects_xy(polygon, points[:, 0], points[:, 1])]

    def _rows(self, ask: Callable[[Index], Iterable[int]]) -> list[int]:
        with self._turn:
            return list(ask(self._tree))

    def _by_distance(
        self, metric: LocalMetric, rows: Iterable[int], keep: Keep | None, order: Order | None
    ) -> list[Near]:
        kept = self._kept(rows, keep).tolist()
        if not kept:
            return []
        # Reckoned as the packed points are, to the last bit: equal points must be equally far.
        points = np.array([self._points[row] for row in kept])
        squared = metric.squared(points[:, 0], points[:, 1])
        near = list(zip(kept, np.sqrt(squared).tolist(), strict=True))
        return sorted(near, key=_by_metres(order))

    def _kept(self, rows: Iterable[int], keep: Keep | None) -> NDArray[np.uint32]:
        found = np.array(sorted(set(rows)), dtype=np.uint32)
        return found if keep is None else found[keep(found)]


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
