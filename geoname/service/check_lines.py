"""Check boundary lines (界线检查): topology, the register against the polygons, every line's markers."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.boundaries.coverage import check_coverage
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.line_comparison import compare_lines
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.service.boundary_checks import SLIVER_M
from geoname.service.boundary_report import DefectShown, show_defects
from geoname.service.line_differences import LineDifferenceShown, differences
from geoname.service.line_register import LineRegister, usual_name
from geoname.service.marker_findings import MarkerFindingShown, findings_of_lines
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class LineCheckReport:
    """What is wrong with lines: `defects` of the polygons, `differences` of the register, marker `findings`.

    `registered` and `derived` are how many lines there are of each, `markers` how many markers.
    """

    edition: str
    level: str
    within: str | None
    territories: int
    registered: int
    derived: int
    markers: int
    defects: tuple[DefectShown, ...]
    differences: tuple[LineDifferenceShown, ...]
    findings: tuple[MarkerFindingShown, ...]

    @property
    def has_findings(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.defects or self.differences or self.findings)


@dataclass(frozen=True, slots=True)
class LineShiftShown:
    """How far apart two editions put a line: metres, where, and the land between in square metres."""

    id: str
    name: str
    new_m: float
    old_m: float
    mean_m: float
    greatest_m: float
    lon: float
    lat: float
    area_between_m2: float


@dataclass(frozen=True, slots=True)
class LineComparisonReport:
    """The lines that two editions have both, the farthest apart first, and those that one lacks.

    `mean_m` is over all lines by their length in the edition `new`.
    """

    new: str
    old: str
    level: str
    within: str | None
    mean_m: float
    greatest_m: float
    area_between_m2: float
    items: tuple[LineShiftShown, ...]
    only_in_new: tuple[str, ...]
    only_in_old: tuple[str, ...]


def check_lines(
    geoname: Geoname, level: str = Level.COUNTY.value, within: str | None = None
) -> LineCheckReport:
    """Everything that is wrong with the lines of the edition in use, the registered lines and the markers.

    InvalidInputError for a level without polygons.
    """
    boundaries = geoname.live().boundaries
    at = _level(level, boundaries.levels)
    territories = boundaries.territories.only(at)
    names = dict(zip(territories.codes, territories.names, strict=True))
    prefix = within or ""
    found = check_coverage(territories, sliver_m=SLIVER_M).defects
    own = [one for one in found if not prefix or any(code.startswith(prefix) for code in one.codes)]
    register = LineRegister(geoname)
    registered = [one.registered for one in register if one.registered is not None]
    registered = [one for one in registered if any(side.startswith(prefix) for side in one.sides)]
    markers = [one for one in geoname.store.markers() if _belongs(register, one.line_id, prefix)]
    return LineCheckReport(
        boundaries.edition.id,
        at.value,
        within,
        sum(code.startswith(prefix) for code in territories.codes),
        len(registered),
        sum(
            one.derived is not None and len(one.codes[0]) == len(territories.codes[0])
            and any(side.startswith(prefix) for side in one.codes)
            for one in register
        ),
        len(markers),
        show_defects(own, at.value, names),
        differences(geoname, registered, within) if registered else (),
        findings_of_lines(geoname, register, markers),
    )  # fmt: skip


def compare_line_editions(
    geoname: Geoname, other: str, level: str = Level.COUNTY.value, within: str | None = None
) -> LineComparisonReport:
    """How far the edition in use and another put each line, both sides of which lie within a division.

    InvalidInputError for a level without polygons, NotFoundError for an unknown edition.
    """
    boundaries = geoname.live().boundaries
    at = _level(level, boundaries.levels)
    prefix = within or ""
    old_land = geoname.store.territories(other).only(at)
    new_land = boundaries.territories.only(at)

    def wanted(line: BoundaryLine) -> bool:
        return line.sides[0] in new_codes and all(side.startswith(prefix) for side in line.sides)

    new_codes = {*new_land.codes, *old_land.codes}
    new = [line for line in geoname.store.boundary_lines(boundaries.dated.id) if wanted(line)]
    old = [line for line in geoname.store.boundary_lines(other) if wanted(line)]
    shifts = compare_lines(new, old, new_land, old_land)
    names = dict(zip(new_land.codes, new_land.names, strict=True))
    length = sum(one.new_m for one in shifts)
    ours, theirs = {line.sides for line in new}, {line.sides for line in old}
    return LineComparisonReport(
        boundaries.dated.id,
        other,
        at.value,
        within,
        round(sum(one.mean_m * one.new_m for one in shifts) / length, 1) if length else 0.0,
        max((one.greatest_m for one in shifts), default=0.0),
        round(sum(one.area_between_m2 for one in shifts), 1),
        tuple(
            LineShiftShown(
                "-".join(one.sides),
                usual_name(one.sides, [names.get(code, code) for code in one.sides])[0],
                round(one.new_m, 1),
                round(one.old_m, 1),
                one.mean_m,
                one.greatest_m,
                round(one.place[0], 6),
                round(one.place[1], 6),
                one.area_between_m2,
            )
            for one in shifts
        ),
        tuple("-".join(sides) for sides in sorted(ours - theirs)),
        tuple("-".join(sides) for sides in sorted(theirs - ours)),
    )


def _level(text: str, there: tuple[Level, ...]) -> Level:
    if text in there:
        return Level(text)
    known = ", ".join(there)
    raise InvalidInputError(
        f"there are no polygons of level {text!r}: use {known}",
        zh=f"没有 {text!r} 一级的区划面：可用 {known}",
        field="level",
    )


def _belongs(register: LineRegister, line_id: str, prefix: str) -> bool:
    entry = register.entries.get(line_id)
    return entry is not None and any(side.startswith(prefix) for side in entry.codes)
