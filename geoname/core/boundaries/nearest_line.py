"""The nearest boundary line (最近界线) to a point, its distance in metres, and all lines within a distance.

Distances are on the ellipsoid of WGS 84 to lines straight in longitude and latitude, by the scale midway
between the point and its foot: within 0.1 % up to 100 km, roughly beyond.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import LineString, MultiLineString

from geoname.core.boundaries.nearest_line_arrays import LINE_ARRAYS, LineArrays, check_line_arrays
from geoname.core.boundaries.nearest_line_build import nearest_arrays, widened
from geoname.core.boundaries.nearest_line_many import nearest_of_many
from geoname.core.boundaries.nearest_line_metres import SEMI_MAJOR_M, metres_to_segment, plane_y
from geoname.errors import InvalidInputError

_METRES_PER_DEG = math.radians(SEMI_MAJOR_M)


class NearestLine:
    """Finds lines by their positions in the sequence it was built from; of equally near ones the smallest."""

    __slots__ = (
        "_arrays",
        "_bulge",
        "_cell_deg",
        "_cell_first",
        "_cell_piece",
        "_columns",
        "_first",
        "_gap",
        "_last",
        "_lat",
        "_line",
        "_many",
        "_rows",
        "_south",
        "_west",
        "_x",
        "_y",
    )

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._arrays = {name: np.ascontiguousarray(arrays[name]) for name in LINE_ARRAYS}
        self._many = LineArrays.of(self._arrays)
        self._x = self._many.x.data
        self._y = self._many.y.data
        self._lat = self._many.lat.data
        self._first = self._many.piece_first.data
        self._last = self._many.piece_last.data
        self._line = self._many.piece_line.data
        self._bulge = self._many.piece_bulge.data
        self._cell_first = self._many.cell_first.data
        self._cell_piece = self._many.cell_piece.data
        self._gap = self._many.cell_gap.data
        self._west, self._south, self._cell_deg, columns, rows = self._arrays["grid"].tolist()
        self._columns = int(columns)
        self._rows = int(rows)

    @classmethod
    def build(cls, lines: Sequence[MultiLineString | LineString], cell_deg: float = 0.04) -> NearestLine:
        """A look-up over lines in degrees, longitude first, WGS 84; InvalidInputError for what is no line."""
        return cls(nearest_arrays(lines, cell_deg))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> NearestLine:
        """The look-up that `to_arrays` was asked of; memory-mapped arrays are not copied.

        DataFileError when one is missing, of another type, or does not fit the others.
        """
        check_line_arrays(arrays)
        return cls(arrays)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """All that the look-up holds, as plain numeric arrays by name."""
        return dict(self._arrays)

    def one(self, lon: float, lat: float) -> tuple[int, float] | None:
        """The nearest line and its distance in metres; None without lines or for what is no place."""
        if not (-540.0 <= lon <= 540.0 and -89.0 <= lat <= 89.0) or not len(self._line):
            return None
        y = plane_y(lat)
        pieces, gaps, reach = self._candidates(lon, y)
        bend = math.radians(math.sin(math.radians(lat)))
        limit = best = math.inf
        line = at = -1
        bulge, lines = self._bulge, self._line
        for piece, gap in zip(pieces, gaps, strict=True):
            if gap - reach > limit:
                break
            if self._to_chord(piece, lon, y) - bulge[piece] > limit:
                continue
            square, vertex = self._to_piece(piece, lon, y, bend)
            if square < best or (square == best and lines[piece] < line):
                best, at, line = square, vertex, lines[piece]
                near = math.sqrt(square)
                limit = near * (1.0 + min(0.03 * near, 0.5))
        return line, self._metres(at, lon, lat)

    def within(self, lon: float, lat: float, metres: float) -> list[tuple[int, float]]:
        """Every line at most so many metres away, with its distance, the nearest first."""
        if not (-540.0 <= lon <= 540.0 and -89.0 <= lat <= 89.0) or not len(self._line):
            return []
        y = plane_y(lat)
        far = metres / (_METRES_PER_DEG * math.cos(math.radians(lat)))
        far *= 1.0 + min(0.03 * far, 0.5)
        pieces, gaps, reach = self._candidates(lon, y, far)
        bend = math.radians(math.sin(math.radians(lat)))
        best: dict[int, tuple[float, int]] = {}
        for piece, gap in zip(pieces, gaps, strict=True):
            if gap - reach > far:
                break
            if self._to_chord(piece, lon, y) - self._bulge[piece] <= far:
                found = self._to_piece(piece, lon, y, bend)
                line = self._line[piece]
                if line not in best or found < best[line]:
                    best[line] = found
        ranked = sorted((square, line, at) for line, (square, at) in best.items())
        measured = [(line, self._metres(at, lon, lat)) for _, line, at in ranked]
        return [(line, distance) for line, distance in measured if distance <= metres]

    def many(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The nearest line and its distance in metres for each point, in arrays of the shape given.

        -1 and infinity where `one` says None. InvalidInputError when the two arrays differ in shape.
        """
        x = np.asarray(lon, dtype=np.float64)
        y = np.asarray(lat, dtype=np.float64)
        if x.shape != y.shape:
            raise InvalidInputError(
                "lon and lat must be arrays of one shape", zh="lon 与 lat 须为形状相同的数组", field="lon"
            )
        line, metres, left = nearest_of_many(self._many, x.reshape(-1), y.reshape(-1))
        for i in left.tolist():
            found = self.one(float(x.flat[i]), float(y.flat[i]))
            if found is not None:
                line[i], metres[i] = found
        return line.reshape(x.shape), metres.reshape(x.shape)

    def _candidates(
        self, x: float, y: float, far: float | None = None
    ) -> tuple[Sequence[int], Sequence[float], float]:
        """Pieces that may be nearest, or all within `far`; their gaps from a place; the way from it to here.

        The place is the middle of the point's cell, or the point itself when its cell does not know enough.
        """
        column = (x - self._west) / self._cell_deg
        row = (y - self._south) / self._cell_deg
        if 0.0 <= column < self._columns and 0.0 <= row < self._rows:
            cell = int(row) * self._columns + int(column)
            part = slice(self._cell_first[cell], self._cell_first[cell + 1])
            gaps = self._gap[part]
            reach = math.hypot(column - int(column) - 0.5, row - int(row) - 0.5) * self._cell_deg
            # A cell knows every piece less than its diagonal farther from its middle than the nearest.
            if far is None or far + reach <= gaps[0] + self._cell_deg * 1.4:
                return self._cell_piece[part], gaps, reach
        pieces, least = self._by_chord(x, y, far)
        return pieces, least, 0.0

    def _by_chord(self, x: float, y: float, far: float | None = None) -> tuple[list[int], list[float]]:
        """The pieces that may be nearest, or within `far`, and the least they can be away, ascending."""
        arrays = self._many
        chord = arrays.to_chords(np.arange(len(self._line)), np.array([x]), np.array([y]))
        least = chord - arrays.piece_bulge
        if far is None:
            far = float(widened((chord + arrays.piece_bulge).min()))
        some = np.flatnonzero(least <= far)
        some = some[np.argsort(least[some], kind="stable")]
        return some.tolist(), least[some].tolist()

    def _to_chord(self, piece: int, x: float, y: float) -> float:
        """The distance to the straight way between the ends of a piece."""
        a, b = self._first[piece], self._last[piece]
        ax, ay = self._x[a], self._y[a]
        run, rise = self._x[b] - ax, self._y[b] - ay
        px, py = x - ax, y - ay
        share = px * run + py * rise
        if share > 0.0:
            square = run * run + rise * rise
            share = 1.0 if share >= square else share / square
            px -= share * run
            py -= share * rise
        return math.sqrt(px * px + py * py)

    def _to_piece(self, piece: int, x: float, y: float, bend: float) -> tuple[float, int]:
        """The squared distance, mended for the change of scale, and the vertex its segment starts at."""
        a, b = self._first[piece], self._last[piece] + 1
        xs, ys = self._x[a:b].tolist(), self._y[a:b].tolist()
        best, at = math.inf, a
        ax, ay = xs[0], ys[0]
        for i in range(1, b - a):
            bx, by = xs[i], ys[i]
            run, rise = bx - ax, by - ay
            px, py = x - ax, y - ay
            share = px * run + py * rise
            if share > 0.0:
                square = run * run + rise * rise
                if share >= square:
                    px, py = x - bx, y - by
                else:
                    share /= square
                    px -= share * run
                    py -= share * rise
            scale = 1.0 + bend * py
            mended = (px * px + py * py) * (scale if scale > 0.2 else 0.2)
            if mended < best:
                best, at = mended, a + i - 1
            ax, ay = bx, by
        return best, at

    def _metres(self, at: int, lon: float, lat: float) -> float:
        ends = (self._x[at], self._lat[at], self._x[at + 1], self._lat[at + 1])
        return metres_to_segment(lon, lat, ends)
