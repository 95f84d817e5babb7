"""The nearest line (最近界线) to each of many points at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geoname.core.boundaries.nearest_line_arrays import Floats, LineArrays, Whole, runs
from geoname.core.boundaries.nearest_line_build import widened
from geoname.core.boundaries.nearest_line_metres import metres_to_segments, plane_ys

_CHUNK = 1 << 12


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
