"""Point look-up (点位查询): which territory a point lies in, exactly, for one point or an array of millions.

A regular grid over the territories: a cell wholly inside one answers at once; a cell cut by lines asks the
few edges that run through it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoname.core.boundaries.grid import TILE
from geoname.core.boundaries.point_lookup_build import lookup_arrays
from geoname.core.boundaries.point_lookup_cut_cells import CutCells
from geoname.errors import DataFileError, InvalidInputError

_TYPES = {
    "grid": "f8",
    "tiles": "i4",
    "blocks": "i4",
    "cut_first": "i4",
    "cut_edges": "i4",
    "cut_masks": "u",
    "cut_base": "u",
    "owner_first": "i4",
    "owners": "i4",
    "edges": "f8",
}
_CHUNK = 1 << 15


def build_point_lookup(polygons: NDArray[np.object_], cell_deg: float = 0.005) -> PointLookup:
    """A look-up over Polygon and MultiPolygon objects in degrees, longitude first, all in one CRS.

    Polygons may have holes and parts, may leave gaps and may overlap. InvalidInputError for what is no
    polygon and for cells of a size that does not suit.
    """
    return PointLookup(lookup_arrays(polygons, cell_deg))


class PointLookup:
    """Answers with positions in the array of polygons it was built from, -1 for a point in none.

    A point inside one territory gets that one, as an exact test on its floating-point coordinates says. A
    point on a vertex, a shared edge or the outer border, or inside several territories, gets the smallest
    position that covers it; a point that none covers, but within 1e-12 degrees of an edge, the smallest
    position that has the edge. A coordinate that is not a number gets -1.
    """

    __slots__ = (
        "_arrays",
        "_block",
        "_blocks",
        "_columns",
        "_cuts",
        "_rows",
        "_scale",
        "_south",
        "_tile",
        "_tiles",
        "_west",
    )

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._arrays = {name: np.ascontiguousarray(arrays[name]) for name in _TYPES}
        self._cuts = CutCells(self._arrays)
        self._tiles: NDArray[np.int32] = self._arrays["tiles"]
        self._blocks: NDArray[np.int32] = self._arrays["blocks"]
        self._tile = self._tiles.data
        self._block = self._blocks.data
        west, south, cell_deg, columns, rows, _ = self._arrays["grid"].tolist()
        self._west: float = west
        self._south: float = south
        self._scale: float = 1.0 / (cell_deg * TILE)
        self._columns = int(columns) // TILE
        self._rows = int(rows) // TILE

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> PointLookup:
        """The look-up that `to_arrays` was asked of; memory-mapped arrays are not copied.

        DataFileError when one is missing, of another type, or does not fit the others.
        """
        _check(arrays)
        return cls(arrays)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """All that the look-up holds, as plain numeric arrays by name."""
        return dict(self._arrays)

    def one(self, lon: float, lat: float) -> int:
        """The position of the territory at a point in degrees, -1 for none."""
        x = (lon - self._west) * self._scale
        y = (lat - self._south) * self._scale
        if not (0.0 <= x < self._columns and 0.0 <= y < self._rows):
            return -1
        held: int = self._tile[int(y) * self._columns + int(x)]
        if held >= -1:
            return held
        held = self._block[((-2 - held) << 6) | ((int(y * 8.0) & 7) << 3) | (int(x * 8.0) & 7)]
        if held >= -1:
            return held
        return self._cuts.one(-2 - held, lon, lat)

    def many(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int32]:
        """The positions of the territories at points in degrees, -1 for none; int32, of the shape given.

        InvalidInputError when the two arrays differ in shape.
        """
        x = np.asarray(lon, dtype=np.float64)
        y = np.asarray(lat, dtype=np.float64)
        if x.shape != y.shape:
            raise InvalidInputError(
                "lon and lat must be arrays of one shape", zh="lon 与 lat 须为形状相同的数组", field="lon"
            )
        flat_x, flat_y = x.reshape(-1), y.reshape(-1)
        found = np.empty(x.size, dtype=np.int32)
        for start in range(0, x.size, _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = self._chunk(flat_x[part], flat_y[part])
        return found.reshape(x.shape)

    def _chunk(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int32]:
        with np.errstate(over="ignore"):
            x = (lon - self._west) * self._scale
            y = (lat - self._south) * self._scale
        # The least and the greatest are NaN when any is, so one comparison each serves for both.
        if not (x.min() >= 0.0 and x.max() < self._columns and y.min() >= 0.0 and y.max() < self._rows):
            inside = (x >= 0.0) & (x < self._columns) & (y >= 0.0) & (y < self._rows)
            found = np.full(len(lon), -1, dtype=np.int32)
            if inside.any():
                found[inside] = self._chunk(lon[inside], lat[inside])
            return found
        tile = y.astype(np.int64)
        tile *= self._columns
        tile += x.astype(np.int64)
        found = self._tiles.take(tile)
        mixed = np.flatnonzero(found < -1)
        if len(mixed):
            column = (x.take(mixed) * 8.0).astype(np.int64) & 7
            row = (y.take(mixed) * 8.0).astype(np.int64) & 7
            block = -2 - found.take(mixed).astype(np.int64)
            cells = self._blocks.take((block << 6) | (row << 3) | column)
            found[mixed] = cells
            cut = np.flatnonzero(cells < -1)
            if len(cut):
                at = mixed.take(cut)
                found[at] = self._cuts.many(-2 - cells.take(cut), lon.take(at), lat.take(at))
        return found


def _check(arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """DataFileError when an array is missing or the arrays cannot belong together."""
    for name, kind in _TYPES.items():
        if name not in arrays:
            raise DataFileError(
                f"the point look-up lacks its array {name}: build it again",
                zh=f"点位查询索引缺少数组 {name}：请重新生成",
                field=name,
            )
        if not arrays[name].dtype.str[1:].startswith(kind):
            raise DataFileError(
                f"the array {name} is not of type {kind}: build it again",
                zh=f"数组 {name} 的类型不是 {kind}：请重新生成",
                field=name,
            )
    size = {name: arrays[name].size for name in _TYPES}
    fits = size["grid"] == 6 and arrays["edges"].shape == (int(arrays["grid"][5]), 4)
    fits = fits and size["tiles"] * TILE * TILE == int(arrays["grid"][3]) * int(arrays["grid"][4])
    fits = fits and size["blocks"] % (TILE * TILE) == 0
    fits = fits and size["cut_first"] == size["owner_first"] == size["cut_base"] + 1
    fits = fits and size["cut_edges"] == size["cut_masks"] == int(arrays["cut_first"][-1])
    fits = fits and size["owners"] == int(arrays["owner_first"][-1])
    if not fits:
        raise DataFileError(
            "the arrays of the point look-up do not fit one another: build them again",
            zh="点位查询索引的各数组互不相符：请重新生成",
        )
