"""The course of a line (界线走向) as a measure: how far along it a place lies, how far off it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import LineString, MultiLineString

from geoname.core.coordinates.geodesic import segment_lengths
from geoname.core.coordinates.projected import scale_at_many, to_mercator_many

Array = NDArray[np.float64]
_BEND_DEG = 0.003
_STRAIGHT_DEG = 1e-10


@dataclass(frozen=True, slots=True)
class AlongLine:
    """Places held against a course, as columns.

    `piece[i]` is the part of the course nearest to place i, `chainage_m[i]` how far along that part its foot
    lies from the part's beginning, `off_m[i]` how far from it the place is; −1, NaN and infinity where the
    course is empty. Metres on the ground.
    """

    piece: NDArray[np.intp]
    chainage_m: Array
    off_m: Array


class Course:
    """A course in degrees, WGS 84, ready to be measured along; `piece_m` are its parts' geodesic lengths."""

    def __init__(self, course: MultiLineString) -> None:
        """Take a course, its edges straight in degrees."""
        # Halfway in the plane is not halfway on the ground: a centimetre off on an edge of eight kilometres.
        parts = shapely.get_parts(shapely.segmentize(course, _BEND_DEG))
        places, part = shapely.get_coordinates(parts, return_index=True)
        joined = part[1:] == part[:-1] if len(part) else np.zeros(0, dtype=bool)
        self._starts, self._ends = places[:-1][joined], places[1:][joined]
        self._part = part[1:][joined]
        self._metres = segment_lengths(self._starts, self._ends)
        pieces = len(course.geoms)
        by_piece = np.bincount(self._part, weights=self._metres, minlength=pieces)
        self.piece_m: Array = np.asarray(by_piece, dtype=np.float64)
        before = np.cumsum(self._metres) - self._metres
        first = np.searchsorted(self._part, np.arange(pieces))
        opening = before[first[self._part]] if len(before) else before
        self._before: Array = before - opening
        self._x, self._y = _plane(self._starts)
        self._to_x, self._to_y = _plane(self._ends)
        ends = np.stack(
            [np.column_stack([self._x, self._y]), np.column_stack([self._to_x, self._to_y])], axis=1
        )
        drawn = shapely.linestrings(ends) if len(ends) else np.empty(0, dtype=object)
        self._tree = STRtree(np.atleast_1d(np.asarray(drawn, dtype=object)))

    def along(self, lon: Array, lat: Array) -> AlongLine:
        """Where places, degrees, WGS 84, lie along the course; between 80° south and north."""
        count = len(lon)
        piece = np.full(count, -1, dtype=np.intp)
        chainage, off = np.full(count, np.nan), np.full(count, np.inf)
        if count and len(self._metres):
            x, y = to_mercator_many(lon, lat)
            asked, nearest = self._tree.query_nearest(shapely.points(x, y), all_matches=False)
            run, rise = self._to_x[nearest] - self._x[nearest], self._to_y[nearest] - self._y[nearest]
            square = np.maximum(run * run + rise * rise, 1e-12)
            share = ((x[asked] - self._x[nearest]) * run + (y[asked] - self._y[nearest]) * rise) / square
            share = share.clip(0.0, 1.0)
            away = np.hypot(
                x[asked] - self._x[nearest] - share * run, y[asked] - self._y[nearest] - share * rise
            )
            piece[asked] = self._part[nearest]
            chainage[asked] = self._before[nearest] + share * self._metres[nearest]
            off[asked] = away / scale_at_many(lat[asked])
        return AlongLine(piece, chainage, off)

    def stretch(self, piece: int, from_m: float, to_m: float) -> LineString:
        """The course of a piece between two chainages, in its own direction; empty where they are equal."""
        own = np.flatnonzero(self._part == piece)
        low, high = sorted((max(from_m, 0.0), min(to_m, float(self.piece_m[piece]))))
        if not high > low or len(own) == 0:
            return LineString()
        inner = own[(self._before[own] > low) & (self._before[own] < high)]
        places = [self._at(own, low), *self._starts[inner], self._at(own, high)]
        found = shapely.simplify(LineString(np.array(places)), _STRAIGHT_DEG)
        assert isinstance(found, LineString)
        return found

    def place(self, piece: int, chainage_m: float) -> tuple[float, float]:
        """Longitude and latitude so far along a piece."""
        lon, lat = self._at(np.flatnonzero(self._part == piece), chainage_m).tolist()
        return lon, lat

    def _at(self, own: NDArray[np.intp], chainage: float) -> Array:
        edge = own[max(int(np.searchsorted(self._before[own], chainage, side="right")) - 1, 0)]
        share = min(max((chainage - self._before[edge]) / max(self._metres[edge], 1e-9), 0.0), 1.0)
        found: Array = self._starts[edge] + share * (self._ends[edge] - self._starts[edge])
        return found


def _plane(places: Array) -> tuple[Array, Array]:
    return to_mercator_many(places[:, 0], places[:, 1])
