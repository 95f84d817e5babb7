"""Where a point lies (定位): its chain of divisions, the lines near it, and the edition that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from geoname.core.coordinates.convert import check_coordinates, to_wgs84
from geoname.core.coordinates.crs import Crs, parse_crs
from geoname.service.answers import DivisionRef, EditionShown
from geoname.service.live_boundaries import Boundaries, level_of
from geoname.service.opened import Geoname


@dataclass(frozen=True)
class LineNear:
    """A boundary line near a point: its id, both sides, and how far it is in metres."""

    id: str
    sides: tuple[DivisionRef, DivisionRef]
    distance_m: float


@dataclass(frozen=True)
class LocateAnswer:
    """Where a point lies. `lon`, `lat` are WGS 84; `crs` is what was asked in.

    `on_line` holds every line within the edition's accuracy: there, either side may be the true one.
    `exact` is false when the day asked about is not the edition's.
    """

    lon: float
    lat: float
    crs: str
    chain: tuple[DivisionRef, ...]
    on_line: tuple[LineNear, ...]
    nearest_line: LineNear | None
    edition: EditionShown
    exact: bool
    note: str | None


@dataclass(frozen=True)
class LocateManyAnswer:
    """Codes in the order of the points, None for a point in no division of the edition.

    `exact` is false when the day asked about is not the edition's.
    """

    codes: list[str | None]
    level: str
    edition: EditionShown
    exact: bool = True
    note: str | None = None


def locate(
    geoname: Geoname, lon: float, lat: float, crs: str = "wgs84", on: date | None = None
) -> LocateAnswer:
    """The chain of divisions at a point; InvalidInputError for what is no place on the earth."""
    index = geoname.live()
    system = parse_crs(crs)
    check_coordinates(lon, lat)
    if system is not Crs.WGS84:
        lon, lat = to_wgs84(lon, lat, system)
    boundaries = index.boundaries
    position = boundaries.lookup.one(lon, lat)
    chain = boundaries.chains[position] if position >= 0 else ()
    nearest = boundaries.nearest.one(lon, lat)
    near = _near(boundaries, *nearest) if nearest else None
    on_line: tuple[LineNear, ...] = ()
    accuracy = boundaries.edition.accuracy_m
    if near is not None and near.distance_m <= accuracy:
        found = boundaries.nearest.within(lon, lat, accuracy)
        on_line = tuple(_near(boundaries, line, metres) for line, metres in found)
    exact = boundaries.is_exact_on(on)
    return LocateAnswer(
        lon, lat, crs, chain, on_line, near, boundaries.edition, exact, None if exact else _NOTE
    )


def locate_many(
    geoname: Geoname,
    lon: Sequence[float],
    lat: Sequence[float],
    crs: str = "wgs84",
    level: str = "county",
    on: date | None = None,
) -> LocateManyAnswer:
    """The code of the division of one level at each of many points."""
    boundaries = geoname.live().boundaries
    codes = boundaries.codes_at(level_of(boundaries, level))
    lons, lats = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    check_coordinates(lons, lats)
    lons, lats = to_wgs84(lons, lats, parse_crs(crs))
    positions = boundaries.lookup.many(lons, lats)
    exact = boundaries.is_exact_on(on)
    found: list[str | None] = codes[positions].tolist()
    return LocateManyAnswer(found, level, boundaries.edition, exact, None if exact else _NOTE)


_NOTE = "所问日期不在该版界线的日期内 / the day asked about is not the edition's"


def _near(boundaries: Boundaries, position: int, metres: float) -> LineNear:
    line = boundaries.near_lines[position]
    return LineNear(line.id, line.sides, round(metres, 1))
