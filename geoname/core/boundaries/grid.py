"""A regular grid (格网) over an area in degrees, and which of its cells edges run through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TILE = 8
"""Cells on a side of a tile; a power of two, so that a cell's tile follows from its position exactly."""

CELL_MARGIN = 1e-9
"""Degrees by which a cell reaches beyond its sides, more than the rounding of a point's cell number."""

EDGE_MARGIN = 2e-9
"""Degrees within which an edge is taken to run through a cell; more than `CELL_MARGIN`."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells of `cell_deg` degrees from the south-west corner, numbered row by row from the south.

    `columns` and `rows` are whole numbers of tiles; the outermost cells hold nothing of the area.
    """

    west: float
    south: float
    cell_deg: float
    columns: int
    rows: int

    @property
    def size(self) -> int:
        """How many cells."""
        return self.columns * self.rows

    def centres(self, cells: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude of the middles of cells, in degrees."""
        row, column = np.divmod(cells, self.columns)
        return self.west + (column + 0.5) * self.cell_deg, self.south + (row + 0.5) * self.cell_deg


def grid_around(bounds: tuple[float, float, float, float], cell_deg: float) -> Grid:
    """The grid that covers west, south, east, north in degrees with at least a cell to spare."""
    west, south, east, north = bounds
    tile_deg = cell_deg * TILE
    west = (np.floor((west - cell_deg) / tile_deg)) * tile_deg
    south = (np.floor((south - cell_deg) / tile_deg)) * tile_deg
    columns = int(np.floor((east + cell_deg - west) / tile_deg) + 1) * TILE
    rows = int(np.floor((north + cell_deg - south) / tile_deg) + 1) * TILE
    return Grid(float(west), float(south), cell_deg, columns, rows)


def cells_along(edges: NDArray[np.float64], grid: Grid) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every pair of cell and edge in which the edge comes within `EDGE_MARGIN` of the cell, and few others.

    `edges` is (n, 4): x1, y1, x2, y2 with y1 <= y2, in degrees, inside the grid. Two arrays come back: cell
    numbers and positions in `edges`, in no order.
    """
    x1, y1, x2, y2 = edges.T
    first = np.floor((y1 - EDGE_MARGIN - grid.south) / grid.cell_deg).astype(np.int64)
    last = np.floor((y2 + EDGE_MARGIN - grid.south) / grid.cell_deg).astype(np.int64)
    edge, row = _runs(first, last)
    bottom = grid.south + row * grid.cell_deg
    low = np.maximum(y1[edge], bottom - EDGE_MARGIN)
    high = np.minimum(y2[edge], bottom + grid.cell_deg + EDGE_MARGIN)
    run, rise = (x2 - x1)[edge], (y2 - y1)[edge]
    level = rise == 0.0
    slope = run / np.where(level, 1.0, rise)
    start, end = x1[edge], x2[edge]
    at_low = np.where(level, start, start + (low - y1[edge]) * slope)
    at_high = np.where(level, end, start + (high - y1[edge]) * slope)
    west = np.minimum(at_low, at_high) - EDGE_MARGIN - grid.west
    east = np.maximum(at_low, at_high) + EDGE_MARGIN - grid.west
    part, column = _runs(
        np.floor(west / grid.cell_deg).astype(np.int64), np.floor(east / grid.cell_deg).astype(np.int64)
    )
    return row[part] * grid.columns + column, edge[part]


def fold(cells: NDArray[np.int32], grid: Grid) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Tiles and blocks that say the same as `cells`, one value per cell, in less room.

    A tile of 8 × 8 cells that all hold one value of -1 or more holds that value; another holds -2 - b, where
    b is its block, and `blocks[64 b : 64 b + 64]` are its cells, row by row.
    """
    high, wide = grid.rows // TILE, grid.columns // TILE
    by_tile = cells.reshape(high, TILE, wide, TILE).swapaxes(1, 2).reshape(high * wide, TILE * TILE)
    mixed = (by_tile != by_tile[:, :1]).any(axis=1) | (by_tile[:, 0] < -1)
    tiles = by_tile[:, 0].copy()
    blocks = by_tile[mixed].ravel()
    tiles[mixed] = -2 - np.arange(int(mixed.sum()), dtype=np.int32)
    return tiles, blocks


def _runs(first: NDArray[np.int64], last: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each i the numbers first[i] … last[i]: (i repeated, number)."""
    counts = last - first + 1
    index = np.repeat(np.arange(len(first)), counts)
    begins = np.cumsum(counts) - counts
    return index, np.arange(len(index)) - begins[index] + first[index]
