"""Builds the arrays of the nearest-line look-up (最近界线): lines in short pieces, each cell's near ones.

All lengths are in the Mercator plane, in degrees at the equator: it keeps angles, so what is nearest there
is nearest on the ground but for the change of scale along the way, which the look-up corrects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString

from geoname.core.boundaries.grid import Grid, grid_around
from geoname.core.boundaries.nearest_line_metres import plane_ys
from geoname.errors import InvalidInputError

_MOST_SEGMENTS = 12
_LONGEST_DEG = 0.03
_STRAIGHT_DEG = 0.1
_AROUND_DEG = 0.25
_BATCH = 1 << 16


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Piece p runs from vertex `first[p]` to vertex `last[p]` and belongs to line `line[p]`."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    lat: NDArray[np.float64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    line: NDArray[np.int64]


def nearest_arrays(
    lines: Sequence[MultiLineString | LineString], cell_deg: float
) -> dict[str, NDArray[np.generic]]:
    """The arrays that `NearestLine` reads, by name; `lines` in degrees, longitude first.

    InvalidInputError for what is no line, for coordinates that are not finite or reach beyond 89 degrees of
    latitude, and for a size of cell that does not suit.
    """
    pieces = _cut_up(np.array(lines, dtype=np.object_))
    grid = _grid_for(pieces, cell_deg)
    first, piece, gap = _near_pieces(pieces, grid)
    return {
        "grid": np.array([grid.west, grid.south, grid.cell_deg, grid.columns, grid.rows], dtype=np.float64),
        "x": pieces.x,
        "y": pieces.y,
        "lat": pieces.lat,
        "piece_first": pieces.first.astype(np.int32),
        "piece_last": pieces.last.astype(np.int32),
        "piece_line": pieces.line.astype(np.int32),
        "piece_bulge": _bulge(pieces),
        "cell_first": first.astype(np.int32),
        "cell_piece": piece.astype(np.int32),
        "cell_gap": gap,
    }


def _cut_up(lines: NDArray[np.object_]) -> _Pieces:
    kinds = shapely.get_type_id(lines)
    wrong = np.flatnonzero(
        (kinds != shapely.GeometryType.LINESTRING) & (kinds != shapely.GeometryType.MULTILINESTRING)
    )
    if len(wrong):
        raise InvalidInputError(
            f"the line at position {wrong[0]} is no line: give MultiLineString",
            zh=f"第 {wrong[0]} 条不是线：请给出 MultiLineString",
            field="lines",
        )
    parts, line_of_part = shapely.get_parts(lines, return_index=True)
    points = shapely.get_coordinates(parts)
    if not (np.isfinite(points).all() and (np.abs(points[:, 1]) <= 89.0).all()):
        raise InvalidInputError(
            "a line has a coordinate that is no place in degrees: mend it",
            zh="有界线的坐标不是以度表示的位置：请改正",
            field="lines",
        )
    # What is straight in degrees is bent in the plane: a kilometre in a hundred, but a metre in eleven.
    points, part = shapely.get_coordinates(shapely.segmentize(parts, _STRAIGHT_DEG), return_index=True)
    moved = np.ones(len(points), dtype=np.bool_)
    moved[1:] = (part[1:] != part[:-1]) | (points[1:] != points[:-1]).any(axis=1)
    points, part = points[moved], part[moved]
    x, y = points[:, 0].copy(), plane_ys(points[:, 1])
    new = np.append(True, part[1:] != part[:-1])[: len(part)]
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(part))[: len(starts)] - 1
    along = np.append(0.0, np.cumsum(np.hypot(np.diff(x), np.diff(y))))
    first: list[int] = []
    last: list[int] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        at = start
        while at < end:
            far = int(np.searchsorted(along, along[at] + _LONGEST_DEG, side="right")) - 1
            stop = min(max(far, at + 1), at + _MOST_SEGMENTS, end)
            first.append(at)
            last.append(stop)
            at = stop
    begin = np.array(first, dtype=np.int64)
    return _Pieces(
        x, y, points[:, 1].copy(), begin, np.array(last, dtype=np.int64), line_of_part[part[begin]]
    )


def _bulge(pieces: _Pieces) -> NDArray[np.float64]:
    """How far each piece's vertices lie from the straight way between its ends, at most."""
    counts = pieces.last - pieces.first + 1
    piece = np.repeat(np.arange(len(counts)), counts)
    vertex = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts) + pieces.first[piece]
    a, b = pieces.first[piece], pieces.last[piece]
    run, rise = pieces.x[b] - pieces.x[a], pieces.y[b] - pieces.y[a]
    px, py = pieces.x[vertex] - pieces.x[a], pieces.y[vertex] - pieces.y[a]
    square = run * run + rise * rise
    share = np.clip((px * run + py * rise) / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    off = np.hypot(px - share * run, py - share * rise)
    if not len(counts):
        return np.zeros(0)
    greatest: NDArray[np.float64] = np.maximum.reduceat(off, np.cumsum(counts) - counts)
    return greatest + 1e-12


def _grid_for(pieces: _Pieces, cell_deg: float) -> Grid:
    if not 1e-4 <= cell_deg <= 10.0:
        raise InvalidInputError(
            "cells must measure 0.0001 to 10 degrees", zh="格网大小须在 0.0001 至 10 度之间", field="cell_deg"
        )
    if not len(pieces.first):
        return grid_around((0.0, 0.0, 0.0, 0.0), cell_deg)
    west, east = float(pieces.x.min()) - _AROUND_DEG, float(pieces.x.max()) + _AROUND_DEG
    south, north = float(pieces.y.min()) - _AROUND_DEG, float(pieces.y.max()) + _AROUND_DEG
    if (east - west) * (north - south) / cell_deg**2 > 5e6:
        raise InvalidInputError(
            f"cells of {cell_deg} degrees are too many for the area: choose larger ones",
            zh=f"以 {cell_deg} 度分格，该范围格数过多：请选更大的格网",
            field="cell_deg",
        )
    return grid_around((west, south, east, north), cell_deg)


def _near_pieces(
    pieces: _Pieces, grid: Grid
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """For each cell the pieces that may be nearest to a point of it, nearest to its middle first.

    (first, piece, gap): cell c has `piece[first[c] : first[c + 1]]`, and `gap` is the distance from the
    cell's middle, rounded down. Every piece within the least gap and a cell's diagonal is among them.
    """
    if not len(pieces.first):
        return np.zeros(grid.size + 1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, np.float32)
    counts = pieces.last - pieces.first + 1
    piece = np.repeat(np.arange(len(counts)), counts)
    vertex = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts) + pieces.first[piece]
    shapes = shapely.linestrings(pieces.x[vertex], pieces.y[vertex], indices=piece)
    tree = shapely.STRtree(np.asarray(shapes, dtype=np.object_))
    half = grid.cell_deg * np.sqrt(0.5)
    found: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = []
    for start in range(0, grid.size, _BATCH):
        cells = np.arange(start, min(start + _BATCH, grid.size))
        middles = np.asarray(shapely.points(*grid.centres(cells)), dtype=np.object_)
        (at, _), near = tree.query_nearest(middles, return_distance=True, all_matches=False)
        least = np.empty(len(cells))
        least[at] = near
        reach = widened(least + half) + half
        cell, one = tree.query(middles, predicate="dwithin", distance=reach)
        found.append((cells[cell], one, shapely.distance(middles[cell], shapes[one])))
    cell, one, gap = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((one, gap, cell))
    low = np.nextafter(gap[order].astype(np.float32), np.float32(-1.0))
    return np.searchsorted(cell[order], np.arange(grid.size + 1)), one[order], low


def widened(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distance in the plane at which something may still be nearer on the ground than at `distance`."""
    return distance * (1.0 + np.minimum(0.03 * distance, 0.5))
