"""Registered lines held against derived ones (登记与图形对照): missing here, missing there, lengths apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.outline import Outline, places_along
from geoname.core.boundaries.registered_line import RegisteredLine

SPACING_M = 250.0


class LineTrouble(StrEnum):
    """In what a registered and a derived line can disagree."""

    NOT_DERIVED = "registered_not_derived"
    """A registered line whose sides share no border in the polygons."""
    NOT_REGISTERED = "derived_not_registered"
    """A border in the polygons that no registered line stands for."""
    LENGTH = "length_apart"
    """Registered and derived length differ by more than the share that practice allows."""
    COURSE = "course_apart"
    """The surveyed course lies farther from the derived one than the polygons' stated accuracy."""


@dataclass(frozen=True, slots=True)
class LineDifference:
    """One disagreement; `sides` are the codes. What does not belong to its kind is None.

    `apart` is the difference of the lengths as a share of the registered one; `mean_m` and `greatest_m` are
    how far the surveyed course lies from the derived one, `place` where it lies farthest (degrees).
    """

    kind: LineTrouble
    sides: tuple[str, str]
    registered_m: float | None = None
    derived_m: float | None = None
    apart: float | None = None
    mean_m: float | None = None
    greatest_m: float | None = None
    place: tuple[float, float] | None = None


def match_lines(
    registered: Iterable[RegisteredLine],
    derived: Iterable[BoundaryLine],
    *,
    accuracy_m: float,
    length_differs: float,
) -> tuple[LineDifference, ...]:
    """Every disagreement between lines of the same sides, kind by kind in the order of the codes.

    Lines that share a side pair are the same line. Nothing is said of what is not derived when no line is
    derived at all, nor of what is not registered when none is registered of that pair of levels.
    """
    ours = {line.sides: line for line in registered}
    theirs = {line.sides: line for line in derived}
    levels = {_digits(sides) for sides in ours}
    drawn = {_digits(sides) for sides in theirs}
    found = [
        LineDifference(LineTrouble.NOT_DERIVED, sides, line.length_m)
        for sides, line in ours.items()
        if sides not in theirs and _digits(sides) in drawn
    ]
    found += [
        LineDifference(LineTrouble.NOT_REGISTERED, sides, None, line.length_m)
        for sides, line in theirs.items()
        if sides not in ours and _digits(sides) in levels
    ]
    for sides in ours.keys() & theirs.keys():
        found += _compared(ours[sides], theirs[sides], accuracy_m, length_differs)
    order = list(LineTrouble)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.sides)))


def courses_apart(
    one: shapely.MultiLineString, other: shapely.MultiLineString
) -> tuple[float, float, tuple[float, float]]:
    """Mean and greatest distance in metres of the first course from the second, and where it is greatest."""
    lon, lat = places_along(one, SPACING_M)
    metres = Outline(other).distances(lon, lat)
    far = int(np.argmax(metres))
    ways = np.hypot(np.diff(lon, append=lon[-1:]), np.diff(lat, append=lat[-1:])).clip(1e-9, 0.003)
    return float(np.average(metres, weights=ways)), float(metres[far]), (float(lon[far]), float(lat[far]))


def _compared(
    ours: RegisteredLine, theirs: BoundaryLine, accuracy_m: float, length_differs: float
) -> list[LineDifference]:
    found = []
    if ours.length_m is not None and ours.length_m > 0.0:
        apart = abs(ours.length_m - theirs.length_m) / ours.length_m
        if apart > length_differs:
            found.append(
                LineDifference(
                    LineTrouble.LENGTH, ours.sides, ours.length_m, theirs.length_m, round(apart, 4)
                )
            )
    if ours.course is not None and not ours.course.is_empty:
        mean, greatest, place = courses_apart(ours.course, theirs.course)
        if greatest > accuracy_m:
            found.append(
                LineDifference(
                    LineTrouble.COURSE,
                    ours.sides,
                    ours.length_m,
                    theirs.length_m,
                    mean_m=round(mean, 1),
                    greatest_m=round(greatest, 1),
                    place=place,
                )
            )
    return found


def _digits(sides: tuple[str, str]) -> int:
    return len(sides[0])
