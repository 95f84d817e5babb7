"""Outlines of territories (区划外廓) as segments in metres, and how far places are from them."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geoname.core.coordinates.geodesic import lengths
from geoname.core.coordinates.projected import scale_at_many, to_mercator_many

Array = NDArray[np.float64]
_METRES_PER_DEGREE = 111_320.0
_BEND_DEG = 0.003


class Outline:
    """The rings of a polygon (or the parts of a line) in degrees, WGS 84, made ready to be measured from."""

    def __init__(self, shape: BaseGeometry) -> None:
        """Take a shape, its edges straight in degrees; an empty one is infinitely far from everything."""
        # An edge straight in degrees bends in the plane, by a third of a metre in eight kilometres.
        parts = shapely.get_parts(shapely.segmentize(shape, _BEND_DEG))
        if shapely.get_dimensions(shape) == 2:
            parts = shapely.get_rings(parts)
        places, part = shapely.get_coordinates(parts, return_index=True)
        x, y = to_mercator_many(places[:, 0], places[:, 1])
        joined = part[1:] == part[:-1]
        ends = np.stack([np.column_stack([x, y])[:-1][joined], np.column_stack([x, y])[1:][joined]], axis=1)
        pieces: NDArray[np.object_] = np.atleast_1d(np.asarray(shapely.linestrings(ends), dtype=object))
        self._tree = STRtree(pieces if len(ends) else pieces[:0])

    def distances(self, lon: Array, lat: Array) -> Array:
        """Metres on the ground from each place, degrees, to the nearest part of the outline."""
        if len(self._tree) == 0 or len(lon) == 0:
            return np.full(len(lon), np.inf)
        points = shapely.points(*to_mercator_many(lon, lat))
        asked, metres = self._tree.query_nearest(points, return_distance=True, all_matches=False)
        found = np.full(len(lon), np.inf)
        found[asked[0]] = metres
        scaled: Array = found / scale_at_many(lat)
        return scaled


def places_along(shape: BaseGeometry, spacing_m: float) -> tuple[Array, Array]:
    """Longitudes and latitudes of a shape's vertices, with more between them at most so many metres apart."""
    outline = shapely.boundary(shape) if shapely.get_dimensions(shape) == 2 else shape
    dense = shapely.segmentize(outline, spacing_m / _METRES_PER_DEGREE)
    places = shapely.get_coordinates(dense)
    return places[:, 0].copy(), places[:, 1].copy()


def places_apart(shape: BaseGeometry, spacing_m: float, at_least: int = 8) -> tuple[Array, Array]:
    """Longitudes and latitudes of places along each ring of a shape, about `spacing_m` metres apart.

    Every ring gets `at_least` of them, an empty shape none.
    """
    rings = shapely.get_rings(shapely.get_parts(shape))
    if len(rings) == 0:
        return np.empty(0), np.empty(0)
    counts = np.maximum(np.ceil(lengths(rings) / spacing_m).astype(int), at_least)
    owner = np.repeat(np.arange(len(rings)), counts)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    places = shapely.get_coordinates(
        shapely.line_interpolate_point(rings[owner], (step + 0.5) / counts[owner], normalized=True)
    )
    return places[:, 0].copy(), places[:, 1].copy()
