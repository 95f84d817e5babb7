"""The arrays behind the nearest-line look-up (最近界线), whether they fit, and distances by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.errors import DataFileError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

LINE_ARRAYS = {
    "grid": "f8",
    "x": "f8",
    "y": "f8",
    "lat": "f8",
    "piece_first": "i4",
    "piece_last": "i4",
    "piece_line": "i4",
    "piece_bulge": "f8",
    "cell_first": "i4",
    "cell_piece": "i4",
    "cell_gap": "f4",
}


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


def check_line_arrays(arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """DataFileError when an array is missing or the arrays cannot belong together."""
    for name, kind in LINE_ARRAYS.items():
        if name not in arrays:
            raise DataFileError(
                f"the nearest-line look-up lacks its array {name}: build it again",
                zh=f"最近界线索引缺少数组 {name}：请重新生成",
                field=name,
            )
        if arrays[name].dtype.str[1:] != kind:
            raise DataFileError(
                f"the array {name} is not of type {kind}: build it again",
                zh=f"数组 {name} 的类型不是 {kind}：请重新生成",
                field=name,
            )
    size = {name: arrays[name].size for name in LINE_ARRAYS}
    pieces = size["piece_first"]
    fits = size["grid"] == 5 and size["x"] == size["y"] == size["lat"]
    fits = fits and pieces == size["piece_last"] == size["piece_line"] == size["piece_bulge"]
    fits = fits and size["cell_first"] == int(arrays["grid"][3]) * int(arrays["grid"][4]) + 1
    fits = fits and size["cell_piece"] == size["cell_gap"] == int(arrays["cell_first"][-1])
    fits = fits and (not pieces or size["x"] == int(arrays["piece_last"][-1]) + 1)
    if not fits:
        raise DataFileError(
            "the arrays of the nearest-line look-up do not fit one another: build them again",
            zh="最近界线索引的各数组互不相符：请重新生成",
        )
