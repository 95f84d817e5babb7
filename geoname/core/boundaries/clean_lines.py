"""Lines derived from polygons that do not match edge on edge (界线整理派生): cleaned first, and said so."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from geoname.core.boundaries.coverage import check_coverage
from geoname.core.boundaries.coverage_report import CoverageReport, DefectKind
from geoname.core.boundaries.derive_lines import derive_lines
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.outline import Outline, places_along
from geoname.core.boundaries.shared_edges import edge_table
from geoname.core.boundaries.territory import Territories
from geoname.core.boundaries.tripoint import Tripoint, find_tripoints
from geoname.errors import InvalidInputError

LARGEST_TOLERANCE_M = 100.0
"""Counties that are no neighbours come within 123 m of one another in Guizhou."""
_METRES_PER_DEGREE = 111_320.0
_SPACING_M = 50.0
# Measured on Guizhou's counties simplified one by one: less leaves edges unmatched, more folds short lines.
_SNAPPING = 0.3
_NARROW = (DefectKind.GAP, DefectKind.OVERLAP)


@dataclass(frozen=True, slots=True)
class Derivation:
    """Lines and tripoints of one level, and how the polygons had to be cleaned for them.

    `before` and `after` are the checks of the polygons as they came and as they were used; they are the same
    where nothing had to be cleaned. `moved` are the codes of the territories whose outline changed,
    `greatest_m` the farthest that any place of an outline moved.
    """

    territories: Territories
    lines: tuple[BoundaryLine, ...]
    tripoints: tuple[Tripoint, ...]
    tolerance_m: float
    before: CoverageReport
    after: CoverageReport
    moved: tuple[str, ...]
    greatest_m: float

    @property
    def is_cleaned(self) -> bool:
        """Whether any outline was changed."""
        return bool(self.moved)


def derive_cleaned(territories: Territories, tolerance_m: float, shortest_m: float = 0.0) -> Derivation:
    """Derive lines, closing gaps and overlaps narrower than a tolerance and joining edges first.

    Polygons that match are used as they are, point for point. Lines shorter than `shortest_m` are left out.
    InvalidInputError for a tolerance out of range, mixed levels, or rings that cross themselves.
    """
    if not 0.0 <= tolerance_m <= LARGEST_TOLERANCE_M:
        raise InvalidInputError(
            f"a tolerance of {tolerance_m} m: give 0 to {LARGEST_TOLERANCE_M:.0f} metres, or divisions that "
            "do not touch would seem to",
            zh=f"容差 {tolerance_m} 米不可用：请给出 0 至 {LARGEST_TOLERANCE_M:.0f} 米，"
            "否则不相邻的区划会被当作相邻",
            field="tolerance",
        )
    before = check_coverage(territories)
    broken = before.of(DefectKind.INVALID_RING)
    if broken:
        names = ", ".join(defect.codes[0] for defect in broken[:5])
        raise InvalidInputError(
            f"{len(broken)} territories have rings that cross themselves ({names}): mend the polygons first",
            zh=f"有 {len(broken)} 个区划面自相交（{names}）：请先修正区划面",
            field="territories",
        )
    used, after = territories, before
    # A narrow inlet is no defect: only polygons that do not match are held to the tolerance.
    if tolerance_m > 0.0 and (_has_narrow(before, tolerance_m) or not _matches(territories)):
        width = max(tolerance_m, 1.0)
        before = check_coverage(territories, sliver_m=width)
        degrees = tolerance_m / _METRES_PER_DEGREE
        cleaned = shapely.coverage_clean(  # type: ignore[attr-defined]  # newer than the published types
            territories.polygons, gap_width=degrees, snapping_distance=_SNAPPING * degrees
        )
        used = replace(territories, polygons=np.asarray(cleaned, dtype=object))
        after = check_coverage(used, sliver_m=width)
    moved, greatest = _moved(territories, used)
    table = edge_table(used)
    return Derivation(
        used,
        derive_lines(used, shortest_m, table),
        find_tripoints(used, table),
        tolerance_m,
        before,
        after,
        moved,
        greatest,
    )


def _has_narrow(report: CoverageReport, width_m: float) -> bool:
    """Whether a gap or overlap is narrower on average than a width."""
    areal = (defect for defect in report.defects if defect.kind in _NARROW)
    return any(2.0 * defect.area_m2 < width_m * defect.length_m for defect in areal)


def _matches(territories: Territories) -> bool:
    return bool(shapely.coverage_is_valid(territories.polygons))


def _moved(before: Territories, after: Territories) -> tuple[tuple[str, ...], float]:
    """The territories whose outline changed, and how far the farthest place of one moved, metres."""
    if after is before:
        return (), 0.0
    codes, greatest = [], 0.0
    for code, old, new in zip(before.codes, before.polygons, after.polygons, strict=True):
        if new.normalize().equals_exact(old.normalize(), tolerance=0.0):
            continue
        codes.append(code)
        if not new.is_empty:
            greatest = max(greatest, float(Outline(old).distances(*places_along(new, _SPACING_M)).max()))
    return tuple(codes), round(greatest, 2)
