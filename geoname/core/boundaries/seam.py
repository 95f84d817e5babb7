"""The seam (接边) between territories and those of another source around them: land lost or claimed twice."""

from __future__ import annotations

import shapely

from geoname.core.boundaries.coverage_report import CoverageDefect, DefectKind
from geoname.core.boundaries.nesting import areal_defects
from geoname.core.boundaries.territory import Territories

_NEAR_DEG = 0.01


def check_seam(
    own: Territories, former: Territories, others: Territories, sliver_m: float = 1.0
) -> tuple[CoverageDefect, ...]:
    """Land of the former territories that is nobody's now (GAP), and land that others claim too (OVERLAP).

    `former` are those that `own` come instead of, `others` those that stay; all of one level and valid. What
    is narrower on average than `sliver_m` metres is left out; the largest come first, gaps before overlaps.
    Codes are those of the former or of the others that are concerned. Gaps enclosed by `own` are no seam.
    """
    land = shapely.union_all(own.polygons)
    before = shapely.union_all(former.polygons)
    reach = shapely.buffer(shapely.box(*shapely.union(land, before).bounds), _NEAR_DEG)
    near = others.take([i for i, meets in enumerate(shapely.intersects(others.polygons, reach)) if meets])
    around = shapely.union_all(near.polygons)
    filled = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(land))))
    lost = shapely.difference(before, shapely.union(filled, around))
    found = _defects(DefectKind.GAP, lost, former, sliver_m)
    return (*found, *_defects(DefectKind.OVERLAP, shapely.intersection(land, around), near, sliver_m))


def _defects(
    kind: DefectKind, land: shapely.Geometry, of: Territories, sliver_m: float
) -> list[CoverageDefect]:
    found = []
    for code, pieces in zip(of.codes, shapely.intersection(of.polygons, land), strict=True):
        found += areal_defects(kind, (code,), pieces, sliver_m)
    found.sort(key=lambda defect: (-defect.area_m2, defect.codes))
    return [defect for defect in found if not defect.is_sliver]
