"""Checks of a file's territories (界线数据检查): coverage level by level, nesting, mending."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from geoname.core.boundaries.composition import Composition
from geoname.core.boundaries.coverage import check_coverage
from geoname.core.boundaries.coverage_report import CoverageDefect, DefectKind
from geoname.core.boundaries.nesting import check_nesting
from geoname.core.boundaries.repair import Repair, repair_coverage
from geoname.core.boundaries.seam import check_seam
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.service.boundary_codes import Register
from geoname.service.boundary_report import DefectShown, SeamShown, show_defects, show_seam

SLIVER_M = 10.0
"""What is narrower on average is a line drawn twice rather than a claim on land."""


def mend(territories: Territories, tolerance_m: float) -> tuple[Territories, tuple[Repair, ...]]:
    """Mend each level for itself; see `repair_coverage`."""
    repairs = []
    polygons = territories.polygons.copy()
    for level in _levels(territories):
        at = [i for i, each in enumerate(territories.levels) if each is level]
        done = repair_coverage(territories.take(at), tolerance_m)
        polygons[np.asarray(at, dtype=np.intp)] = done.territories.polygons
        repairs.append(done)
    mended = Territories(territories.codes, territories.names, territories.levels, polygons)
    return mended, tuple(repairs)


def check_file(
    territories: Territories,
    composition: Composition,
    register: Register,
) -> tuple[DefectShown, ...]:
    """The defects of a file's own territories, and of their lying in those of the levels above.

    A gap that a territory from elsewhere fills, such as a neighbour's enclave, is none.
    Parents made of the file's territories are left out, since they fit by construction. Gaps in a parent are
    looked for where the file has all its children.
    """
    names = dict(zip(composition.territories.codes, composition.territories.names, strict=True))
    made = set(composition.dissolved)
    found: list[DefectShown] = []
    for level in _levels(territories):
        own = territories.only(level)
        inside = check_coverage(own, sliver_m=SLIVER_M)
        parents = composition.territories.take(
            [
                i
                for i, (code, at) in enumerate(
                    zip(composition.territories.codes, composition.territories.levels, strict=True)
                )
                if at.depth < level.depth and code not in made
            ]
        )
        nested = check_nesting(own, parents, _complete(own, register, level), SLIVER_M)
        # What is enclosed and unclaimed is a gap in its parent too: it is told once.
        told = {(one.place, one.kind) for one in inside.of(DefectKind.GAP)}
        defects = (*inside.defects, *(one for one in nested if (one.place, one.kind) not in told))
        others = composition.territories.only(level)
        others = others.take([i for i, code in enumerate(others.codes) if code not in own.codes])
        found += show_defects(_unfilled(defects, others), level.value, names)
    return tuple(found)


def check_edges(
    territories: Territories, rest: Territories, composition: Composition, within: tuple[str, ...]
) -> tuple[SeamShown, ...]:
    """What a file's territories and those around them leave to nobody, or claim both, level by level.

    `rest` is the edition that they come into; a level that it lacks has no seam.
    """
    found: list[SeamShown] = []
    for level in _levels(territories):
        own, others = territories.only(level), composition.territories.only(level)
        others = others.take([i for i, code in enumerate(others.codes) if code not in own.codes])
        former = rest.only(level)
        former = former.take([i for i, code in enumerate(former.codes) if code.startswith(within)])
        if len(former):
            found += show_seam(check_seam(own, former, others, SLIVER_M), level.value)
    return tuple(found)


def _unfilled(defects: Iterable[CoverageDefect], others: Territories) -> list[CoverageDefect]:
    """The defects without the gaps whose middle lies in one of these territories."""
    tree = shapely.STRtree(others.polygons)

    def filled(place: tuple[float, float] | None) -> bool:
        return place is not None and len(tree.query(shapely.Point(place), predicate="intersects")) > 0

    return [one for one in defects if not (one.kind is DefectKind.GAP and filled(one.place))]


def _levels(territories: Territories) -> list[Level]:
    return [level for level in Level if level in territories.levels]


def _complete(territories: Territories, register: Register, level: Level) -> frozenset[str]:
    """The codes of divisions all whose territories of a level are in the file."""
    given = set(territories.codes)
    whole: set[str] = set()
    broken: set[str] = set()
    for division in register.divisions:
        if division.level is level:
            above = {
                code[:digits] for code in division.codes for digits in (2, 4, 6, 9) if digits < len(code)
            }
            (broken if given.isdisjoint(division.codes) else whole).update(above)
    return frozenset(whole - broken)
