"""Match texts (地名匹配): from a name or address as people write it to the standard name, explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from geoname.core.coordinates.convert import check_coordinates, to_wgs84
from geoname.core.coordinates.crs import Crs, parse_crs
from geoname.core.divisions.division import Level
from geoname.core.matching.answer import Match, Standard
from geoname.core.matching.columns import OTHER_DEPTH
from geoname.errors import InvalidInputError
from geoname.service.answers import CodeShown, DivisionRef
from geoname.service.browse_divisions import find_division
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class StandardShown:
    """A standard name; `code` is that of the register's primary scheme, `path` leads down to the name."""

    id: str
    name: str
    code: str | None
    codes: tuple[CodeShown, ...]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A name that may be meant, and how likely."""

    id: str
    name: str
    code: str | None
    path: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class MatchFindingShown:
    """Something to be said beside the answer."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class MatchShown:
    """The answer for one text; a step has kind, from, to, and where they are recorded since and basis."""

    text: str
    status: str
    standard: StandardShown | None
    confidence: float
    second_confidence: float
    steps: tuple[dict[str, str | None], ...]
    remainder: str
    candidates: tuple[CandidateShown, ...]
    findings: tuple[MatchFindingShown, ...]


@dataclass(frozen=True, slots=True)
class MatchItem:
    """A text to match, with hints: a division's code, a point in degrees."""

    text: str
    within: str | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class MatchesShown:
    """The answers in the order of the items."""

    items: tuple[MatchShown, ...]


def match_one(
    geoname: Geoname,
    item: MatchItem,
    on: date | None = None,
    crs: str = Crs.WGS84,
    scheme: str | None = None,
) -> MatchShown:
    """What one text means; InvalidInputError names the hint that cannot be right."""
    return match_many(geoname, (item,), on, crs, scheme).items[0]


def match_many(
    geoname: Geoname,
    items: Sequence[MatchItem],
    on: date | None = None,
    crs: str = Crs.WGS84,
    scheme: str | None = None,
) -> MatchesShown:
    """What each text means, in order."""
    index = geoname.live()
    withins = {item.within for item in items if item.within}
    positions = {code: _position(index, code, scheme) for code in withins}
    within = [positions[item.within] if item.within else -1 for item in items] if withins else None
    point = _points(index, items, crs)
    if len(items) == 1:
        alone = index.matcher().match(
            items[0].text,
            within=None if within is None else within[0],
            point=None if point is None else point[0],
            on=on,
        )
        return MatchesShown((shown(index, alone),))
    matches = index.matcher().match_many([item.text for item in items], within=within, point=point, on=on)
    return MatchesShown(tuple(shown(index, matches.match(row)) for row in range(len(items))))


def shown(index: LiveIndex, match: Match) -> MatchShown:
    """A match as answers show it."""
    return MatchShown(
        match.text,
        match.status.value,
        None if match.standard is None else _standard(index, match.standard),
        match.confidence,
        match.second_confidence,
        tuple(_step(step.kind.value, step.source, step.to, step.since, step.basis) for step in match.steps),
        match.remainder,
        tuple(
            CandidateShown(
                one.standard.name_id,
                one.standard.name,
                _code(index, one.standard),
                one.standard.path,
                round(one.confidence, 3),
            )
            for one in match.candidates
        ),
        tuple(MatchFindingShown(one.kind.value, one.detail) for one in match.findings),
    )


def _step(kind: str, source: str, to: str, since: str, basis: str) -> dict[str, str | None]:
    """One step; `from` is no name that a field could have."""
    written: dict[str, str | None] = {"kind": kind, "from": source, "to": to}
    if since:
        written["since"] = since
    if basis:
        written["basis"] = basis
    return written


def _standard(index: LiveIndex, standard: Standard) -> StandardShown:
    is_division = index.matcher().entries.depth[standard.entry] < OTHER_DEPTH
    codes = index.codes_of(index.atlas.at(standard.division).id) if is_division else ()
    return StandardShown(standard.name_id, standard.name, _code(index, standard), codes, standard.path)


def _code(index: LiveIndex, standard: Standard) -> str | None:
    if index.matcher().entries.depth[standard.entry] >= OTHER_DEPTH:
        return None
    return index.atlas.code_of(index.atlas.at(standard.division))


def _position(index: LiveIndex, code: str, scheme: str | None) -> int:
    division = find_division(index, code, scheme, None, field="within").division
    return index.atlas.position(division.id)


def _points(index: LiveIndex, items: Sequence[MatchItem], crs: str) -> list[int] | None:
    """The division in which each item's point lies, -1 for none; None when no item has a point."""
    places = [-1] * len(items)
    given = [number for number, item in enumerate(items) if item.lon is not None or item.lat is not None]
    for number in given:
        if items[number].lon is None or items[number].lat is None:
            raise InvalidInputError(
                f"item {number + 1} has only one of lon and lat: give both or none",
                zh=f"第 {number + 1} 项的 lon、lat 只给了一个：请都给或都不给",
                field="lat" if items[number].lat is None else "lon",
            )
    if not given:
        return None
    lon = np.array([items[number].lon for number in given], dtype=np.float64)
    lat = np.array([items[number].lat for number in given], dtype=np.float64)
    check_coordinates(lon, lat)
    lon, lat = to_wgs84(lon, lat, parse_crs(crs))
    found = index.boundaries.lookup.many(lon, lat)
    for number, position in zip(given, found.tolist(), strict=True):
        if position >= 0:
            places[number] = _lowest(index, index.boundaries.chains[position])
    return places


def _lowest(index: LiveIndex, chain: Sequence[DivisionRef]) -> int:
    down_to = Level.COUNTY.depth
    held = [step for step in chain if Level(step.level).depth <= down_to]
    return index.atlas.position(held[-1].id) if held else -1
