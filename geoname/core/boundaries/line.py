"""Boundary lines (界线): one per pair of neighbouring divisions, with its pieces and length."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shapely.geometry import MultiLineString

from geoname.core.divisions.division import Level


class LineOrigin(StrEnum):
    """Where a line comes from; a derived line is never shown as a registered one."""

    DERIVED = "derived"
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class BoundaryLine:
    """The line between two divisions of one level; `sides` are their codes, the smaller first.

    `course` is in degrees, longitude first, WGS 84, one part for each piece; `length_m` is geodesic.
    `level` is the level of the line: province when the sides lie in two provinces, else that of the sides'
    lowest common parent's children.
    """

    sides: tuple[str, str]
    level: Level
    length_m: float
    course: MultiLineString
    origin: LineOrigin = LineOrigin.DERIVED
