"""Measured positions of markers against the register (界桩复测): a deviation is a question, no verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from geoname.core.boundaries.marker import Marker
from geoname.core.coordinates.convert import check_coordinates, to_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.geodesic import ELLIPSOID
from geoname.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Measured:
    """Where a marker was measured: degrees in `crs`, and the error that the receiver states, in metres."""

    number: str
    lon: float
    lat: float
    crs: Crs = Crs.WGS84
    error_m: float | None = None
    note: str = ""


class SurveyVerdict(StrEnum):
    """What a measurement says of a marker."""

    WITHIN = "within"
    """Where the register has it, as far as can be told."""
    VERIFY = "verify"
    """Farther off than the limit: to be looked into on the ground. Whether it was moved, people find out."""
    NOT_COMPARABLE = "not_comparable"
    """The register has no position in a system that can be compared."""
    UNKNOWN = "unknown"
    """The register has no marker of this number on the line."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One measurement against the register.

    `distance_m` and `azimuth_deg` (clockwise from north) lead from the registered to the measured place.
    `limit_m` is what was held against: the one asked for, or both stated errors together where they are more.
    `looks_like` names the system that would bring the measurement to the register's place.
    """

    number: str
    verdict: SurveyVerdict
    marker_id: str | None = None
    distance_m: float | None = None
    azimuth_deg: float | None = None
    limit_m: float | None = None
    looks_like: Crs | None = None
    registered_crs: str = ""
    note: str = ""


def survey(
    measured: Iterable[Measured], markers: Mapping[str, Marker], limit_m: float
) -> tuple[Deviation, ...]:
    """Hold each measurement against the marker of its number, in the order given.

    InvalidInputError for a place that is none, a number measured twice, or a limit that is none.
    """
    if not 0.0 < limit_m < 1e5:
        raise InvalidInputError(
            f"the limit is {limit_m} m: give a number above 0",
            zh=f"限差为 {limit_m} 米：请给出大于 0 的数",
            field="limit_m",
        )
    given = tuple(measured)
    for one in given:
        check_coordinates(one.lon, one.lat)
    twice = [number for number, times in Counter(one.number for one in given).items() if times > 1]
    if twice:
        raise InvalidInputError(
            f"{twice[0]} was measured twice: give one position for each marker",
            zh=f"{twice[0]} 有两个测量值：每个界桩请只给一个",
            field="number",
        )
    return tuple(_compared(one, markers.get(one.number), limit_m) for one in given)


def _compared(one: Measured, marker: Marker | None, limit_m: float) -> Deviation:
    if marker is None:
        return Deviation(one.number, SurveyVerdict.UNKNOWN, note=one.note)
    place = marker.position
    if place is None or place.lon is None or place.lat is None:
        return Deviation(
            one.number,
            SurveyVerdict.NOT_COMPARABLE,
            marker.id,
            registered_crs="" if place is None else place.given_crs,
            note=one.note,
        )
    azimuth, metres = _from_register(one, place.lon, place.lat, one.crs)
    limit = max(limit_m, (place.error_m or 0.0) + (one.error_m or 0.0))
    verdict = SurveyVerdict.WITHIN if metres <= limit else SurveyVerdict.VERIFY
    return Deviation(
        one.number,
        verdict,
        marker.id,
        round(metres, 2),
        round(azimuth % 360.0, 1),
        limit,
        None if verdict is SurveyVerdict.WITHIN else _other_system(one, place.lon, place.lat, limit),
        place.given_crs,
        one.note,
    )


def _from_register(one: Measured, lon: float, lat: float, crs: Crs) -> tuple[float, float]:
    azimuth, _, metres = ELLIPSOID.inv(lon, lat, *to_wgs84(one.lon, one.lat, crs))
    return float(azimuth), float(metres)


def _other_system(one: Measured, lon: float, lat: float, limit: float) -> Crs | None:
    """The system in which the measurement would lie at the register's place."""
    others = (crs for crs in (Crs.GCJ02, Crs.BD09, Crs.WGS84) if crs is not one.crs)
    return next((crs for crs in others if _from_register(one, lon, lat, crs)[1] <= limit), None)
