"""Names of the index as answers show them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from geoname.core.register.name_index.period_days import KNOWN_ON_NO_DAY, period_of
from geoname.core.register.name_index.records import IndexedName
from geoname.core.register.place import Exactness
from geoname.core.register.visibility import Role, sees_location
from geoname.service.answers import DivisionRef, LocationShown, NameSummary, RomanizationShown
from geoname.service.live_index import LiveIndex
from geoname.service.showing import evidence_of, written

_HIDDEN = LocationShown(None, None, Exactness.NONE, "restricted")


def name_summary(index: LiveIndex, row: int, on: date | None = None, role: Role = Role.PUBLIC) -> NameSummary:
    """The name of one row, with its place's chain of divisions on the day asked about."""
    name = index.names.row(row)
    start, end = _written_period(name.start, name.end, name.start_precision, name.end_precision)
    return NameSummary(
        name.name_id,
        name.text,
        name.kind,
        name.status,
        name.publication,
        index.class_shown(name.feature_class),
        RomanizationShown(name.romanization, name.reading_source, name.needs_review),
        name.specific,
        name.generic,
        name.place_id,
        name.code or None,
        index.codes_of(name.place_id),
        path_of(index, name, on),
        location_of(name, role),
        start,
        end,
        "recorded" if on is None else evidence_of(name.period, on),
    )


@lru_cache(maxsize=4096)
def _written_period(
    start: int, end: int, start_precision: int, end_precision: int
) -> tuple[str | None, str | None]:
    """The two dates as they are known; thousands of names share one pair."""
    period = period_of(start, end, KNOWN_ON_NO_DAY, start_precision, end_precision)
    return written(period.start), written(period.end)


def path_of(index: LiveIndex, name: IndexedName, on: date | None = None) -> tuple[DivisionRef, ...]:
    """From the province down to the place itself where it is a division, else to the division it lies in."""
    if name.place_id in index.atlas:
        return index.chain(name.place_id, on)
    return index.chain(index.atlas.at(name.division).id, on) if name.division >= 0 else ()


def location_of(name: IndexedName, role: Role) -> LocationShown:
    """Where the place lies, for those who may see it."""
    if not sees_location(role, name.secrecy):
        return _HIDDEN
    return LocationShown(name.lon, name.lat, name.exactness, name.basis)
