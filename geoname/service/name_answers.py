"""Names of the index as answers show them."""

from __future__ import annotations

from datetime import date

from geoname.core.names.place_name import split_name
from geoname.core.register.name_index.records import IndexedName
from geoname.core.register.place import Exactness
from geoname.core.register.visibility import Role, sees_location
from geoname.service.answers import (
    ClassShown,
    CodeShown,
    DivisionRef,
    LocationShown,
    NameSummary,
    RomanizationShown,
)
from geoname.service.live_index import LiveIndex
from geoname.service.showing import code_shown, evidence_of, written

_HIDDEN = LocationShown(None, None, Exactness.NONE, "restricted")


def name_summary(index: LiveIndex, row: int, on: date | None = None, role: Role = Role.PUBLIC) -> NameSummary:
    """The name of one row, with its place's chain of divisions on the day asked about."""
    name = index.names.row(row)
    period = name.period
    return NameSummary(
        name.name_id,
        name.text,
        name.kind,
        name.status,
        name.publication,
        ClassShown(name.feature_class, index.class_label(name.feature_class)),
        RomanizationShown(name.romanization, name.reading_source, name.needs_review),
        name.specific,
        split_name(name.text, name.feature_class).generic,
        name.place_id,
        name.code or None,
        codes_of(index, name),
        path_of(index, name, on),
        location_of(name, role),
        written(period.start),
        written(period.end),
        evidence_of(period, on),
    )


def codes_of(index: LiveIndex, name: IndexedName) -> tuple[CodeShown, ...]:
    """Every code the place has or had."""
    if name.place_id not in index.atlas:
        return ()
    return tuple(code_shown(code) for code in index.atlas.latest(name.place_id).codes)


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
