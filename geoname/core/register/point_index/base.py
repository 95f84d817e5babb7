"""The point index (点位索引): what lies nearest, within a radius, a box or a polygon, out of many points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite, sqrt
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.register.point_index.grid import PointGrid, Window, pack_grid
from geoname.core.register.point_index.metres import LocalMetric
from geoname.errors import InvalidInputError

Rows = NDArray[np.integer[Any]]
Keep = Callable[[Rows], NDArray[np.bool_]]
Near = tuple[int, float]
"""A row and its distance in metres."""
_SORTED_WHOLE = 80


class PointIndex:
    """Points that do not change, in arrays that may be mapped from files and shared by processes.

    All coordinates are degrees, WGS 84; a point is known by the row it was given with. `keep` says of an
    array of rows which may be answered.
    """

    def __init__(self, grid: PointGrid) -> None:
        """Take the grid; `build` and `from_arrays` make it."""
        self._grid = grid

    @classmethod
    def build(
        cls, lon: NDArray[np.float64], lat: NDArray[np.float64], rows: Rows | None = None
    ) -> PointIndex:
        """Index the points that have finite coordinates; their rows are 0, 1, 2 … unless given."""
        numbers = np.arange(len(lon)) if rows is None else rows
        return cls(pack_grid(np.asarray(lon, np.float64), np.asarray(lat, np.float64), numbers))

    def __len__(self) -> int:
        """How many points."""
        return len(self._grid)

    @property
    def rows(self) -> NDArray[np.uint32]:
        """The rows of all points, in no order."""
        return self._grid.rows

    def nearest(
        self, lon: float, lat: float, k: int, max_m: float | None = None, keep: Keep | None = None
    ) -> list[Near]:
        """The k nearest points with their distances, nearest first, equal distances by row."""
        _check(lon, lat)
        grid, metric = self._grid, LocalMetric.at(lon, lat)
        if k < 1:
            return []
        column = int((lon - grid.west) // grid.width)
        line = int((lat - grid.south) // grid.height)
        reach = 1
        while True:
            window = Window(column - reach, column + reach, line - reach, line + reach)
            found = _nearest_of(metric, *grid.inside(window), k, keep)
            whole = grid.covers(window)
            if whole or (len(found) == k and found[-1][0] <= self._certain(metric, window) ** 2):
                break
            if len(found) == k:
                box = metric.box(sqrt(found[-1][0]))
                found = _nearest_of(metric, *grid.inside(grid.window(*box)), k, keep)
                break
            if max_m is not None and self._certain(metric, window) > max_m:
                break
            reach *= 2
        near = [(row, sqrt(squared)) for squared, row in found]
        return near if max_m is None else [each for each in near if each[1] <= max_m]

    def within_radius(self, lon: float, lat: float, radius_m: float, keep: Keep | None = None) -> list[Near]:
        """All points up to `radius_m` metres away with their distances, nearest first, equal ones by row."""
        _check(lon, lat)
        metric = LocalMetric.at(lon, lat)
        points, rows = self._grid.inside(self._grid.window(*metric.box(radius_m)))
        squared = metric.squared(points[:, 0], points[:, 1])
        chosen = squared <= radius_m * radius_m
        if keep is not None:
            chosen &= keep(rows)
        rows, squared = rows[chosen], squared[chosen]
        order = np.lexsort((rows, squared))
        return list(zip(rows[order].tolist(), np.sqrt(squared[order]).tolist(), strict=True))

    def within_box(
        self, west: float, south: float, east: float, north: float, keep: Keep | None = None
    ) -> NDArray[np.uint32]:
        """The rows of the points in a box, edges included, ascending."""
        _check(west, south)
        _check(east, north)
        points, rows = self._grid.inside(self._grid.window(west, south, east, north))
        lon, lat = points[:, 0], points[:, 1]
        chosen = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        return _ascending(rows[chosen], keep)

    def within_polygon(
        self, polygon: shapely.Polygon | shapely.MultiPolygon, keep: Keep | None = None
    ) -> NDArray[np.uint32]:
        """The rows of the points in a polygon or on its boundary, ascending; none for an empty polygon."""
        if polygon.is_empty:
            return self._grid.rows[:0]
        points, rows = self._grid.inside(self._grid.window(*polygon.bounds))
        shapely.prepare(polygon)
        return _ascending(rows[shapely.intersects_xy(polygon, points[:, 0], points[:, 1])], keep)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return self._grid.to_arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> PointIndex:
        """What `to_arrays` gave."""
        return cls(PointGrid(arrays))

    def _certain(self, metric: LocalMetric, window: Window) -> float:
        """How many metres from the centre every point is sure to lie in the window."""
        grid = self._grid
        south = metric.lat - (grid.south + window.south * grid.height)
        north = grid.south + (window.north + 1) * grid.height - metric.lat
        west = metric.lon - (grid.west + window.west * grid.width)
        east = grid.west + (window.east + 1) * grid.width - metric.lon
        narrowest = min(
            metric.east[0] + d * (metric.east[1] + d * metric.east[2]) for d in (-south, 0.0, north)
        )
        across, along = min(west, east) * narrowest, min(south, north) * metric.north[0] * 0.99
        return max(0.0, float(min(across, along)))


def _nearest_of(
    metric: LocalMetric, points: NDArray[np.float64], rows: NDArray[np.uint32], k: int, keep: Keep | None
) -> list[tuple[float, int]]:
    """The k nearest of these points as (squared metres, row), nearest first."""
    if keep is not None:
        kept = keep(rows)
        points, rows = points[kept], rows[kept]
    squared = metric.squared(points[:, 0], points[:, 1])
    if len(rows) > max(_SORTED_WHOLE, 2 * k):
        # All that are as far as the k-th stay, so that equal distances are decided by row.
        chosen = squared <= np.partition(squared, k - 1)[k - 1]
        squared, rows = squared[chosen], rows[chosen]
    return sorted(zip(squared.tolist(), rows.tolist(), strict=True))[:k]


def _ascending(rows: NDArray[np.uint32], keep: Keep | None) -> NDArray[np.uint32]:
    return np.sort(rows if keep is None else rows[keep(rows)])


def _check(lon: float, lat: float) -> None:
    if not (isfinite(lon) and isfinite(lat)):
        raise InvalidInputError(
            f"({lon}, {lat}) is no point: give longitude and latitude in degrees",
            zh=f"（{lon}，{lat}）不是一个点：请给出经度和纬度（度）",
            field="lon" if not isfinite(lon) else "lat",
        )
