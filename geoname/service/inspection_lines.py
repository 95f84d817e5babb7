"""The lines that are inspected (应检界线): registered ones, else those derived from the active edition."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.division import Level
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.errors import NotFoundError
from geoname.service.live_boundaries import KnownLine
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname

SHORTEST_M = 500.0
"""Derived lines below this length are likely to be slivers between two editions' polygons."""
_DIGITS = {2: "province", 6: "county"}


@dataclass(frozen=True, slots=True)
class InspectedLine:
    """A line as plans and progress count it; `last_filed` and `last_lead` are of its last regular inspection.

    `level` is that of its sides; `origin` tells a derived line from a registered one.
    """

    id: str
    name: str
    level: str
    sides: tuple[str, ...]
    side_names: tuple[str, ...]
    length_km: float
    markers: int
    origin: str
    last_filed: date | None = None
    last_lead: str | None = None


def inspected_lines(
    geoname: Geoname, within: str | None = None, shortest_m: float = SHORTEST_M
) -> list[InspectedLine]:
    """The county lines inside the home provinces and those provinces' own lines, in order of level and id.

    `within` keeps the lines along one division, or inside it. Registered lines replace derived ones.
    """
    index = geoname.live()
    home = home_provinces(index)
    known = {line.id: _derived(line) for line in index.boundaries.lines if _counts(line, home, shortest_m)}
    markers = Counter(marker.line_id for marker in geoname.store.markers())
    for line in geoname.store.registered_lines():
        if len(line.sides[0]) not in _DIGITS:
            continue
        derived = known.get(line.id)
        length = line.length_m / 1000 if line.length_m is not None else derived.length_km if derived else 0.0
        filed = line.last_inspected
        known[line.id] = InspectedLine(
            line.id,
            line.name,
            _DIGITS[len(line.sides[0])],
            line.sides,
            tuple(_name(index, code) for code in line.sides),
            round(length, 3),
            markers.get(line.id) or line.counts.total or 0,
            "registered",
            filed.last if filed is not None else None,
        )
    filings = last_filings(geoname.store.inspections())
    lines = [_with_history(line, markers, filings.get(line.id)) for line in known.values()]
    kept = [line for line in lines if within is None or touches(line.sides, within)]
    return sorted(kept, key=lambda line: (line.level != Level.PROVINCE, line.id))


def inspected_line(geoname: Geoname, line_id: str) -> InspectedLine:
    """One line; NotFoundError when there is none of that id."""
    wanted = "-".join(sorted(line_id.split("-")))
    for line in inspected_lines(geoname):
        if line.id in (wanted, line_id):
            return line
    raise NotFoundError(
        f"there is no line {line_id!r} to inspect: write two neighbours' codes, such as 520102-520103",
        zh=f"没有应检界线 {line_id!r}：请写相邻两方的代码，如 520102-520103",
        field="line_id",
    )


def home_provinces(index: LiveIndex) -> frozenset[str]:
    """The provinces that the register knows down to townships: those whose lines are kept here."""
    atlas = index.atlas
    home = set()
    for id_ in atlas.all_ids():
        state = atlas.latest(id_)
        if state.level is Level.TOWNSHIP and state.codes:
            home.add(state.codes[0].code[:2])
    return frozenset(home)


def touches(sides: tuple[str, ...], within: str) -> bool:
    """Whether a line runs along or inside a division: a side lies within it, or it within a side."""
    return any(side.startswith(within) or within.startswith(side) for side in sides)


def last_filings(cases: list[Inspection]) -> dict[str, Inspection]:
    """The last filed regular inspection of each line."""
    found: dict[str, Inspection] = {}
    for case in cases:
        if case.kind is InspectionKind.REGULAR and case.filed_on is not None:
            before = found.get(case.line_id)
            if before is None or (before.filed_on or date.min) <= case.filed_on:
                found[case.line_id] = case
    return found


def _counts(line: KnownLine, home: frozenset[str], shortest_m: float) -> bool:
    one, other = (side.code or "" for side in line.sides)
    if len(one) == 2:
        return bool({one, other} & home) and line.length_m >= shortest_m
    inside = len(one) == 6 and one[:2] == other[:2] and one[:2] in home
    return inside and line.length_m >= shortest_m


def _derived(line: KnownLine) -> InspectedLine:
    one, other = line.sides
    return InspectedLine(
        line.id,
        f"{one.name}–{other.name}",
        str(one.level),
        tuple(line.id.split("-")),
        (one.name, other.name),
        round(line.length_m / 1000, 3),
        0,
        str(line.origin),
    )


def _with_history(line: InspectedLine, markers: Counter[str], case: Inspection | None) -> InspectedLine:
    filed, lead = line.last_filed, line.last_lead
    if case is not None and case.filed_on is not None and (filed is None or filed <= case.filed_on):
        filed, lead = case.filed_on, case.lead
    return InspectedLine(
        line.id, line.name, line.level, line.sides, line.side_names, line.length_km,
        markers.get(line.id) or line.markers, line.origin, filed, lead,
    )  # fmt: skip


def _name(index: LiveIndex, code: str) -> str:
    try:
        return index.codebook.find(code).division.name
    except NotFoundError:
        return code
