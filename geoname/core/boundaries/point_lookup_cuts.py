"""The cells of a grid that edges cut (被界线穿过的格), and the count of crossings by which a side is told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.core.boundaries.grid import Grid, cells_along
from geoname.errors import InvalidInputError

ON_LINE = 1e-12
"""Degrees (a tenth of a micrometre) within which a point counts as being on an edge."""

_TRIES = 16


@dataclass(frozen=True, slots=True)
class Cuts:
    """The cut cells, ascending, and the edges that run through each: `edge[first[k] : first[k + 1]]`."""

    cells: NDArray[np.int64]
    first: NDArray[np.int64]
    edge: NDArray[np.int64]

    @property
    def of_pair(self) -> NDArray[np.int64]:
        """For each entry of `edge` the cut cell it belongs to."""
        return np.repeat(np.arange(len(self.cells)), np.diff(self.first))


def cut_cells(ends: NDArray[np.float64], grid: Grid) -> Cuts:
    """The cells that edges run through; `ends` as in `OwnedEdges`."""
    cell, edge = cells_along(ends, grid)
    order = np.lexsort((edge, cell))
    cell, edge = cell[order], edge[order]
    cells, first = np.unique(cell, return_index=True)
    return Cuts(cells, np.append(first, len(cell)), edge)


def sides(
    cuts: Cuts, ends: NDArray[np.float64], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Per pair: does the eastward ray from the cell's point cross the edge; is the point perhaps on the edge.

    This is the arithmetic of `CutCells`, so both decide alike.
    """
    x1, y1, x2, y2 = ends[cuts.edge].T
    counts = np.diff(cuts.first)
    x, y = np.repeat(lon, counts), np.repeat(lat, counts)
    run, rise = x2 - x1, y2 - y1
    side = run * (y - y1) - rise * (x - x1)
    slack = (np.abs(run) + rise) * ON_LINE
    near = (np.abs(side) <= slack) & (y >= y1 - ON_LINE) & (y <= y2 + ON_LINE)
    return (side > 0.0) & (y >= y1) & (y < y2), near


def reference_points(
    cuts: Cuts, ends: NDArray[np.float64], grid: Grid
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One point in each cut cell that is clearly on no edge; the middle where that will do."""
    lon, lat = grid.centres(cuts.cells)
    doubtful = np.arange(len(cuts.cells))
    chance = np.random.default_rng(7)
    for _ in range(_TRIES):
        some = _subset(cuts, doubtful)
        near = sides(some, ends, lon[doubtful], lat[doubtful])[1]
        doubtful = doubtful[np.unique(some.of_pair[near])]
        if not len(doubtful):
            return lon, lat
        row, column = np.divmod(cuts.cells[doubtful], grid.columns)
        lon[doubtful] = grid.west + (column + chance.uniform(0.1, 0.9, len(row))) * grid.cell_deg
        lat[doubtful] = grid.south + (row + chance.uniform(0.1, 0.9, len(row))) * grid.cell_deg
    raise InvalidInputError(
        "the cells are too small for the polygons' detail: choose larger ones",
        zh="格网相对界线的细节过小：请选更大的格网",
        field="cell_deg",
    )


def _subset(cuts: Cuts, which: NDArray[np.int64]) -> Cuts:
    counts = np.diff(cuts.first)[which]
    first = np.append(0, np.cumsum(counts))
    pick = np.arange(first[-1]) + np.repeat(cuts.first[which] - first[:-1], counts)
    return Cuts(cuts.cells[which], first, cuts.edge[pick])


def clean_runs(cuts: Cuts, grid: Grid) -> NDArray[np.int64]:
    """The first cell of every run of cells, along a row, that no edge cuts."""
    cut = np.zeros((grid.rows, grid.columns), dtype=np.bool_)
    cut.reshape(-1)[cuts.cells] = True
    starts = ~cut
    starts[:, 1:] &= cut[:, :-1]
    return np.flatnonzero(starts)
