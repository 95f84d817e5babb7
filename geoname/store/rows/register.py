"""Rows of the register (地名信息库): places, names, the events of names."""

from __future__ import annotations

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import NOT_RECORDED, Approval, Name, NameKind, NameStatus, Publication
from geoname.core.register.name_event import NameEvent, NameEventKind
from geoname.core.register.place import (
    NO_LOCATION,
    NOTHING_TOLD,
    Account,
    Exactness,
    Location,
    Place,
    Secrecy,
)
from geoname.errors import InvalidInputError
from geoname.store.rows.cells import Row, choice, partial_date, period_cells, period_of, written

_ACCOUNT = ("origin", "meaning", "history", "story", "description")
_APPROVAL = (
    "approved_by", "approver_kind", "approved_on", "document", "filed_on", "accepted_on", "announced_on",
)  # fmt: skip
_NO_APPROVAL = [None] * len(_APPROVAL)


def place_row(place: Place) -> Row:
    """The row of a place; InvalidInputError for a location with half a point or off the globe."""
    location, account = place.location, place.account
    check_location(place.id, location.lon, location.lat, location.exactness)
    return {
        "lon": location.lon,
        "lat": location.lat,
        "id": place.id,
        "feature_class": place.feature_class,
        "division_id": place.division_id,
        "source_record": place.source_record,
        "exactness": location.exactness.value,
        "basis": location.basis,
        "origin": account.origin,
        "meaning": account.meaning,
        "history": account.history,
        "story": account.story,
        "description": account.description,
        "place_code": place.place_code,
        "secrecy": place.secrecy.value,
    }


def place_of(row: Row) -> Place:
    """The place of a row."""
    exactness = choice(Exactness, row["exactness"], "exactness")
    nowhere = exactness is Exactness.NONE and not row["basis"]
    told = [row[column] for column in _ACCOUNT]
    return Place(
        row["id"],
        row["feature_class"],
        row["division_id"],
        row["source_record"],
        NO_LOCATION if nowhere else Location(row["lon"], row["lat"], exactness, row["basis"]),
        Account(*told) if any(told) else NOTHING_TOLD,
        row["place_code"],
        choice(Secrecy, row["secrecy"], "secrecy"),
    )


def name_row(name: Name) -> Row:
    """The row of a name."""
    approval = name.approval
    return {
        "id": name.id,
        "place_id": name.place_id,
        "text": name.text,
        "specific": name.specific,
        "generic": name.generic,
        "kind": name.kind.value,
        "status": name.status.value,
        "publication": name.publication.value,
        "romanization": name.romanization,
        "reading_source": name.reading_source.value,
        "needs_review": name.needs_review,
        "language": name.language,
        "minority_writing": name.minority_writing,
        **period_cells(name.period),
        "approved_by": approval.approved_by,
        "approver_kind": approval.approver_kind,
        "approved_on": written(approval.approved_on),
        "document": approval.document,
        "filed_on": written(approval.filed_on),
        "accepted_on": written(approval.accepted_on),
        "announced_on": written(approval.announced_on),
        "version": name.version,
    }


def name_of(row: Row) -> Name:
    """The name of a row."""
    return Name(
        row["id"],
        row["place_id"],
        row["text"],
        row["specific"],
        row["generic"],
        choice(NameKind, row["kind"], "kind"),
        choice(NameStatus, row["status"], "status"),
        choice(Publication, row["publication"], "publication"),
        row["romanization"],
        choice(ReadingSource, row["reading_source"], "reading_source"),
        bool(row["needs_review"]),
        row["language"],
        row["minority_writing"],
        period_of(row["valid_from"], row["valid_until"], row["known_on"]),
        _approval_of(row),
        row["version"],
    )


def name_event_row(event: NameEvent) -> Row:
    """The row of an event of a name."""
    return {
        "id": event.id,
        "name_id": event.name_id,
        "kind": event.kind.value,
        "happened_on": written(event.on),
        "authority": event.authority,
        "document": event.document,
        "note": event.note,
    }


def name_event_of(row: Row) -> NameEvent:
    """The event of a row."""
    return NameEvent(
        row["id"],
        row["name_id"],
        choice(NameEventKind, row["kind"], "kind"),
        partial_date(row["happened_on"], "happened_on"),
        row["authority"],
        row["document"],
        row["note"],
    )


def _approval_of(row: Row) -> Approval:
    if [row[column] for column in _APPROVAL] == _NO_APPROVAL:
        return NOT_RECORDED
    return Approval(
        row["approved_by"],
        row["approver_kind"],
        partial_date(row["approved_on"], "approved_on"),
        row["document"],
        partial_date(row["filed_on"], "filed_on"),
        partial_date(row["accepted_on"], "accepted_on"),
        partial_date(row["announced_on"], "announced_on"),
    )


def check_location(place_id: str, lon: float | None, lat: float | None, exactness: str) -> None:
    """InvalidInputError for a location with half a point, of no exactness, or off the globe."""
    for field, degrees, most in (("lon", lon, 180.0), ("lat", lat, 90.0)):
        if degrees is not None and not -most <= degrees <= most:
            raise InvalidInputError(
                f"{field} of place {place_id} is {degrees}: give degrees from {-most:g} to {most:g}",
                zh=f"地名实体 {place_id} 的 {field} 为 {degrees}：请给出 {-most:g} 至 {most:g} 度",
                field=field,
            )
    missing = lon is None or lat is None
    if missing != (exactness == Exactness.NONE) or (lon is None) != (lat is None):
        raise InvalidInputError(
            f"the location of place {place_id} is half given: give lon, lat and exactness, or none of them",
            zh=f"地名实体 {place_id} 的位置不完整：经度、纬度、精度须同时给出或都不给",
            field="lon" if lon is None else "lat" if lat is None else "exactness",
        )
