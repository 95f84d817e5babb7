"""The nearest line (最近界线) to each of many points at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.core.boundaries.nearest_line_build import widened
from geoname.core.boundaries.nearest_line_metres import metres_to_segments, plane_ys

_CHUNK = 1 << 12

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LineArrays:
    """The arrays that `nearest_arrays` gives, by name."""

    grid: Floats
    x: Floats
    y: Floats
    lat: Floats
    piece_first: NDArray[np.int32]
    piece_last: NDArray[np.int32]
    piece_line: NDArray[np.int32]
    piece_bulge: Floats
    cell_first: NDArray[np.int32]
    cell_piece: NDArray[np.int32]
    cell_gap: NDArray[np.float32]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> LineArrays:
        """The arrays of the mapping, none copied that is contiguous."""
        return cls(**{name: np.ascontiguousarray(arrays[name]) for name in cls.__slots__})

    def to_chords(self, piece: Whole, x: Floats, y: Floats) -> Floats:
        """Plane distances from points to the straight ways between the ends of pieces."""
        first, last = self.piece_first[piece], self.piece_last[piece]
        return np.sqrt(self._squares(first, last, x, y)[0])

    def to_pieces(self, piece: Whole, x: Floats, y: Floats, bend: Floats) -> tuple[Floats, Whole, Whole]:
        """Per segment of the pieces: squared distance mended for scale, its vertex, its row in `piece`."""
        first = self.piece_first[piece].astype(np.int64)
        row, vertex = runs(first, self.piece_last[piece] - first)
        square, py = self._squares(vertex, vertex + 1, x[row], y[row])
        return square * np.maximum(1.0 + bend[row] * py, 0.2), vertex, row

    def _squares(
        self, a: NDArray[np.integer], b: NDArray[np.integer], x: Floats, y: Floats
    ) -> tuple[Floats, Floats]:
        """Squared distances from points to the segments from vertex a to b, and the northward parts."""
        ax, ay, bx, by = self.x[a], self.y[a], self.x[b], self.y[b]
        run, rise = bx - ax, by - ay
        px, py = x - ax, y - ay
        square = run * run + rise * rise
        share = np.clip((px * run + py * rise) / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
        whole = share == 1.0
        px = np.where(whole, x - bx, px - share * run)
        py = np.where(whole, y - by, py - share * rise)
        return px * px + py * py, py


def runs(first: Whole, counts: NDArray[np.integer]) -> tuple[Whole, Whole]:
    """For each i the numbers first[i] … first[i] + counts[i] - 1: (i repeated, number)."""
    row = np.repeat(np.arange(len(first)), counts)
    begins = np.cumsum(counts) - counts
    return row, np.arange(len(row)) + (first - begins)[row]


def nearest_of_many(arrays: LineArrays, lon: Floats, lat: Floats) -> tuple[NDArray[np.int32], Floats, Whole]:
    """(line, metres, left): the answers inside the grid, and which points lie outside it, unanswered."""
    line = np.full(len(lon), -1, dtype=np.int32)
    metres = np.full(len(lon), np.inf)
    west, south, cell_deg, columns, rows = arrays.grid.tolist()
    sane = (lat >= -89.0) & (lat <= 89.0)
    y = plane_ys(np.where(sane, lat, 0.0))
    with np.errstate(over="ignore"):
        column, row = (lon - west) / cell_deg, (y - south) / cell_deg
    inside = sane & (column >= 0.0) & (column < columns) & (row >= 0.0) & (row < rows)
    inside &= len(arrays.piece_line) > 0
    points = np.flatnonzero(inside)
    for start in range(0, len(points), _CHUNK):
        at = points[start : start + _CHUNK]
        cell = row[at].astype(np.int64) * int(columns) + column[at].astype(np.int64)
        line[at], metres[at] = _in_cells(arrays, cell, lon[at], lat[at], y[at])
    return line, metres, np.flatnonzero(~inside)


def _in_cells(
    arrays: LineArrays, cell: Whole, lon: Floats, lat: Floats, y: Floats
) -> tuple[NDArray[np.int32], Floats]:
    begin = arrays.cell_first[cell].astype(np.int64)
    counts = arrays.cell_first[cell + 1] - begin
    point, entry = runs(begin, counts)
    piece = arrays.cell_piece[entry].astype(np.int64)
    chord, bulge = arrays.to_chords(piece, lon[point], y[point]), arrays.piece_bulge[piece]
    limit = widened(np.minimum.reduceat(chord + bulge, np.cumsum(counts) - counts))
    kept = chord - bulge <= limit[point]
    point, piece = point[kept], piece[kept]
    bend = np.radians(np.sin(np.radians(lat)))[point]
    square, vertex, row = arrays.to_pieces(piece, lon[point], y[point], bend)
    point, line = point[row], arrays.piece_line[piece[row]]
    best = np.lexsort((vertex, line, square, point))
    best = best[np.append(True, np.diff(point[best]) > 0)]
    vertex = vertex[best]
    ends = np.column_stack(
        [arrays.x[vertex], arrays.lat[vertex], arrays.x[vertex + 1], arrays.lat[vertex + 1]]
    )
    return line[best], metres_to_segments(lon, lat, ends)
