"""Closes slivers and joins edges that do not match (拓扑修复), up to a tolerance, and says what it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoname.core.boundaries.coverage import check_coverage
from geoname.core.boundaries.coverage_report import CoverageDefect, CoverageReport, DefectKind
from geoname.core.boundaries.outline import Outline, places_along
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import areas_straight
from geoname.errors import InvalidInputError

LARGEST_TOLERANCE_M = 100.0
_METRES_PER_DEGREE = 111_320.0
_SPACING_M = 50.0
_SHOWN = 5
# Snapping moves more than closing does, and folds thin tongues of land: as little of it as will do.
_SNAPPING = (0.01, 0.1, 0.3, 1.0)
# What a projection there and back leaves.
_STILL_M = 1e-3


@dataclass(frozen=True, slots=True)
class Moved:
    """How far the outline of one territory moved at most, where, and how much larger its area became."""

    code: str
    greatest_m: float
    place: tuple[float, float]
    area_change_m2: float


@dataclass(frozen=True, slots=True)
class Repair:
    """The mended territories, what moved (the farthest first), and how many defects there were and are left.

    What is left are gaps wider than the tolerance, which may be true.
    """

    territories: Territories
    tolerance_m: float
    moved: tuple[Moved, ...]
    defects_before: int
    defects_after: int

    @property
    def greatest_m(self) -> float:
        """How far the farthest place moved, in metres; 0 when nothing did."""
        return self.moved[0].greatest_m if self.moved else 0.0


def repair_coverage(territories: Territories, tolerance_m: float) -> Repair:
    """Mend the slivers and unmatched edges of territories of one level that are narrower than a tolerance.

    A territory that shares no defect stays as it was, point for point, unless its own points lie nearer to
    one another than the tolerance. InvalidInputError for a tolerance out of range, and for what cannot be
    mended within it: invalid rings, overlaps that are wider, slivers that remain, places that would move
    farther. Nothing is mended by halves.
    """
    if not 0.0 < tolerance_m <= LARGEST_TOLERANCE_M:
        raise InvalidInputError(
            f"a tolerance of {tolerance_m} m: give more than 0 and at most {LARGEST_TOLERANCE_M:.0f} metres",
            zh=f"容差 {tolerance_m} 米不可用：请给出大于 0、不超过 {LARGEST_TOLERANCE_M:.0f} 米的值",
            field="repair",
        )
    before = check_coverage(territories, sliver_m=tolerance_m)
    wide = _beyond(before)
    if wide:
        raise _cannot_mend(wide, tolerance_m)
    if not before.slivers and not before.of(DefectKind.UNMATCHED_EDGE):
        return Repair(territories, tolerance_m, (), len(before.defects), len(before.defects))
    mended, after = _mended(territories, tolerance_m)
    moved = _moved(territories, mended)
    if moved and moved[0].greatest_m > tolerance_m:
        code, metres, place = moved[0].code, moved[0].greatest_m, _place(moved[0].place)
        raise InvalidInputError(
            f"mending would move {code} by {metres:.1f} m near {place}, more than {tolerance_m:g} m: "
            "allow more, or mend the file",
            zh=f"修复会使 {code} 在 {place} 附近移动 {metres:.1f} 米，超过 {tolerance_m:g} 米："
            "请放宽容差或修改文件",
            field="repair",
        )
    return Repair(mended, tolerance_m, moved, len(before.defects), len(after.defects))


def _mended(territories: Territories, tolerance_m: float) -> tuple[Territories, CoverageReport]:
    """The cleaned coverage and its check; InvalidInputError with what is left of narrow defects."""
    degrees = tolerance_m / _METRES_PER_DEGREE
    left: tuple[CoverageDefect, ...] = ()
    for share in _SNAPPING:
        cleaned = shapely.coverage_clean(  # type: ignore[attr-defined]  # newer than the published types
            territories.polygons, gap_width=degrees, snapping_distance=share * degrees
        )
        mended = replace(territories, polygons=np.asarray(cleaned, dtype=object))
        after = check_coverage(mended, sliver_m=tolerance_m)
        left = (*_beyond(after), *after.slivers, *after.of(DefectKind.UNMATCHED_EDGE))
        if not left:
            return mended, after
    raise _cannot_mend(left, tolerance_m)


def _beyond(report: CoverageReport) -> tuple[CoverageDefect, ...]:
    wide = tuple(defect for defect in report.of(DefectKind.OVERLAP) if not defect.is_sliver)
    return (*report.of(DefectKind.INVALID_RING), *wide)


def _cannot_mend(defects: Sequence[CoverageDefect], tolerance_m: float) -> InvalidInputError:
    said = "; ".join(
        f"{defect.kind} {'–'.join(defect.codes)} {_place(defect.place)} {defect.area_m2:.0f} m²".strip()
        for defect in defects[:_SHOWN]
    )
    return InvalidInputError(
        f"{len(defects)} defects cannot be mended within {tolerance_m:g} m ({said}): mend the file",
        zh=f"有 {len(defects)} 处缺陷无法在 {tolerance_m:g} 米内修复（{said}）：请修改文件",
        field="repair",
    )


def _moved(before: Territories, after: Territories) -> tuple[Moved, ...]:
    grown = areas_straight(after.polygons) - areas_straight(before.polygons)
    found = []
    for i, code in enumerate(before.codes):
        old, new = before.polygons[i], after.polygons[i]
        if old.normalize().equals_exact(new.normalize(), tolerance=0.0):
            continue
        metres, place = _farthest(old, new)
        if metres > _STILL_M:
            found.append(Moved(code, round(metres, 3), place, round(float(grown[i]), 2)))
    return tuple(sorted(found, key=lambda one: (-one.greatest_m, one.code)))


def _farthest(one: BaseGeometry, other: BaseGeometry) -> tuple[float, tuple[float, float]]:
    """The greatest distance in metres between two outlines, either way, and where it is."""
    best, place = 0.0, (0.0, 0.0)
    for here, there in ((one, other), (other, one)):
        lon, lat = places_along(here, _SPACING_M)
        metres = Outline(there).distances(lon, lat)
        if len(metres) and float(metres.max()) > best:
            at = int(np.argmax(metres))
            best, place = float(metres[at]), (float(lon[at]), float(lat[at]))
    return best, place


def _place(place: tuple[float, float] | None) -> str:
    return "" if place is None else f"{place[0]:.6f},{place[1]:.6f}"
