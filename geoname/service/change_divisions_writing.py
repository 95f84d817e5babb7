"""Writes a change of divisions (区划变更入库): places, names, states, event, edges, and what undoes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from geoname.core.divisions.change_record import ChangeRecord
from geoname.core.names.feature_class import class_of_division
from geoname.core.register.name import Approval, Name, NameKind, NameStatus
from geoname.core.register.name_event import NameEvent, NameEventKind
from geoname.core.register.place import Place
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import ConflictError
from geoname.formats.shipped_readings import read_readings
from geoname.service.change_divisions_plan import ChangePlan, new_id
from geoname.service.live_index import LiveIndex
from geoname.service.load_divisions_records import standard_name
from geoname.service.opened import Geoname
from geoname.store.protocols import Writer

RELEASE = "division-changes"


def write_change(
    geoname: Geoname,
    index: LiveIndex,
    plan: ChangePlan,
    moving: Sequence[Place],
    record: ChangeRecord,
    actor: str,
) -> None:
    """Write a change with all that belongs to it in one transaction.

    ConflictError when the register is not any more as it was when the change was worked out.
    """
    adjusted, adjustment = plan.adjusted, plan.adjustment
    store = geoname.store
    moved = [
        replace(place, division_id=adjusted.moved_villages[place.id])
        for place in store.places(adjusted.moved_villages)
    ]
    shifted = _shifted(geoname, plan)
    names, events = _names(geoname, plan)
    touched = {state.id for state in adjusted.states} | {place.id for place in (*moved, *moving)}
    with store.writing(actor, f"division change {plan.asked.document}") as writer:
        # Read while the write lock is held: what was worked out must still be so.
        if store.data_version() != index.data_version:
            raise ConflictError(
                "the register changed while the change was worked out: look again, then do it",
                zh="推算期间地名库有变动：请重新预演后再办",
                field="from",
            )
        watched = writer.watch_records(touched, [adjustment.event.id])
        _release(writer, geoname, actor)
        writer.put_places([*_new_places(plan), *shifted, *moved, *moving], RELEASE)
        writer.put_names(names, RELEASE)
        writer.put_divisions(adjusted.states, RELEASE)
        writer.put_division_changes([adjustment.event], adjusted.edges, RELEASE)
        writer.put_name_events(events, RELEASE)
        writer.keep_division_change(record, watched)


def _release(writer: Writer, geoname: Geoname, actor: str) -> None:
    if any(one.id == RELEASE for one in geoname.store.releases()):
        return
    source = Source(RELEASE, "区划变更办理", "本库主管部门", "geoname", "内部数据", "", None, "")
    writer.put_source(source)
    at = now()
    writer.put_release(Release(RELEASE, RELEASE, ReleaseState.PUBLISHED, actor, at, at))


def _new_places(plan: ChangePlan) -> Iterator[Place]:
    for unit in plan.adjustment.after:
        if unit.id in plan.adjusted.began:
            yield Place(
                unit.id, class_of_division(unit.kind), unit.parent_id, f"{RELEASE}:{plan.id}:{unit.code}"
            )


def _shifted(geoname: Geoname, plan: ChangePlan) -> list[Place]:
    """The places of townships that come into another county, or become of another kind."""
    present = {one.id: one for one in plan.meant.before}
    after = {
        unit.id: unit
        for unit in plan.adjustment.after
        if unit.id in present
        and (unit.parent_id, unit.kind) != (present[unit.id].parent_id, present[unit.id].kind)
    }
    return [
        replace(
            place,
            division_id=after[place.id].parent_id,
            feature_class=class_of_division(after[place.id].kind),
        )
        for place in geoname.store.places(after)
    ]


def _names(geoname: Geoname, plan: ChangePlan) -> tuple[list[Name], list[NameEvent]]:
    """Names of what is new, ended and renamed, each with its event."""
    readings = read_readings()
    day = PartialDate(plan.adjustment.on)
    asked = plan.asked
    approval = Approval(
        asked.authority or None,
        "government",
        PartialDate(asked.approved_on),
        asked.document or None,
        announced_on=None if asked.announced_on is None else PartialDate(asked.announced_on),
    )
    names: list[Name] = []
    events: list[NameEvent] = []

    def tell(name: Name, kind: NameEventKind) -> None:
        wording = plan.adjustment.event.wording
        events.append(NameEvent(new_id(), name.id, kind, day, asked.authority, asked.document, wording))

    present = {one.id: one.name for one in plan.meant.before}
    for unit in plan.adjustment.after:
        if present.get(unit.id) != unit.name:
            name = standard_name(
                new_id(), unit.id, unit.name, unit.kind, Period(start=day), readings, approval
            )
            names.append(name)
            tell(name, NameEventKind.NAMED)
            for old in _in_force(geoname, unit.id, only=present.get(unit.id)):
                names.append(_ended(old, day))
                tell(old, NameEventKind.RENAMED)
    for id_ in plan.adjusted.ended:
        for old in _in_force(geoname, id_):
            names.append(_ended(old, day))
            tell(old, NameEventKind.RETIRED)
    return names, events


def _in_force(geoname: Geoname, place_id: str, only: str | None = None) -> list[Name]:
    return [
        name
        for name in geoname.store.names_of(place_id)
        if name.status is NameStatus.CURRENT
        and (only is None or (name.text == only and name.kind is NameKind.STANDARD))
    ]


def _ended(name: Name, day: PartialDate) -> Name:
    known_on = name.period.known_on
    known_on = known_on if known_on is not None and known_on < day.first else None
    return replace(name, status=NameStatus.HISTORICAL, period=Period(name.period.start, day, known_on))


def now() -> str:
    """The time of day in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")
