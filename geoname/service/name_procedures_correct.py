"""Corrects the record of a name or its place (更正记录), with author, reason and what stood there before."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from geoname.core.coordinates.crs import Crs
from geoname.core.names.feature_class import parse_class
from geoname.core.names.place_name import split_name
from geoname.core.names.readings import ReadingSource
from geoname.core.names.romanization import romanize
from geoname.core.register.name import Approval, Name, NameKind, Publication
from geoname.core.register.name_event import NameEvent, NameEventKind
from geoname.core.register.naming_lifecycle import NamingStep, role_for
from geoname.core.register.place import Exactness, Place, Secrecy
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role, sees_location
from geoname.core.rules.kinds import PlaceKind, kind_of_place
from geoname.core.rules.procedure_cases import Approver
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import ForbiddenError, InvalidInputError
from geoname.service.browse_divisions import find_division
from geoname.service.check_name import judge
from geoname.service.demand_version import demand_version
from geoname.service.live_index import LiveIndex
from geoname.service.name_procedures import entry_of, show_procedure
from geoname.service.name_procedures_answers import ProcedureShown
from geoname.service.name_procedures_draft import reason_of, refuse_blocked
from geoname.service.name_procedures_office import (
    code_of_division,
    code_of_place,
    demand_for,
    today_here,
)
from geoname.service.name_procedures_place import Proposing, location_of, refuse_division
from geoname.service.opened import Geoname
from geoname.service.registered_case import registered_case
from geoname.service.rule_facts import facts_of, shipped_facts
from geoname.store.protocols import NameEntry

_ACCOUNT = ("origin", "meaning", "history", "story", "description")
_DAYS = ("approved_on", "filed_on", "accepted_on", "announced_on")
_OFFICERS_OWN = ("publication", "secrecy", "kind", "approved_by", "approver", "document", *_DAYS)


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to stand in the record from now on; None leaves a field alone, "" empties a text.

    Coordinates are degrees in `crs`. `within` is a division code. Days are written as they are known:
    `2014`, `2014-12` or `2014-12-13`.
    """

    name: str | None = None
    kind: NameKind | None = None
    romanization: str | None = None
    name_language: str | None = None
    minority_writing: str | None = None
    publication: Publication | None = None
    feature_class: str | None = None
    within: str | None = None
    scheme: str | None = None
    lon: float | None = None
    lat: float | None = None
    crs: Crs = Crs.WGS84
    exactness: Exactness | None = None
    place_code: str | None = None
    secrecy: Secrecy | None = None
    approved_by: str | None = None
    approver: Approver | None = None
    approved_on: str | None = None
    document: str | None = None
    filed_on: str | None = None
    accepted_on: str | None = None
    announced_on: str | None = None
    origin: str | None = None
    meaning: str | None = None
    history: str | None = None
    story: str | None = None
    description: str | None = None


def correct_name(
    geoname: Geoname,
    name_id: str,
    correction: Correction,
    reason: str,
    version: int,
    caller: Caller,
    today: date | None = None,
) -> ProcedureShown:
    """Correct a record that the caller has read at `version`, and show it as it stands then.

    ChangedSinceError when it was changed meanwhile; InvalidInputError when nothing is to be changed or
    something cannot be right; AgainstRulesError when the name as corrected is blocked; ForbiddenError.
    """
    index, day = geoname.live(), today or today_here()
    entry = entry_of(geoname, name_id, caller)
    _check_allowed(index, entry, correction, caller)
    demand_version(version, entry.name.version)
    why = reason_of(reason)
    place = _place(index, entry.place, correction, caller)
    name = _name(entry.name, place, correction)
    name = replace(name, approval=_approval(name.approval, correction, day))
    if (name, place) == (entry.name, entry.place):
        raise InvalidInputError(
            "the record says all of this already: give what is to be changed",
            zh="记录本来如此：请给出要更正的内容",
        )
    if name.text != entry.name.text or place.feature_class != entry.place.feature_class:
        case = registered_case(index, name, place)
        refuse_blocked(name.text, judge(geoname, case, facts_of(geoname, caller.role)))
    with geoname.store.writing(caller.actor, why) as writer:
        now = geoname.store.name_entry(name_id)
        demand_version(version, now.name.version if now is not None else 0)
        if place != entry.place:
            writer.put_places([place], entry.release_id)
        if name != entry.name:
            writer.put_names([name], entry.release_id)
        else:
            writer.raise_name_version(name_id)
        event = NameEvent(secrets.token_hex(6), name_id, NameEventKind.CORRECTED, PartialDate(day), note=why)
        writer.put_name_events([event], entry.release_id)
    geoname.refresh()
    return show_procedure(geoname, name_id, caller, today=day)


def _check_allowed(index: LiveIndex, entry: NameEntry, correction: Correction, caller: Caller) -> None:
    code = code_of_place(index, entry.place)
    demand_for(caller, role_for(NamingStep.CORRECT, entry.name.status), code)
    if any(getattr(correction, field) is not None for field in _OFFICERS_OWN):
        demand_for(caller, Role.OFFICER, code)
    if any(getattr(correction, field) is not None for field in ("name", "feature_class", "within")):
        refuse_division(index, entry)
    touched = any(getattr(correction, field) is not None for field in ("lon", "lat", "secrecy"))
    if touched and not sees_location(caller.role, entry.place.secrecy):
        raise ForbiddenError(
            "the location of this place is not open to the token's role: ask an administrator",
            zh="令牌的角色不能查看此地坐标：请由管理员办理",
        )


def _place(index: LiveIndex, place: Place, correction: Correction, caller: Caller) -> Place:
    told = {field: getattr(correction, field) for field in _ACCOUNT}
    account = replace(
        place.account, **{field: text.strip() for field, text in told.items() if text is not None}
    )
    changed = replace(place, account=account)
    if correction.feature_class is not None:
        feature_class = parse_class(correction.feature_class, field="feature_class")
        if kind_of_place(feature_class) is PlaceKind.DIVISION:
            raise InvalidInputError(
                f"{feature_class} is a class of divisions: they are named by a division change",
                zh=f"{feature_class} 是行政区划的类别：区划名称请按区划变更办理",
                field="feature_class",
            )
        changed = replace(changed, feature_class=feature_class)
    if correction.within is not None:
        division = find_division(index, correction.within, correction.scheme, None, field="within").division
        demand_for(caller, Role.RECORDER, code_of_division(index, division.id))
        changed = replace(changed, division_id=division.id)
    if correction.place_code is not None:
        changed = replace(changed, place_code=correction.place_code.strip() or None)
    if correction.secrecy is not None:
        changed = replace(changed, secrecy=correction.secrecy)
    if correction.lon is not None or correction.lat is not None:
        exactness = correction.exactness or Exactness.REPRESENTATIVE_POINT
        given = Proposing("", "", lon=correction.lon, lat=correction.lat, crs=correction.crs)
        location = location_of(replace(given, exactness=exactness))
        changed = replace(changed, location=replace(location, basis=f"corrected, given in {correction.crs}"))
    elif correction.exactness is not None:
        raise InvalidInputError(
            "exactness goes with a location: give lon and lat too",
            zh="精度须随坐标给出：请同时给出经度和纬度",
            field="exactness",
        )
    return changed


def _name(name: Name, place: Place, correction: Correction) -> Name:
    changed = name
    text = name.text if correction.name is None else correction.name.strip()
    if not text:
        raise InvalidInputError("the name is empty: write it", zh="地名为空：请写出地名", field="name")
    if correction.name is not None or correction.feature_class is not None:
        parts = split_name(text, place.feature_class)
        changed = replace(changed, text=text, specific=parts.specific, generic=parts.generic)
        if text != name.text and not text.isascii():
            spelt = romanize(parts, place.feature_class, shipped_facts().readings)
            changed = replace(
                changed,
                romanization=spelt.text,
                reading_source=spelt.source,
                needs_review=spelt.needs_review,
            )
    if correction.romanization is not None:
        changed = replace(
            changed,
            romanization=correction.romanization.strip(),
            reading_source=ReadingSource.LOCAL_SURVEY,
            needs_review=not correction.romanization.strip(),
        )
    given: dict[str, Any] = {
        "kind": correction.kind,
        "language": correction.name_language,
        "minority_writing": correction.minority_writing,
        "publication": correction.publication,
    }
    return replace(changed, **{field: value for field, value in given.items() if value is not None})


def _approval(approval: Approval, correction: Correction, today: date) -> Approval:
    """Who approved and when what was done, the days in their order and none to come."""
    given: dict[str, Any] = {}
    if correction.approved_by is not None:
        given["approved_by"] = correction.approved_by.strip() or None
    if correction.approver is not None:
        given["approver_kind"] = correction.approver.value
    if correction.document is not None:
        given["document"] = correction.document.strip() or None
    for field in _DAYS:
        written = getattr(correction, field)
        if written is not None:
            given[field] = PartialDate.parse(written.strip(), field=field) if written.strip() else None
    changed = replace(approval, **given)
    for earlier, later in (
        ("approved_on", "filed_on"), ("filed_on", "accepted_on"), ("approved_on", "announced_on"),
    ):  # fmt: skip
        first, second = getattr(changed, earlier), getattr(changed, later)
        if later in given and second is not None and first is None:
            raise InvalidInputError(
                f"{later} is given and {earlier} is not known: give both",
                zh=f"有 {later} 而没有 {earlier}：请一并给出",
                field=later,
            )
        if {earlier, later} & given.keys() and first and second and second.last < first.first:
            raise InvalidInputError(
                f"{later} {second} is before {earlier} {first}: give days in their order",
                zh=f"{later} {second} 早于 {earlier} {first}：日期须依次",
                field=later if later in given else earlier,
            )
    for field in _DAYS:
        known = given.get(field)
        if known is not None and known.first > today:
            raise InvalidInputError(
                f"{field} {known} is yet to come: record what has happened",
                zh=f"{field} {known} 尚未到来：请记录已发生的事项",
                field=field,
            )
    return changed


FIELDS = tuple(field.name for field in fields(Correction))
"""The names of what can be corrected."""
