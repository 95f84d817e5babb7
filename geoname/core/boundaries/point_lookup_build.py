"""Builds the arrays of the point look-up (点位查询): each cell's territory, or the edges that cut it."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.grid import CELL_MARGIN, Grid, fold, grid_around
from geoname.core.boundaries.point_lookup_cuts import Cuts, clean_runs, cut_cells, reference_points, sides
from geoname.core.boundaries.point_lookup_edges import OwnedEdges, owned_edges
from geoname.errors import InvalidInputError

_FAR = 1e6
_MOST_CELLS = 5e7


def lookup_arrays(polygons: NDArray[np.object_], cell_deg: float) -> dict[str, NDArray[np.generic]]:
    """The arrays that `PointLookup` reads, by name; `polygons` in degrees, longitude first.

    InvalidInputError when a polygon is none, when the cells are not of a positive size, are too many for the
    area, or when more than 64 territories meet in one cell.
    """
    table = owned_edges(polygons)
    grid = _grid_for(polygons, cell_deg)
    cuts = cut_cells(table.ends, grid)
    lon, lat = reference_points(cuts, table.ends, grid)
    runs = clean_runs(cuts, grid)
    run_lon, run_lat = grid.centres(runs)
    held, by = _covering(polygons, np.append(lon, run_lon), np.append(lat, run_lat))
    in_cut = held < len(cuts.cells)
    owner_first, owners = _cell_owners(cuts, table, held[in_cut], by[in_cut])
    kind = _mask_type(owner_first)
    masks = _edge_masks(cuts, table, owner_first, owners).astype(kind)
    cuts, masks, ends = _with_rays(cuts, masks, table.ends, grid)
    inside = _bits(held[in_cut], by[in_cut], owner_first, owners, len(cuts.cells)).astype(kind)
    base = inside ^ _crossed(cuts, masks, ends, lon, lat)
    cells = _cells(grid, cuts, runs, held[~in_cut] - len(cuts.cells), by[~in_cut])
    tiles, blocks = fold(cells, grid)
    return {
        "grid": np.array(
            [grid.west, grid.south, grid.cell_deg, grid.columns, grid.rows, len(ends)], dtype=np.float64
        ),
        "tiles": tiles,
        "blocks": blocks,
        "cut_first": cuts.first.astype(np.int32),
        "cut_edges": cuts.edge.astype(np.int32),
        "cut_masks": masks,
        "cut_base": base,
        "owner_first": owner_first.astype(np.int32),
        "owners": owners.astype(np.int32),
        "edges": np.ascontiguousarray(ends),
    }


def _grid_for(polygons: NDArray[np.object_], cell_deg: float) -> Grid:
    if not 1e-6 <= cell_deg <= 10.0:
        raise InvalidInputError(
            "cells must measure 0.000001 to 10 degrees",
            zh="格网大小须在 0.000001 至 10 度之间",
            field="cell_deg",
        )
    if shapely.is_empty(polygons).all():
        return grid_around((0.0, 0.0, 0.0, 0.0), cell_deg)
    west, south, east, north = shapely.total_bounds(polygons).tolist()
    if (east - west) * (north - south) / cell_deg**2 > _MOST_CELLS:
        raise InvalidInputError(
            f"cells of {cell_deg} degrees are too many for the area: choose larger ones",
            zh=f"以 {cell_deg} 度分格，该范围格数过多：请选更大的格网",
            field="cell_deg",
        )
    return grid_around((west, south, east, north), cell_deg)


def _covering(
    polygons: NDArray[np.object_], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs (point, polygon that covers it), ordered by point, then by polygon."""
    tree = shapely.STRtree(np.asarray(shapely.points(lon, lat), dtype=np.object_))
    polygon, point = tree.query(polygons, predicate="covers")
    order = np.lexsort((polygon, point))
    return point[order], polygon[order]


def _cell_owners(
    cuts: Cuts, table: OwnedEdges, held: NDArray[np.int64], by: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The territories with an edge in cut cell k, or around it, are `owners[first[k] : first[k + 1]]`."""
    cell, owner = _incident(cuts, table)[1:]
    pairs = np.unique(np.append(cell, held) * (1 << 32) + np.append(owner, by))
    cell = pairs >> 32
    return np.searchsorted(cell, np.arange(len(cuts.cells) + 1)), pairs & 0xFFFFFFFF


def _incident(
    cuts: Cuts, table: OwnedEdges
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """One row per pair of cut cell and edge and per owner of the edge: (pair, cut cell, owner)."""
    counts = np.diff(table.first)[cuts.edge]
    pair = np.repeat(np.arange(len(cuts.edge)), counts)
    begins = np.cumsum(counts) - counts
    at = np.arange(len(pair)) - begins[pair] + table.first[cuts.edge][pair]
    return pair, cuts.of_pair[pair], table.owners[at].astype(np.int64)


def _mask_type(owner_first: NDArray[np.int64]) -> np.dtype[np.generic]:
    most = int(np.diff(owner_first).max(initial=1))
    if most > 64:
        raise InvalidInputError(
            f"{most} territories meet in one cell: choose smaller cells",
            zh=f"一格中有 {most} 个区划相交：请选更小的格网",
            field="cell_deg",
        )
    return np.dtype(next(f"uint{size}" for size in (8, 16, 32, 64) if most <= size))


def _bits(
    cell: NDArray[np.int64],
    owner: NDArray[np.int64],
    owner_first: NDArray[np.int64],
    owners: NDArray[np.int64],
    size: int,
    into: NDArray[np.int64] | None = None,
) -> NDArray[np.uint64]:
    """Per target (the cut cell, or `into`) the exclusive or of the bits that stand for these owners."""
    of_owner = np.repeat(np.arange(len(owner_first) - 1), np.diff(owner_first))
    keys = of_owner * (1 << 32) + owners
    rank = np.searchsorted(keys, cell * (1 << 32) + owner) - owner_first[cell]
    mask = np.zeros(size, dtype=np.uint64)
    np.bitwise_xor.at(mask, cell if into is None else into, np.uint64(1) << rank.astype(np.uint64))
    return mask


def _edge_masks(
    cuts: Cuts, table: OwnedEdges, owner_first: NDArray[np.int64], owners: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Per pair of cut cell and edge the bits of the territories that the edge bounds."""
    pair, cell, owner = _incident(cuts, table)
    return _bits(cell, owner, owner_first, owners, len(cuts.edge), into=pair)


def _with_rays(
    cuts: Cuts, masks: NDArray[np.unsignedinteger], ends: NDArray[np.float64], grid: Grid
) -> tuple[Cuts, NDArray[np.unsignedinteger], NDArray[np.float64]]:
    """Make the count of crossings in a cell depend on its own edges alone.

    An edge that ends east of its cell, at a latitude of the cell, would change the count of a point that only
    moves past that latitude. A ray, far in the east and upward from that latitude, takes the change back.
    """
    cell = cuts.of_pair
    row, column = np.divmod(cuts.cells, grid.columns)
    east = grid.west + (column + 1) * grid.cell_deg + CELL_MARGIN
    bottom = grid.south + row * grid.cell_deg - CELL_MARGIN
    top = grid.south + (row + 1) * grid.cell_deg + CELL_MARGIN
    found: list[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.unsignedinteger]]] = []
    for x, y in ((ends[:, 0], ends[:, 1]), (ends[:, 2], ends[:, 3])):
        x, y = x[cuts.edge], y[cuts.edge]
        loose = np.flatnonzero((x > east[cell]) & (y >= bottom[cell]) & (y <= top[cell]))
        found.append((cell[loose], y[loose], masks[loose]))
    at, height, mask = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((height, at))
    at, height, mask = at[order], height[order], mask[order]
    new = np.ones(len(at), dtype=np.bool_)
    new[1:] = (at[1:] != at[:-1]) | (height[1:] != height[:-1])
    begins = np.flatnonzero(new)
    if not len(begins):
        return cuts, masks, ends
    mask = np.bitwise_xor.reduceat(mask, begins)
    at, height, mask = at[begins][mask != 0], height[begins][mask != 0], mask[mask != 0]
    heights, which = np.unique(height, return_inverse=True)
    rays = np.column_stack(
        [np.full_like(heights, _FAR), heights, np.full_like(heights, _FAR), np.full_like(heights, _FAR)]
    )
    edge = np.append(cuts.edge, len(ends) + which)
    cell = np.append(cell, at)
    order = np.argsort(cell, kind="stable")
    first = np.searchsorted(cell[order], np.arange(len(cuts.cells) + 1))
    return (
        Cuts(cuts.cells, first, edge[order]),
        np.append(masks, mask)[order],
        np.concatenate([ends, rays]),
    )


def _crossed(
    cuts: Cuts,
    masks: NDArray[np.unsignedinteger],
    ends: NDArray[np.float64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> NDArray[np.unsignedinteger]:
    """Per cut cell the exclusive or of the masks that the eastward ray from its point crosses."""
    crosses = sides(cuts, ends, lon, lat)[0]
    mask = np.zeros(len(cuts.cells), dtype=masks.dtype)
    np.bitwise_xor.at(mask, cuts.of_pair[crosses], masks[crosses])
    return mask


def _cells(
    grid: Grid, cuts: Cuts, runs: NDArray[np.int64], run: NDArray[np.int64], by: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Per cell of the grid its territory, -1 for none, or -2 - k for the cut cell k."""
    owner = np.full(len(runs), -1, dtype=np.int32)
    owner[run[::-1]] = by[::-1]
    starts = np.append(runs, cuts.cells)
    held = np.append(owner, -2 - np.arange(len(cuts.cells), dtype=np.int32))
    order = np.argsort(starts)
    starts, held = starts[order], held[order]
    return np.repeat(held, np.diff(np.append(starts, grid.size)))
