"""Findings of lines' markers (界桩检查结果) against the lines, as reports tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geoname.core.boundaries.course import Course
from geoname.core.boundaries.line_names import line_code
from geoname.core.boundaries.marker import Marker
from geoname.core.boundaries.marker_checks import MarkerFinding, Placed, check_markers, place_markers
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.opened import Geoname

_PLAINLY = 0.5


@dataclass(frozen=True, slots=True)
class MarkerFindingShown:
    """One finding: which line and markers, what is wrong in both languages, metres where it has any."""

    line_id: str
    line: str
    kind: str
    numbers: tuple[str, ...]
    message: str
    message_en: str
    metres: float | None


def findings_of_lines(
    geoname: Geoname, register: LineRegister, markers: Sequence[Marker]
) -> tuple[MarkerFindingShown, ...]:
    """The findings of all these markers, line by line in the order of their ids."""
    by_line: dict[str, list[Marker]] = defaultdict(list)
    for marker in markers:
        by_line[marker.line_id].append(marker)
    found: list[MarkerFindingShown] = []
    for line_id, own in sorted(by_line.items()):
        entry = register.entries.get(line_id)
        if entry is not None:
            found += [_shown(entry, one) for one in line_findings(geoname, register, entry, own)]
    return tuple(found)


def line_findings(
    geoname: Geoname, register: LineRegister, entry: LineEntry, markers: Sequence[Marker]
) -> tuple[MarkerFinding, ...]:
    """The findings of one line's markers.

    Distances count from the surveyed course, or from the derived one no finer than its stated accuracy.
    """
    ordered = sorted(markers, key=lambda one: (one.serial, one.type))
    course = entry.best_course()
    placed = place_markers(ordered, Course(course if course is not None else shapely.MultiLineString()))
    surveyed = entry.registered is not None and entry.registered.course is not None
    tolerance = geoname.practice.marker_off_m
    if not surveyed:
        tolerance = max(tolerance, geoname.live().boundaries.edition.accuracy_m)
    code = ""
    if entry.registered is not None or len(entry.codes[0]) == 2:
        code = entry.code or line_code(entry.codes, geoname.practice.county_code)
    return check_markers(
        [one if course is not None else Placed(one.marker, None, None, None) for one in placed],
        line_code=code,
        tolerance_m=tolerance,
        counts=None if entry.registered is None else entry.registered.counts,
        nearer=_nearer(geoname, register, entry, placed, tolerance),
    )


def _nearer(
    geoname: Geoname,
    register: LineRegister,
    entry: LineEntry,
    placed: Sequence[Placed],
    tolerance: float,
) -> list[tuple[str, float] | None]:
    """For each marker that stands off its line, the line that is plainly nearer, if there is one."""
    found: list[tuple[str, float] | None] = [None] * len(placed)
    boundaries = geoname.live().boundaries
    for position, one in enumerate(placed):
        at = one.marker.position
        if one.off_m is None or not tolerance < one.off_m or at is None or at.lon is None or at.lat is None:
            continue
        nearest = boundaries.nearest.one(at.lon, at.lat)
        if nearest is None:
            continue
        line, metres = boundaries.near_lines[nearest[0]], nearest[1]
        other = register.get(line.id)
        # A provincial line is drawn along the lines of the counties on both sides of it.
        along = (
            len(entry.codes[0]) == 2 and tuple(sorted(side[:2] for side in line.id.split("-"))) == entry.codes
        )
        if other is not None and other.id != entry.id and not along and metres < _PLAINLY * one.off_m:
            if not np.isfinite(metres):
                continue
            found[position] = (other.name, metres)
    return found


def _shown(entry: LineEntry, one: MarkerFinding) -> MarkerFindingShown:
    return MarkerFindingShown(entry.id, entry.name, one.kind, one.numbers, one.zh, one.en, one.metres)
