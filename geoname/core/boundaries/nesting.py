"""Checks that territories lie in their parents (层级套合) and, where all are there, fill them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.coverage_report import CoverageDefect, DefectKind
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import areas_straight, lengths

# A point put on another's edge is off it by the last digit of a double, 0.1 mm over the length of the edge.
_NOISE_M = 1e-3
_NOISE_M2 = 1e-3


def check_nesting(
    children: Territories, parents: Territories, whole: Collection[str], sliver_m: float = 1.0
) -> tuple[CoverageDefect, ...]:
    """Land of a territory outside its parent (BEYOND), and land of a parent that no child claims (GAP).

    The parent is the territory of the longest code that begins the child's; children without one are left
    out. Gaps are looked for in the parents of the codes `whole`, whose children are all there. The largest
    come first; sizes are geodesic, and what is narrower on average than `sliver_m` metres is a sliver.
    """
    known = {code: i for i, code in enumerate(parents.codes)}
    of_parent: dict[int, list[int]] = defaultdict(list)
    for i, code in enumerate(children.codes):
        parent = _parent(code, known)
        if parent is not None and _usable(children.polygons[i]) and _usable(parents.polygons[parent]):
            of_parent[parent].append(i)
    found: list[CoverageDefect] = []
    for parent, below in of_parent.items():
        land = parents.polygons[parent]
        outside = shapely.difference(children.polygons[below], land)
        for i, pieces in zip(below, outside, strict=True):
            codes = (children.codes[i], parents.codes[parent])
            found += areal_defects(DefectKind.BEYOND, codes, pieces, sliver_m)
        if parents.codes[parent] in whole:
            left = shapely.difference(land, shapely.union_all(children.polygons[below]))
            found += areal_defects(DefectKind.GAP, (parents.codes[parent],), left, sliver_m)
    order = list(DefectKind)
    found.sort(key=lambda defect: (order.index(defect.kind), -defect.area_m2, defect.codes))
    return tuple(found)


def _parent(code: str, known: Mapping[str, int]) -> int | None:
    shorter = (code[:digits] for digits in (9, 6, 4, 2) if digits < len(code))
    return next((known[each] for each in shorter if each in known), None)


def _usable(polygon: shapely.Geometry) -> bool:
    return bool(shapely.is_valid(polygon) and not shapely.is_empty(polygon))


def areal_defects(
    kind: DefectKind, codes: tuple[str, ...], pieces: shapely.Geometry, sliver_m: float
) -> list[CoverageDefect]:
    """One defect for each area among pieces of land that is more than arithmetic."""
    # Twice, because a collection may hold a multi-polygon.
    nested: NDArray[np.object_] = shapely.get_parts(shapely.get_parts(np.array([pieces], dtype=object)))
    parts = nested[shapely.get_type_id(nested) == shapely.GeometryType.POLYGON]
    size, outline = areas_straight(parts), lengths(parts)
    places = shapely.get_coordinates(shapely.point_on_surface(parts))
    return [
        CoverageDefect(
            kind,
            codes,
            (float(places[i, 0]), float(places[i, 1])),
            float(size[i]),
            float(outline[i]),
            bool(2.0 * size[i] < sliver_m * outline[i]),
        )
        for i in np.flatnonzero((size > _NOISE_M2) & (2.0 * size > _NOISE_M * outline))
    ]
