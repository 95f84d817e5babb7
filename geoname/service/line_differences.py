"""Registered lines against the polygons in use (登记与图形差异), as reports tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoname.core.boundaries.line import BoundaryLine, LineOrigin
from geoname.core.boundaries.line_match import match_lines
from geoname.core.boundaries.registered_line import RegisteredLine
from geoname.service.line_register import LineRegister
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class LineDifferenceShown:
    """One disagreement: its kind, the line, lengths in metres, how far apart; None where it does not apply.

    `apart` is the difference of lengths as a share of the registered one, `lon` and `lat` are where the
    surveyed course lies farthest from the derived one.
    """

    kind: str
    line_id: str
    name: str
    registered_m: float | None
    derived_m: float | None
    apart: float | None
    mean_m: float | None
    greatest_m: float | None
    lon: float | None
    lat: float | None


def differences(
    geoname: Geoname, lines: Sequence[RegisteredLine], within: str | None = None
) -> tuple[LineDifferenceShown, ...]:
    """What these registered lines and the edition in use disagree on.

    Derived lines count where the registered ones lie: of provinces in whose name any line is registered, or
    `within` a division; between counties only those as long as practice wants.
    """
    practice, index = geoname.practice, geoname.live()
    register = LineRegister(geoname)
    homes = (within,) if within else _homes(lines)
    wanted = {line.sides for line in lines}
    derived = []
    for entry in register:
        drawn = entry.derived
        if drawn is None or (not _belongs(entry.codes, homes) and entry.codes not in wanted):
            continue
        if entry.codes in wanted or len(entry.codes[0]) == 2 or drawn.length_m >= practice.shortest_m:
            derived.append(
                BoundaryLine(entry.codes, drawn.level, drawn.length_m, drawn.course, LineOrigin.DERIVED)
            )
    found = match_lines(
        lines,
        derived,
        accuracy_m=index.boundaries.edition.accuracy_m,
        length_differs=practice.length_differs,
    )
    names = {line.sides: line.name for line in lines}
    shown = []
    for one in found:
        entry_here = register.get("-".join(one.sides))
        name = names.get(one.sides) or (entry_here.name if entry_here is not None else "")
        line_id = entry_here.id if entry_here is not None else "-".join(one.sides)
        lon, lat = one.place if one.place is not None else (None, None)
        shown.append(
            LineDifferenceShown(
                one.kind.value,
                line_id,
                name,
                _tenth(one.registered_m),
                _tenth(one.derived_m),
                one.apart,
                one.mean_m,
                one.greatest_m,
                None if lon is None else round(lon, 6),
                None if lat is None else round(lat, 6),
            )
        )
    return tuple(shown)


def _homes(lines: Sequence[RegisteredLine]) -> tuple[str, ...]:
    """The provinces whose own lines these are: both sides lie in it, or all provincial lines touch it."""
    inner = {one[:2] for one, other in (line.sides for line in lines) if one[:2] == other[:2]}
    outer = [set(line.sides) for line in lines if len(line.sides[0]) == 2]
    common = set.intersection(*outer) if len(outer) > 1 else set()
    return tuple(sorted(inner | common))


def _belongs(sides: tuple[str, str], homes: tuple[str, ...]) -> bool:
    """Whether a line is one of a province's own: between its parts, or its border with another province."""
    if len(sides[0]) == 2:
        return any(side in homes for side in sides)
    return any(all(side.startswith(home) for side in sides) for home in homes)


def _tenth(metres: float | None) -> float | None:
    return None if metres is None else round(metres, 1)
