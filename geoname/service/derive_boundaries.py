"""Derive lines from an edition's polygons or a file's (派生界线), with what had to be cleaned for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geoname.core.boundaries.clean_lines import Derivation, derive_cleaned
from geoname.core.boundaries.coverage_report import CoverageDefect
from geoname.core.boundaries.derive_lines import assemble_lines
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.line_names import line_code
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.service.boundary_codes import Register
from geoname.service.boundary_file import definition_of, read_own_file
from geoname.service.boundary_report import DefectShown, show_defects
from geoname.service.line_register import usual_name
from geoname.service.opened import Geoname

USUAL_TOLERANCE_M = 50.0


@dataclass(frozen=True, slots=True)
class DerivedLineShown:
    """A derived line: its sides, name and code as composed, metres, pieces, and whether it counts.

    `counts` is false for a line shorter than practice wants. `parts` is how many pairs it is put together
    from, 1 for a line of the polygons' own level.
    """

    id: str
    name: str
    code: str
    side_names: tuple[str, str]
    level: str
    length_m: float
    pieces: int
    parts: int
    counts: bool


@dataclass(frozen=True, slots=True)
class DerivationReport:
    """What was derived from which polygons; all of it is derived, none of it registered.

    `pairs` are neighbours, `counted` those whose line is long enough, `pieces` how many lines have how many.
    `cleaned` are the codes of the territories whose outline was changed, by at most `greatest_m`; `defects`
    are those of the polygons as they came, `left` those of the polygons as they were used.
    """

    origin: str
    edition: str | None
    file: str | None
    level: str
    territories: int
    shortest_m: float
    tolerance_m: float
    pairs: int
    counted: int
    pieces: dict[str, int]
    length_m: float
    tripoints: int
    lines: tuple[DerivedLineShown, ...]
    assembled: tuple[DerivedLineShown, ...]
    cleaned: tuple[str, ...]
    greatest_m: float
    defects: tuple[DefectShown, ...]
    left: tuple[DefectShown, ...]
    written: int | None


@dataclass(frozen=True, slots=True)
class DeriveWish:
    """From what, at which level, of which division, how cleaned, and into which file.

    `edition` None stands for the one in use, `shortest_m` None for the practice that is set.
    """

    edition: str | None = None
    file: Path | None = None
    definition: Path | None = None
    level: str = Level.COUNTY.value
    within: str | None = None
    tolerance_m: float = USUAL_TOLERANCE_M
    shortest_m: float | None = None
    output: Path | None = None


def derive_boundaries(geoname: Geoname, wish: DeriveWish) -> DerivationReport:
    """The lines of polygons by topology, pieces, lengths and tripoints, and the lines above put together.

    Nothing is kept in the database. InvalidInputError for a level or division without polygons, a tolerance
    out of range, and what a file gets wrong; NotFoundError for an unknown edition; StorageError when the
    output cannot be written.
    """
    edition, territories = _territories(geoname, wish)
    level = _level(wish.level, territories)
    at_level = territories.only(level)
    within = wish.within or ""
    if within and not any(code.startswith(within) for code in at_level.codes):
        raise InvalidInputError(
            f"no territory of {level} lies in {within}: give the code of a division with polygons",
            zh=f"{within} 之内没有 {level} 的区划面：请给出有区划面的区划代码",
            field="within",
        )
    shortest = geoname.practice.shortest_m if wish.shortest_m is None else wish.shortest_m
    done = derive_cleaned(at_level, wish.tolerance_m)
    names = dict(zip(territories.codes, territories.names, strict=True))
    own = [line for line in done.lines if _inside(line.sides, within)]
    upper = _assembled(done, territories, within)
    template = geoname.practice.county_code
    counted = [line for line in own if line.length_m >= shortest]
    written = None
    if wish.output is not None:
        written = _write(wish.output, [*counted, *(line for line, _ in upper)], names, template)
    return DerivationReport(
        "derived",
        edition,
        None if wish.file is None else str(wish.file),
        level.value,
        len(at_level),
        shortest,
        wish.tolerance_m,
        len(own),
        len(counted),
        {str(n): k for n, k in sorted(Counter(len(line.course.geoms) for line in own).items())},
        round(sum(line.length_m for line in counted), 1),
        sum(any(code.startswith(within) for code in point.codes) for point in done.tripoints),
        tuple(_shown(line, names, template, 1, line.length_m >= shortest) for line in own),
        tuple(_shown(line, names, template, parts, counts=True) for line, parts in upper),
        tuple(code for code in done.moved if code.startswith(within)),
        done.greatest_m,
        _defects(done.before.defects, level, names, within),
        _defects(done.after.defects, level, names, within),
        written,
    )


def _territories(geoname: Geoname, wish: DeriveWish) -> tuple[str | None, Territories]:
    index = geoname.live()
    if wish.file is not None:
        definition = definition_of(wish.file, wish.definition)
        day = definition.valid_from.first if definition.valid_from is not None else None
        register = Register(index.atlas, day)
        read = read_own_file(wish.file, definition, register.names(), index.boundaries.territories)
        return None, read.territories
    if wish.edition is None or wish.edition == index.boundaries.dated.id:
        return index.boundaries.dated.id, index.boundaries.territories
    return wish.edition, geoname.store.territories(wish.edition)


def _level(text: str, territories: Territories) -> Level:
    there = [level for level in Level if level in territories.levels]
    if text not in there:
        known = ", ".join(there)
        raise InvalidInputError(
            f"there are no polygons of level {text!r}: use {known}",
            zh=f"没有 {text!r} 一级的区划面：可用 {known}",
            field="level",
        )
    return Level(text)


def _inside(sides: tuple[str, str], within: str) -> bool:
    return all(side.startswith(within) for side in sides)


def _assembled(done: Derivation, territories: Territories, within: str) -> list[tuple[BoundaryLine, int]]:
    """The lines between provinces put together from pairs, those that touch the division asked for."""
    if not done.lines or len(done.lines[0].sides[0]) <= len("52"):
        return []
    known = set(territories.only(Level.PROVINCE).codes) or None
    parts = Counter(tuple(side[:2] for side in line.sides) for line in done.lines)
    lines = assemble_lines(done.lines, Level.PROVINCE, known)
    home = within[:2]
    return [(line, parts[line.sides]) for line in lines if not home or home in line.sides]


def _shown(
    line: BoundaryLine, names: dict[str, str], template: str, parts: int, counts: bool
) -> DerivedLineShown:
    one, other = (names.get(code, code) for code in line.sides)
    return DerivedLineShown(
        "-".join(line.sides),
        usual_name(line.sides, (one, other))[0],
        line_code(line.sides, template),
        (one, other),
        line.level.value,
        round(line.length_m, 1),
        len(line.course.geoms),
        parts,
        counts,
    )


def _defects(
    defects: Sequence[CoverageDefect], level: Level, names: dict[str, str], within: str
) -> tuple[DefectShown, ...]:
    own = [one for one in defects if not within or any(code.startswith(within) for code in one.codes)]
    return show_defects(own, level.value, names)


def _write(file: Path, lines: Sequence[BoundaryLine], names: dict[str, str], template: str) -> int:
    # GeoPandas takes longer to import than a question takes to answer.
    from geoname.formats.boundary_files import write_boundary_file

    shown = [_shown(line, names, template, 1, counts=True) for line in lines]
    columns: dict[str, list[object]] = {
        "id": [one.id for one in shown],
        "name": [one.name for one in shown],
        "code": [one.code for one in shown],
        "side_a": [one.side_names[0] for one in shown],
        "side_b": [one.side_names[1] for one in shown],
        "level": [one.level for one in shown],
        "length_m": [one.length_m for one in shown],
        "pieces": [one.pieces for one in shown],
        "origin": ["derived"] * len(shown),
    }
    courses = np.empty(len(lines), dtype=object)
    courses[:] = [line.course for line in lines]
    return write_boundary_file(file, columns, courses, "boundary_lines")
