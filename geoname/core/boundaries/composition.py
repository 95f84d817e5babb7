"""Makes an edition (版本合成) of a file's territories; what it lacks comes from another edition."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geoname.core.boundaries.derive_lines import assemble_lines, derive_lines
from geoname.core.boundaries.line import BoundaryLine, LineOrigin
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level


@dataclass(frozen=True, slots=True)
class Composition:
    """What an edition made of a file and another edition holds, in the order of level and code, or of sides.

    `dissolved` are the codes of higher territories made anew from the file's; `kept` are the ids (codes of
    both sides) of lines that stand as in the other edition, because the file's edges do not meet its edges.
    """

    territories: Territories
    lines: tuple[BoundaryLine, ...]
    dissolved: tuple[str, ...]
    kept: tuple[str, ...]


def compose(
    own: Territories, rest: Territories, rest_lines: Sequence[BoundaryLine], within: Collection[str]
) -> Composition:
    """An edition of the file's territories and, where it has none, those of the edition `rest`.

    Of the levels that the file holds, the file alone counts inside the divisions `within` (codes). A higher
    territory of the rest whose territories of a level of the file are all in the file is their union. Lines
    of a level that changes are derived anew; where a territory of the file and one of the rest have no
    common edge, the line between them stays as it was.
    """
    levels = set(own.levels)
    given = set(own.codes)
    replaced = tuple(within)
    staying = [
        i
        for i, code in enumerate(rest.codes)
        if code not in given and not (rest.levels[i] in levels and code.startswith(replaced))
    ]
    kept_rest, dissolved = _dissolved(own, rest.take(staying), rest)
    together = _joined(own, kept_rest)
    changed = {level for level in Level if level in levels or _any(together, level, dissolved)}
    lines, kept = _lines(together, changed, rest_lines)
    return Composition(together, lines, dissolved, kept)


def _any(territories: Territories, level: Level, codes: Collection[str]) -> bool:
    return any(
        at is level and code in codes for at, code in zip(territories.levels, territories.codes, strict=True)
    )


def _dissolved(
    own: Territories, staying: Territories, rest: Territories
) -> tuple[Territories, tuple[str, ...]]:
    """Higher territories made of the file's, where the file has every one that the rest had below them."""
    polygons = staying.polygons.copy()
    done = []
    for i, code in enumerate(staying.codes):
        for level in sorted(set(own.levels), key=lambda each: each.depth):
            if level.depth <= staying.levels[i].depth:
                continue
            below = {
                each
                for each, at in zip(rest.codes, rest.levels, strict=True)
                if at is level and each.startswith(code)
            }
            members = [
                j
                for j, each in enumerate(own.codes)
                if own.levels[j] is level and each.startswith(code) and shapely.is_valid(own.polygons[j])
            ]
            if below and below <= {own.codes[j] for j in members}:
                polygons[i] = shapely.union_all(own.polygons[members])
                done.append(code)
                break
    return Territories(staying.codes, staying.names, staying.levels, polygons), tuple(done)


def _joined(own: Territories, rest: Territories) -> Territories:
    together = Territories(
        (*own.codes, *rest.codes),
        (*own.names, *rest.names),
        (*own.levels, *rest.levels),
        np.concatenate([own.polygons, rest.polygons]),
    )
    # The order in which a store gives an edition back: indexes hold positions in it.
    order = sorted(range(len(together)), key=lambda i: (together.levels[i].depth, together.codes[i]))
    return together.take(order)


def _stays(former: BoundaryLine, derived: BoundaryLine | None) -> bool:
    """Whether a line of the other edition still counts: registered, or its two sides do not meet now."""
    # Edges of two sources may meet by chance in a few places; that is no line.
    met = derived is not None and derived.length_m > 0.5 * former.length_m
    return former.origin is LineOrigin.REGISTERED or not met


def _lines(
    territories: Territories, changed: Collection[Level], rest_lines: Sequence[BoundaryLine]
) -> tuple[tuple[BoundaryLine, ...], tuple[str, ...]]:
    levels = dict(zip(territories.codes, territories.levels, strict=True))
    known = [line for line in rest_lines if all(side in levels for side in line.sides)]
    found: list[BoundaryLine] = []
    kept: list[str] = []
    for level in Level:
        former = [line for line in known if levels[line.sides[0]] is level]
        if level not in changed:
            found += former
            continue
        at_level = territories.only(level)
        if level.depth < Level.COUNTY.depth and Level.COUNTY in changed:
            continue
        derived = {line.sides: line for line in derive_lines(at_level)}
        staying = {line.sides: line for line in former if _stays(line, derived.get(line.sides))}
        kept += ["-".join(sides) for sides in sorted(staying)]
        found += [line for _, line in sorted((derived | staying).items())]
    if Level.COUNTY in changed:
        between = [line for line in found if levels[line.sides[0]] is Level.COUNTY]
        prefectures = territories.only(Level.PREFECTURE).codes
        upper = (
            *assemble_lines(between, Level.PROVINCE, territories.only(Level.PROVINCE).codes),
            *assemble_lines(between, Level.PREFECTURE, prefectures),
        )
        found = [*upper, *(line for line in found if levels[line.sides[0]].depth >= Level.COUNTY.depth)]
    return tuple(sorted(found, key=lambda line: line.sides)), tuple(kept)
