"""Checks that territories cover the land once and wholly, edge on edge (拓扑检查)."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geoname.core.boundaries.coverage_report import CoverageDefect, CoverageReport, DefectKind
from geoname.core.boundaries.shared_edges import require_one_level
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import areas_straight, lengths
from geoname.errors import InvalidInputError

_Geometries = NDArray[np.object_]
_AREAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
# Overlaying doubles leaves nanometres along an edge of kilometres; what is smaller is arithmetic, not land.
_NOISE_M2 = 1e-3
# A millimetre: edges this near to a reported area are its outline.
_NEAR_DEG = 1e-8
_TOUCH_DEG = 1e-6
_METRES_PER_DEGREE = 111_320.0
_NOTHING: _Geometries = np.empty(0, dtype=object)
_PLACE = re.compile(r"\[(\S+) (\S+)\]")


def check_coverage(
    territories: Territories, *, whole: BaseGeometry | None = None, sliver_m: float = 1.0
) -> CoverageReport:
    """Report invalid rings, overlaps, gaps, land beyond the whole, and edges that do not match.

    `whole` is what the territories should add up to (the province; degrees, WGS 84). Without it, a gap is
    land enclosed on all sides, and another province's enclave inside a territory is reported as one. A gap
    or overlap narrower on average than `sliver_m` metres is a sliver; edges of two territories that run
    nearer than that without being the same are unmatched. Sizes are geodesic. InvalidInputError when levels
    are mixed, a geometry is no polygon, or the sliver width is negative.
    """
    require_one_level(territories)
    if not 0.0 <= sliver_m < 1000.0:
        raise InvalidInputError(
            f"a sliver of {sliver_m} m: give 0 to less than 1000 metres",
            zh=f"碎缝宽度 {sliver_m} 米不可用：请给出 0 至 1000 米（不含）",
            field="sliver_m",
        )
    if not np.isin(shapely.get_type_id(territories.polygons), _AREAL).all():
        raise InvalidInputError(
            "a territory is no polygon: give Polygon or MultiPolygon",
            zh="有区划的图形不是面：请给出 Polygon 或 MultiPolygon",
            field="territories",
        )
    if len(territories) == 0:
        return CoverageReport(0, ())
    polygons, defects = _valid_rings(territories)
    check = _Check(territories, polygons, sliver_m)
    unmatched = shapely.coverage_invalid_edges(polygons, gap_width=sliver_m / _METRES_PER_DEGREE)
    suspects = np.flatnonzero(~shapely.is_empty(unmatched))
    overlaps, owners = check.overlaps(suspects)
    union = shapely.union_all(polygons) if len(suspects) else shapely.coverage_union_all(polygons)
    gaps, beyond = _holes(union) if whole is None else _missing(whole, union), _NOTHING
    if whole is not None:
        beyond = _missing(union, whole)
    defects += check.areal(DefectKind.OVERLAP, overlaps, owners)
    defects += check.areal(DefectKind.GAP, gaps, [check.around(gap) for gap in gaps])
    defects += check.areal(DefectKind.BEYOND, beyond, [check.claiming(land) for land in beyond])
    defects += check.edges(unmatched, suspects, np.concatenate([overlaps, gaps]))
    order = list(DefectKind)
    defects.sort(key=lambda found: (order.index(found.kind), -found.area_m2, -found.length_m, found.codes))
    return CoverageReport(len(territories), tuple(defects))


class _Check:
    """The valid polygons of a set of territories, with an index, and the defects found among them."""

    def __init__(self, territories: Territories, polygons: _Geometries, sliver_m: float) -> None:
        self._codes = territories.codes
        self._polygons = polygons
        self._sliver_m = sliver_m
        self._reach = max(sliver_m / _METRES_PER_DEGREE, _NEAR_DEG)
        self._tree = STRtree(polygons)

    def overlaps(self, suspects: NDArray[np.intp]) -> tuple[_Geometries, list[tuple[str, ...]]]:
        """The areas that a suspect shares with any other, and the codes of the two."""
        if len(suspects) == 0:
            return _NOTHING, []
        asking, found = self._tree.query(self._polygons[suspects], predicate="intersects")
        pairs = np.column_stack([suspects[asking], found])
        pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
        common = shapely.intersection(self._polygons[pairs[:, 0]], self._polygons[pairs[:, 1]])
        shared = [_parts(each) for each in common]
        owners = [self._sorted(pair) for pair in pairs.tolist()]
        several = [codes for codes, parts in zip(owners, shared, strict=True) for _ in parts]
        return np.concatenate([_NOTHING, *shared]), several

    def areal(
        self, kind: DefectKind, polygons: _Geometries, codes: list[tuple[str, ...]]
    ) -> list[CoverageDefect]:
        """One defect for each of these areas that is more than arithmetic."""
        size, outline = areas_straight(polygons), lengths(polygons)
        places = shapely.get_coordinates(shapely.point_on_surface(polygons))
        return [
            CoverageDefect(
                kind,
                codes[i],
                (float(places[i, 0]), float(places[i, 1])),
                float(size[i]),
                float(outline[i]),
                bool(2.0 * size[i] < self._sliver_m * outline[i]),
            )
            for i in np.flatnonzero(size > _NOISE_M2)
        ]

    def around(self, gap: BaseGeometry) -> tuple[str, ...]:
        """The territories along a gap; those that touch it at a point are left out."""
        found = self._tree.query(gap, predicate="dwithin", distance=_NEAR_DEG)
        seam = shapely.area(shapely.intersection(self._polygons[found], gap.buffer(_NEAR_DEG)))
        return self._sorted(found[seam > _NEAR_DEG * _TOUCH_DEG].tolist())

    def claiming(self, land: BaseGeometry) -> tuple[str, ...]:
        """The territories that hold a piece of land, told by a point in its midst."""
        return self._sorted(
            self._tree.query(land.point_on_surface(), predicate="dwithin", distance=_NEAR_DEG).tolist()
        )

    def edges(
        self, unmatched: _Geometries, suspects: NDArray[np.intp], reported: _Geometries
    ) -> list[CoverageDefect]:
        """The unmatched edges along another territory that are not the outline of an area reported already.

        An edge comes in whole when any part of it does not match; what lies along nobody is left out.
        """
        known = shapely.union_all(shapely.buffer(reported, _NEAR_DEG))
        defects = []
        for i in suspects.tolist():
            pieces = shapely.get_parts(shapely.line_merge(shapely.difference(unmatched[i], known)))
            # The middles, because the ends of an edge also touch third territories.
            middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
            for middle, metres in zip(middles, lengths(pieces).tolist(), strict=True):
                near = self._tree.query(middle, predicate="dwithin", distance=self._reach).tolist()
                others = self._sorted(j for j in near if j != i)
                if others and metres > 0.0:
                    codes = (self._codes[i], *others)
                    place = (float(middle.x), float(middle.y))
                    defects.append(CoverageDefect(DefectKind.UNMATCHED_EDGE, codes, place, length_m=metres))
        return defects

    def _sorted(self, positions: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self._codes[i] for i in positions))


def _valid_rings(territories: Territories) -> tuple[_Geometries, list[CoverageDefect]]:
    """The polygons, the invalid ones mended so that the rest can be checked, and a defect for each."""
    polygons = territories.polygons.copy()
    wrong = np.flatnonzero(~shapely.is_valid(polygons) | shapely.is_empty(polygons))
    defects = []
    for i in wrong.tolist():
        reason = "empty" if polygons[i].is_empty else str(shapely.is_valid_reason(polygons[i]))
        found = _PLACE.search(reason)
        place = (float(found[1]), float(found[2])) if found else None
        defects.append(CoverageDefect(DefectKind.INVALID_RING, (territories.codes[i],), place, detail=reason))
        polygons[i] = shapely.make_valid(polygons[i], method="structure", keep_collapsed=False)
    return polygons, defects


def _holes(union: BaseGeometry) -> _Geometries:
    rings = [ring for part in shapely.get_parts(union) for ring in part.interiors]
    return np.asarray(shapely.polygons(rings), dtype=object) if rings else _NOTHING


def _missing(land: BaseGeometry, claimed: BaseGeometry) -> _Geometries:
    """The polygons of the land that is not claimed; the usual case, no difference at all, costs little."""
    if land.normalize().equals_exact(claimed.normalize(), tolerance=0.0):
        return _NOTHING
    return _parts(land.difference(claimed))


def _parts(geometry: BaseGeometry) -> _Geometries:
    """The polygons of whatever an overlay gave."""
    # Twice, because a collection may hold a multi-polygon.
    nested = shapely.get_parts(shapely.get_parts(np.asarray([geometry], dtype=object)))
    polygons: _Geometries = nested[shapely.get_type_id(nested) == shapely.GeometryType.POLYGON]
    return polygons
