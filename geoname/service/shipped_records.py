"""From the shipped tables to records of the register: places, names, divisions, each with its reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from geoname.core.divisions.division import Division
from geoname.core.names.feature_class import TOWN_SETTLEMENT, class_of_division
from geoname.core.names.place_name import split_name
from geoname.core.names.readings import ReadingTable
from geoname.core.names.romanization import romanize
from geoname.core.register.name import Name, NameKind, NameStatus
from geoname.core.register.place import NO_LOCATION, Exactness, Location, Place
from geoname.core.validity.period import Period
from geoname.formats.shipped_divisions import ShippedDivision
from geoname.formats.shipped_places import PopulatedPlace

GEONAMES = "geonames"


@dataclass(slots=True)
class Records:
    """What one source gives to the register."""

    places: list[Place] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)


def division_records(
    shipped: Sequence[ShippedDivision], readings: ReadingTable, locations: Mapping[str, Location]
) -> dict[str, Records]:
    """The records of every division, by the id of their source; `locations` are by division id.

    A division that was renamed has one place and a name for each spelling, the earlier ones historical.
    """
    states: dict[str, list[ShippedDivision]] = defaultdict(list)
    for one in shipped:
        states[one.division.id].append(one)
    found: dict[str, Records] = defaultdict(Records)
    for of_one in states.values():
        latest = max(of_one, key=_ends)
        records = found[latest.source]
        division = latest.division
        records.places.append(
            Place(
                division.id,
                class_of_division(division.kind),
                division.parent_id,
                f"{latest.source}:{latest.code}",
                locations.get(division.id, NO_LOCATION),
            )
        )
        records.divisions.extend(one.division for one in of_one)
        records.names.extend(_names(of_one, readings))
    return found


def populated_place_records(
    places: Iterable[PopulatedPlace], ids: Mapping[str, str], readings: ReadingTable
) -> Records:
    """Places of GeoNames with their points; their names are aliases, since no authority approved them.

    `ids` are division ids by code.
    """
    records = Records()
    for place in places:
        location = Location(
            place.longitude,
            place.latitude,
            Exactness.POPULATED_PLACE,
            f"GeoNames {place.geonameid}, CC BY 4.0",
        )
        records.places.append(
            Place(
                place.id,
                TOWN_SETTLEMENT,
                ids[county] if (county := place.county) else None,
                f"{GEONAMES}:{place.geonameid}",
                location,
            )
        )
        name = _name(place.name_id, place.id, place.name, TOWN_SETTLEMENT, Period(), readings)
        records.names.append(name)
    return records


def seat_locations(places: Iterable[PopulatedPlace], ids: Mapping[str, str]) -> dict[str, Location]:
    """The points of divisions' seats, by division id, where name and county prove which seat it is."""
    return {
        ids[place.seat_of]: Location(
            place.longitude,
            place.latitude,
            Exactness.POPULATED_PLACE,
            f"seat: GeoNames {place.geonameid}, CC BY 4.0; {place.proof}",
        )
        for place in places
        if place.seat_of
    }


def _ends(one: ShippedDivision) -> date:
    end = one.division.period.end
    return date.max if end is None else end.last


def _names(states: Sequence[ShippedDivision], readings: ReadingTable) -> Iterable[Name]:
    """One name for each spelling, for the time of all states that bear it."""
    by_name: dict[str, list[ShippedDivision]] = defaultdict(list)
    for one in states:
        by_name[one.name_id].append(one)
    for name_id, bearers in by_name.items():
        division = max(bearers, key=_ends).division
        period = _whole_period([one.division.period for one in bearers])
        feature_class = class_of_division(division.kind)
        yield _name(name_id, division.id, division.name, feature_class, period, readings, NameKind.STANDARD)


def _whole_period(periods: Sequence[Period]) -> Period:
    if any(period.end is None for period in periods):
        end = None
    else:
        end = max(period.end for period in periods if period.end is not None)
    starts = [period.start for period in periods]
    start = min(known for known in starts if known is not None) if all(starts) else None
    known = [period.known_on for period in periods if period.known_on is not None]
    return Period(start, end, min(known) if known else None)


def _name(
    id_: str,
    place_id: str,
    text: str,
    feature_class: str,
    period: Period,
    readings: ReadingTable,
    kind: NameKind = NameKind.ALIAS,
) -> Name:
    status = NameStatus.CURRENT if period.end is None else NameStatus.HISTORICAL
    if text.isascii():
        return Name(id_, place_id, text, text, "", kind, status, needs_review=True, period=period)
    parts = split_name(text, feature_class)
    spelt = romanize(parts, feature_class, readings)
    return Name(
        id_,
        place_id,
        text,
        parts.specific,
        parts.generic,
        kind,
        status,
        romanization=spelt.text,
        reading_source=spelt.source,
        needs_review=spelt.needs_review,
        period=period,
    )
