"""The lines that are inspected (应检界线): registered ones, else those derived from the active edition."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.division import Level
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname


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


def inspected_lines(geoname: Geoname, within: str | None = None) -> list[InspectedLine]:
    """The county lines inside the home provinces and those provinces' own lines, in order of level and id.

    Every registered line counts, a derived one from the shortest length that is a setting. `within` keeps
    the lines along one division, or inside it.
    """
    home = home_provinces(geoname.live())
    markers = Counter(marker.line_id for marker in geoname.store.markers())
    filings = last_filings(geoname.store.inspections())
    lines = [
        _inspected(entry, markers, filings.get(entry.id))
        for entry in LineRegister(geoname)
        if _counts(entry, home, geoname.practice.shortest_m)
        and (within is None or touches(entry.codes, within))
    ]
    return sorted(lines, key=lambda line: (line.level != Level.PROVINCE, line.id))


def inspected_line(geoname: Geoname, line_id: str) -> InspectedLine:
    """One line by its id or registered code; NotFoundError when there is none."""
    entry = LineRegister(geoname).find(line_id)
    markers = Counter(marker.line_id for marker in geoname.store.markers(entry.id))
    filings = last_filings(geoname.store.inspections(line_id=entry.id))
    return _inspected(entry, markers, filings.get(entry.id))


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


def _counts(entry: LineEntry, home: frozenset[str], shortest_m: float) -> bool:
    one, other = entry.codes
    if entry.registered is None and (entry.length_m or 0.0) < shortest_m:
        return False
    if len(one) == len(other) == 2:
        return bool({one, other} & home)
    return len(one) == len(other) == 6 and one[:2] == other[:2] and one[:2] in home


def _inspected(entry: LineEntry, markers: Counter[str], case: Inspection | None) -> InspectedLine:
    registered = entry.registered
    said = registered.counts.total if registered is not None else None
    stated = registered.last_inspected if registered is not None else None
    filed, lead = (stated.last if stated is not None else None), None
    if case is not None and case.filed_on is not None and (filed is None or filed <= case.filed_on):
        filed, lead = case.filed_on, case.lead
    return InspectedLine(
        entry.id, entry.name, "province" if len(entry.codes[0]) == 2 else "county", entry.codes,
        tuple(side.name for side in entry.sides), round((entry.length_m or 0.0) / 1000, 3),
        markers.get(entry.id) or said or 0, entry.origin, filed, lead,
    )  # fmt: skip
