"""Tells in which territory of a cut cell (界线所过之格) a point lies, by the edges its eastward ray crosses.

Each edge of a cell has a mask with a bit for every territory of the cell that it bounds; the exclusive or of
the masks crossed, and of the cell's own, leaves the bits of the territories that hold the point.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from geoname.core.boundaries.point_lookup_cuts import ON_LINE
from geoname.core.boundaries.point_lookup_exact import exact_side, is_beside


class CutCells:
    """The cut cells of a grid, by number; `arrays` as `lookup_arrays` gives them."""

    __slots__ = (
        "_base",
        "_cut_base",
        "_cut_edges",
        "_cut_first",
        "_cut_masks",
        "_edge",
        "_edges",
        "_first",
        "_mask",
        "_numbers",
        "_owner",
        "_owner_first",
        "_owner_of",
        "_owners",
    )

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._cut_first: NDArray[np.int32] = arrays["cut_first"]  # type: ignore[assignment]
        self._cut_edges: NDArray[np.int32] = arrays["cut_edges"]  # type: ignore[assignment]
        self._cut_masks: NDArray[np.unsignedinteger] = arrays["cut_masks"]  # type: ignore[assignment]
        self._cut_base: NDArray[np.unsignedinteger] = arrays["cut_base"]  # type: ignore[assignment]
        self._owner_first: NDArray[np.int32] = arrays["owner_first"]  # type: ignore[assignment]
        self._owners: NDArray[np.int32] = arrays["owners"]  # type: ignore[assignment]
        self._edges: NDArray[np.float64] = arrays["edges"]  # type: ignore[assignment]
        # A memoryview gives one Python number three times as fast as an array does.
        self._first = self._cut_first.data
        self._edge = self._cut_edges.data
        self._mask = self._cut_masks.data
        self._base = self._cut_base.data
        self._owner_of = self._owner_first.data
        self._owner = self._owners.data
        self._numbers = self._edges.reshape(-1).data

    def one(self, cut: int, x: float, y: float) -> int:
        """The position of the territory that holds a point of the cut cell, -1 for none."""
        mask: int = self._base[cut]
        numbers = self._numbers
        for pair in range(self._first[cut], self._first[cut + 1]):
            at = self._edge[pair] << 2
            y1, y2 = numbers[at + 1], numbers[at + 3]
            if y1 - ON_LINE <= y <= y2 + ON_LINE:
                x1 = numbers[at]
                run = numbers[at + 2] - x1
                rise = y2 - y1
                side = run * (y - y1) - rise * (x - x1)
                slack = (abs(run) + rise) * ON_LINE
                if side > slack:
                    if y1 <= y < y2:
                        mask ^= self._mask[pair]
                elif side >= -slack:
                    return self._on_line(cut, x, y)
        return self._lowest(cut, mask)

    def many(
        self, cut: NDArray[np.int32], lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> NDArray[np.int32]:
        """The same for arrays of one length, at least one: cut cell and point, int32."""
        begin = self._cut_first.take(cut).astype(np.int64)
        counts = self._cut_first.take(cut + 1) - begin
        first = np.cumsum(counts)
        first -= counts
        pair = np.arange(first[-1] + counts[-1])
        pair += np.repeat(begin - first, counts)
        x1, y1, x2, y2 = self._edges.take(self._cut_edges.take(pair), axis=0).T
        x, y = np.repeat(lon, counts), np.repeat(lat, counts)
        run, rise = x2 - x1, y2 - y1
        side = run * (y - y1) - rise * (x - x1)
        slack = (np.abs(run) + rise) * ON_LINE
        near = (np.abs(side) <= slack) & (y >= y1 - ON_LINE) & (y <= y2 + ON_LINE)
        masks = self._cut_masks.take(pair)
        masks *= (side > 0.0) & (y >= y1) & (y < y2)
        mask = np.bitwise_xor.reduceat(masks, first) ^ self._cut_base.take(cut)
        lowest = np.frexp((mask & (~mask + 1)).astype(np.float64))[1] - 1
        owner = self._owners.take(self._owner_first.take(cut) + np.maximum(lowest, 0))
        found: NDArray[np.int32] = np.where(mask == 0, np.int32(-1), owner)
        if near.any():
            for i in np.unique(np.repeat(np.arange(len(cut)), counts)[near]).tolist():
                found[i] = self._on_line(int(cut[i]), float(lon[i]), float(lat[i]))
        return found

    def _lowest(self, cut: int, mask: int) -> int:
        if not mask:
            return -1
        owner: int = self._owner[self._owner_of[cut] + (mask & -mask).bit_length() - 1]
        return owner

    def _on_line(self, cut: int, x: float, y: float) -> int:
        """The answer for a point that may be on an edge: without rounding."""
        mask: int = self._base[cut]
        touched = close = 0
        numbers = self._numbers
        for pair in range(self._first[cut], self._first[cut + 1]):
            at = self._edge[pair] << 2
            x1, y1, x2, y2 = numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]
            if not y1 - ON_LINE <= y <= y2 + ON_LINE:
                continue
            bits = self._mask[pair]
            side = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
            if abs(side) <= (abs(x2 - x1) + y2 - y1) * ON_LINE:
                edge = (x1, y1, x2, y2)
                side = exact_side(edge, x, y)
                if side == 0 and is_beside(edge, x, y):
                    touched |= bits
                if is_beside(edge, x, y, ON_LINE):
                    close |= bits
            if side > 0 and y1 <= y < y2:
                mask ^= bits
        return self._lowest(cut, mask | touched or close)
