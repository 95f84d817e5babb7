"""Metres along a boundary line (里程): places at a distance from its beginning, and the parts between two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString

from geoname.core.coordinates.geodesic import segment_lengths
from geoname.errors import InvalidInputError

Array = NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """One unbroken piece: its places (n, 2) in degrees and the metres along the line at which each stands."""

    places: Array
    at: Array

    @property
    def start(self) -> float:
        return float(self.at[0])

    @property
    def end(self) -> float:
        return float(self.at[-1])

    def interpolated(self, metres: Array) -> Array:
        """The places at distances that lie on the piece, (n, 2)."""
        return np.column_stack([np.interp(metres, self.at, self.places[:, axis]) for axis in (0, 1)])

    def bends(self, start: float, end: float) -> NDArray[np.bool_]:
        """Which of its places lie strictly between two distances."""
        return (self.at > start) & (self.at < end)


class LineMeasure:
    """A course in degrees, WGS 84, measured on the ellipsoid.

    The pieces of a line follow one another without a gap in the count.
    """

    def __init__(self, course: MultiLineString) -> None:
        """Measure a course; InvalidInputError when there is nothing of it."""
        reached, pieces = 0.0, []
        for part in shapely.get_parts(course):
            places = shapely.get_coordinates(part)
            if len(places) < 2:
                continue
            at = reached + np.r_[0.0, np.cumsum(segment_lengths(places[:-1], places[1:]))]
            pieces.append(_Piece(places, at))
            reached = float(at[-1])
        if reached <= 0.0:
            raise InvalidInputError(
                "the line has no course: load its geometry first",
                zh="该界线没有图形：请先载入",
                field="line",
            )
        self._pieces = tuple(pieces)
        self.length_m = reached

    def pieces_within(self, stretch: Interval) -> tuple[Interval, ...]:
        """Where each piece begins and ends, as far as it lies in the stretch."""
        return tuple((start, end) for _, start, end in self._cut(stretch))

    def samples(self, spacing_m: float, stretch: Interval) -> tuple[Array, Array, Array, NDArray[np.intp]]:
        """Places no more than `spacing_m` apart, each bend and each end of a piece among them.

        Metres along the line, longitude, latitude, and the number of the piece: four arrays of one length.
        """
        metres, places = [], []
        for piece, start, end in self._cut(stretch):
            count = max(2, int(np.ceil((end - start) / spacing_m)) + 1)
            metres.append(np.unique(np.r_[np.linspace(start, end, count), piece.at[piece.bends(start, end)]]))
            places.append(piece.interpolated(metres[-1]))
        number = np.repeat(np.arange(len(metres)), [len(one) for one in metres])
        lon, lat = np.concatenate(places).T
        return np.concatenate(metres), lon, lat, number

    def place(self, metres: float) -> tuple[float, float]:
        """Longitude and latitude at a distance along the line; its ends for what lies beyond."""
        piece = next((piece for piece in self._pieces if metres <= piece.end), self._pieces[-1])
        lon, lat = piece.interpolated(np.array([metres]))[0].tolist()
        return lon, lat

    def between(self, start: float, end: float) -> MultiLineString:
        """The part from one distance to another, a line for each piece that it lies on."""
        parts = []
        for piece, begin, stop in self._cut((start, end)):
            ends = piece.interpolated(np.array([begin, stop]))
            parts.append(np.vstack([ends[:1], piece.places[piece.bends(begin, stop)], ends[1:]]))
        return MultiLineString(parts)

    def locate(self, lon: float, lat: float) -> tuple[float, float]:
        """The distance along the line of the place on it nearest to a point, and the metres to it."""
        found = (_nearest(piece, lon, lat) for piece in self._pieces)
        return min(found, key=lambda one: one[1])

    def _cut(self, stretch: Interval) -> tuple[tuple[_Piece, float, float], ...]:
        cut = ((piece, max(piece.start, stretch[0]), min(piece.end, stretch[1])) for piece in self._pieces)
        return tuple((piece, start, end) for piece, start, end in cut if end > start)


def _nearest(piece: _Piece, lon: float, lat: float) -> tuple[float, float]:
    # Near the point a degree of longitude is shorter than one of latitude by the cosine.
    factor = np.array([np.cos(np.radians(lat)), 1.0])
    start, point = piece.places[:-1] * factor, np.array([lon, lat]) * factor
    way = np.diff(piece.places, axis=0) * factor
    square = np.maximum(np.einsum("ij,ij->i", way, way), 1e-30)
    share = np.clip(np.einsum("ij,ij->i", point - start, way) / square, 0.0, 1.0)
    off = start + share[:, None] * way - point
    nearest = int(np.argmin(np.einsum("ij,ij->i", off, off)))
    at = piece.at[nearest] + share[nearest] * (piece.at[nearest + 1] - piece.at[nearest])
    foot = (start[nearest] + share[nearest] * way[nearest]) / factor
    return float(at), float(segment_lengths(np.array([[lon, lat]]), foot[None, :])[0])
