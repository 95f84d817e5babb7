"""Which territories a box or polygon meets: an R-tree over bounding boxes (外接矩形), then the exact test."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from rtree.index import Index
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geoname.errors import InvalidInputError


class TerritoryBoxes:
    """Answers with positions in the array of polygons it was built from, ascending.

    Polygons are in degrees, longitude first. To touch is to meet. A territory without area is never found.
    """

    __slots__ = ("_bounds", "_polygons", "_tree")

    def __init__(self, polygons: NDArray[np.object_]) -> None:
        self._polygons = polygons
        self._bounds = shapely.bounds(polygons)
        filled = np.flatnonzero(~shapely.is_empty(polygons) & ~shapely.is_missing(polygons))
        boxes = ((int(i), tuple(self._bounds[i].tolist()), None) for i in filled)
        # The library cannot stream in nothing.
        self._tree = Index(boxes, interleaved=True) if len(filled) else Index(interleaved=True)

    def intersecting(self, box: tuple[float, float, float, float]) -> list[int]:
        """The territories that meet west, south, east, north in degrees.

        InvalidInputError when a side is not finite, or the box is turned inside out.
        """
        west, south, east, north = box
        if not np.isfinite(box).all() or west > east or south > north:
            raise InvalidInputError(
                "a box is west, south, east, north in degrees, west before east and south before north",
                zh="范围框依次为西、南、东、北（度），西小于东，南小于北",
                field="bbox",
            )
        found = self._near(box)
        bounds = self._bounds[found]
        beyond = np.column_stack([bounds[:, :2] < (west, south), bounds[:, 2:] > (east, north)])
        doubtful = np.asarray(beyond.any(axis=1), dtype=np.bool_)
        return self._meeting(found, doubtful, _shape(west, south, east, north))

    def intersecting_polygon(self, polygon: Polygon | MultiPolygon) -> list[int]:
        """The territories that meet a polygon in degrees; InvalidInputError when it is empty or not valid."""
        if polygon.is_empty or not polygon.is_valid:
            trouble = "it is empty" if polygon.is_empty else shapely.is_valid_reason(polygon)
            raise InvalidInputError(
                f"the polygon cannot be used: {trouble}; mend it",
                zh=f"该面不可用（{trouble}）：请改正",
                field="polygon",
            )
        found = self._near(polygon.bounds)
        return self._meeting(found, np.ones(len(found), dtype=np.bool_), polygon)

    def _near(self, box: tuple[float, float, float, float]) -> NDArray[np.int64]:
        return np.sort(np.fromiter(self._tree.intersection(box), dtype=np.int64))

    def _meeting(
        self, found: NDArray[np.int64], doubtful: NDArray[np.bool_], shape: BaseGeometry
    ) -> list[int]:
        """Those of the territories found that meet the shape; only the doubtful are asked."""
        met = ~doubtful
        if doubtful.any():
            shapely.prepare(shape)
            met[doubtful] = shapely.intersects(shape, self._polygons[found[doubtful]])
        return [int(i) for i in found[met]]


def _shape(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """The box as a shape; a line or a point when it has no area."""
    if west < east and south < north:
        return shapely.box(west, south, east, north)
    if west < east or south < north:
        return LineString([(west, south), (east, north)])
    return Point(west, south)
