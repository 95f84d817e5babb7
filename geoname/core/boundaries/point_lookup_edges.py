"""The edges of many polygons (多边形的边), each once, and which polygons each belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class OwnedEdges:
    """`ends[e]` is x1, y1, x2, y2 with y1 <= y2, in degrees.

    `owners[first[e] : first[e + 1]]` are the positions of the polygons that have the edge.
    """

    ends: NDArray[np.float64]
    first: NDArray[np.int64]
    owners: NDArray[np.int32]


def owned_edges(polygons: NDArray[np.object_]) -> OwnedEdges:
    """The edges of the polygons' rings, those of equal ends made one.

    InvalidInputError when something among the polygons is neither Polygon nor MultiPolygon, or has a
    coordinate that is not finite.
    """
    kinds = shapely.get_type_id(polygons)
    wrong = np.flatnonzero(
        (kinds != shapely.GeometryType.POLYGON) & (kinds != shapely.GeometryType.MULTIPOLYGON)
    )
    if len(wrong):
        raise InvalidInputError(
            f"the territory at position {wrong[0]} is no polygon: give Polygon or MultiPolygon",
            zh=f"第 {wrong[0]} 个范围不是面：请给出 Polygon 或 MultiPolygon",
            field="polygons",
        )
    parts, polygon_of_part = shapely.get_parts(polygons, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    if not np.isfinite(points).all():
        raise InvalidInputError(
            "a territory has a coordinate that is not a number: mend its polygon",
            zh="有范围的坐标不是数：请改正其面",
            field="polygons",
        )
    joined = ring_of_point[1:] == ring_of_point[:-1]
    joined &= (points[1:] != points[:-1]).any(axis=1)
    at = np.flatnonzero(joined)
    ends = np.concatenate([points[at], points[at + 1]], axis=1)
    downward = (ends[:, 1] > ends[:, 3]) | ((ends[:, 1] == ends[:, 3]) & (ends[:, 0] > ends[:, 2]))
    ends[downward] = ends[downward][:, [2, 3, 0, 1]]
    return _made_one(ends, polygon_of_part[part_of_ring[ring_of_point[at]]].astype(np.int32))


def _made_one(ends: NDArray[np.float64], owner: NDArray[np.int32]) -> OwnedEdges:
    """Equal edges become one; the order along the rings is kept, so that near edges lie near in memory."""
    order = np.lexsort((owner, ends[:, 3], ends[:, 2], ends[:, 1], ends[:, 0]))
    ordered = ends[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    begins = np.flatnonzero(new)
    counts = np.diff(np.append(begins, len(order)))
    earliest = np.minimum.reduceat(order, begins) if len(begins) else begins
    along = np.argsort(earliest)
    first = np.zeros(len(begins) + 1, dtype=np.int64)
    np.cumsum(counts[along], out=first[1:])
    pick = np.arange(first[-1]) + np.repeat(begins[along] - first[:-1], counts[along])
    return OwnedEdges(ordered[begins[along]], first, owner[order][pick])
