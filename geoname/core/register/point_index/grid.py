"""Points in the cells of a regular grid (格网), packed cell by cell so that a row of cells is one slice."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, floor, radians, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

POINTS_PER_CELL = 3
_FEW_ROWS = 8


class Window(NamedTuple):
    """Columns west to east and rows south to north of cells, both ends included; it may reach outside."""

    west: int
    east: int
    south: int
    north: int


class PointGrid:
    """n points in degrees, packed by cell; `rows` are the caller's own numbers of the points."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays that `pack_grid` makes."""
        self._arrays = {name: arrays[name] for name in ("frame", "shape", "starts", "points", "rows")}
        self.west, self.south, self.width, self.height = arrays["frame"].tolist()
        self.columns, self.lines = arrays["shape"].tolist()
        self._starts = arrays["starts"].data
        self.points: NDArray[np.float64] = arrays["points"]
        self.rows: NDArray[np.uint32] = arrays["rows"]

    def __len__(self) -> int:
        """How many points."""
        return len(self.rows)

    def window(self, west: float, south: float, east: float, north: float) -> Window:
        """The cells that a box in degrees touches."""
        return Window(
            floor((west - self.west) / self.width),
            floor((east - self.west) / self.width),
            floor((south - self.south) / self.height),
            floor((north - self.south) / self.height),
        )

    def covers(self, window: Window) -> bool:
        """Whether a window holds the whole grid."""
        return (
            window.west <= 0
            and window.south <= 0
            and window.east >= self.columns - 1
            and window.north >= self.lines - 1
        )

    def inside(self, window: Window) -> tuple[NDArray[np.float64], NDArray[np.uint32]]:
        """Points (m, 2) as longitude and latitude in degrees, and rows (m,), of the cells of a window."""
        west, east = max(window.west, 0), min(window.east, self.columns - 1)
        south, north = max(window.south, 0), min(window.north, self.lines - 1)
        if west > east or south > north:
            return self.points[:0], self.rows[:0]
        starts, columns = self._starts, self.columns
        if west == 0 and east == columns - 1:
            whole = slice(starts[south * columns], starts[(north + 1) * columns])
            return self.points[whole], self.rows[whole]
        if north - south >= _FEW_ROWS:
            return self._inside_many(west, east, south, north)
        lines = [
            slice(starts[line + west], starts[line + east + 1])
            for line in range(south * columns, (north + 1) * columns, columns)
        ]
        return (
            np.concatenate([self.points[line] for line in lines]),
            np.concatenate([self.rows[line] for line in lines]),
        )

    def _inside_many(
        self, west: int, east: int, south: int, north: int
    ) -> tuple[NDArray[np.float64], NDArray[np.uint32]]:
        lines = np.arange(south, north + 1) * self.columns
        starts: NDArray[np.uint32] = self._arrays["starts"]
        begin = starts[lines + west].astype(np.int64)
        counts = starts[lines + east + 1].astype(np.int64) - begin
        ends = np.cumsum(counts)
        positions = np.repeat(begin - (ends - counts), counts) + np.arange(int(ends[-1]))
        return self.points[positions], self.rows[positions]

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return dict(self._arrays)


def pack_grid(
    lon: NDArray[np.float64], lat: NDArray[np.float64], rows: NDArray[np.integer[Any]]
) -> PointGrid:
    """Pack points in degrees; those without finite coordinates are left out."""
    known = np.isfinite(lon) & np.isfinite(lat)
    lon, lat, rows = lon[known], lat[known], rows[known]
    count = len(rows)
    west, south = (float(lon.min()), float(lat.min())) if count else (0.0, 0.0)
    wide, tall = (float(lon.max()) - west, float(lat.max()) - south) if count else (0.0, 0.0)
    narrowing = max(0.01, cos(radians(south + tall / 2)))
    cells = max(1, count // POINTS_PER_CELL)
    columns = min(cells, max(1, round(sqrt(cells * (wide * narrowing + 1e-9) / (tall + 1e-9)))))
    lines = max(1, cells // columns)
    # A hair wider than the points, so that those on the far edges have a cell too.
    width, height = (wide or 1.0) * (1 + 1e-9) / columns, (tall or 1.0) * (1 + 1e-9) / lines
    column = np.minimum(((lon - west) / width).astype(np.int64), columns - 1)
    line = np.minimum(((lat - south) / height).astype(np.int64), lines - 1)
    cell = line * columns + column
    order = np.lexsort((rows, cell))
    starts = np.zeros(columns * lines + 1, dtype=np.uint32)
    np.cumsum(np.bincount(cell, minlength=columns * lines), out=starts[1:])
    return PointGrid(
        {
            "frame": np.array([west, south, width, height]),
            "shape": np.array([columns, lines], dtype=np.int64),
            "starts": starts,
            "points": np.column_stack((lon, lat))[order],
            "rows": rows[order].astype(np.uint32),
        }
    )
