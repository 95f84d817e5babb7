"""Field records of a case (外业记录): kept item by item, edited until signed, corrected ever after."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_record import (
    Condition,
    FieldRecord,
    MarkerDetails,
    MarkerState,
    Presence,
    ReferenceCheck,
    SegmentDetails,
)
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import FieldItem, ItemKind
from geoname.core.inspections.signature import Correction
from geoname.core.inspections.stages import Stage
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ConflictError, InvalidInputError, NotFoundError, OutOfOrderError
from geoname.service.inspect_boundary import Asked, check_version, demand_open, seen_case
from geoname.service.inspection_acting import Acting, as_side, sees_positions
from geoname.service.inspection_answers import RecordList
from geoname.service.inspection_moment import new_id, now, today
from geoname.service.opened import Geoname

CORRECTED_UNTIL = (Stage.FIELD, Stage.FINDINGS, Stage.REMEDY, Stage.SURVEYED, Stage.REPORT_DRAFT)


@dataclass(frozen=True, slots=True)
class RecordGiven:
    """What was seen at one item; `marker` fields count for a marker, `segment` fields for a segment."""

    item: str
    present: tuple[Presence, ...]
    day: date | None = None
    state: MarkerState = MarkerState.INTACT
    type: str = ""
    material: str = ""
    responsible_side: str = ""
    paint: Condition = Condition.NOT_SEEN
    inscription: Condition = Condition.NOT_SEEN
    base: Condition = Condition.NOT_SEEN
    weeds_cleared: bool = False
    references: tuple[ReferenceCheck, ...] = ()
    lon: float | None = None
    lat: float | None = None
    datum: str = ""
    deviation_m: float | None = None
    course: str = ""
    linear_features: str = ""
    ground_changes: str = ""
    clear: bool = True
    unilateral_marks: str = ""
    cross_border_works: str = ""
    weather: str = ""
    problem: FindingKind | None = None
    handling: str = ""
    not_reached: str = ""
    photos: tuple[str, ...] = ()


def list_records(geoname: Geoname, caller: Caller, inspection_id: str) -> RecordList:
    """The records of a case, and the items that lack one with all sides present.

    Coordinates are shown to recorders and above of the sides, and each time they are it is on record.
    """
    file = seen_case(geoname, caller, inspection_id)
    records = file.records
    if any(one.marker is not None and one.marker.lon is not None for one in records):
        if sees_positions(caller, file.inspection):
            chain = f"inspection:{inspection_id}"
            geoname.store.log_coordinates_given([chain], caller.actor, "field records")
        else:
            records = tuple(_without_position(one) for one in records)
    counted = {one.item for one in records if one.counts(file.inspection.sides)}
    return RecordList(records, tuple(item.key for item in file.inspection.items if item.key not in counted))


def put_record(
    geoname: Geoname, asked: Asked, inspection_id: str, given: RecordGiven, record_version: int | None = None
) -> FieldRecord:
    """Keep the record of an item; with `record_version` replace the one there is, unless it is signed.

    InvalidInputError when an item is not on the list or a side is not one of the case, OutOfOrderError
    outside field work, ConflictError when there is a record already, or one of another version.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        demand_open(before, Stage.FIELD)
        known = before.record_of(given.item)
        made = _made(before, who, given, known)
        _check_known(before, known, record_version)
        others = tuple(made if one.item == made.item else one for one in before.records)
        records = others if known is not None else (*before.records, made)
        action = f"record of {given.item}"
        writer.save(before, replace(before, records=records), action)
    return made


def correct_record(
    geoname: Geoname, asked: Asked, inspection_id: str, record_id: str, field: str, after: str
) -> FieldRecord:
    """Add what is wrong in a record, by whom and why, and leave the record as it is.

    InvalidInputError without a reason or for a field that no record has, NotFoundError for an unknown record,
    OutOfOrderError once the report is signed.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    if not asked.reason.strip():
        raise InvalidInputError("a correction needs its reason", zh="更正须写明理由", field="reason")
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        demand_open(before, *CORRECTED_UNTIL)
        record = before.record(record_id)
        if record is None:
            raise NotFoundError(
                f"there is no record {record_id!r} in this case: its records are listed at /records",
                zh=f"本案没有记录 {record_id!r}：记录列表见 /records",
                field="record_id",
            )
        correction = Correction(who.actor, who.side, now(), asked.reason, field, _value(record, field), after)
        made = replace(record, corrections=(*record.corrections, correction), version=record.version + 1)
        records = tuple(made if one.id == record_id else one for one in before.records)
        writer.save(before, replace(before, records=records), f"record of {record.item} corrected")
    return made


def _made(file: CaseFile, who: Acting, given: RecordGiven, known: FieldRecord | None) -> FieldRecord:
    case = file.inspection
    item = next((one for one in case.items if one.key == given.item), None)
    if item is None:
        raise InvalidInputError(
            f"{given.item!r} is not on the field list: write a key of its items, such as "
            f"{case.items[0].key if case.items else 'marker:NUMBER'}",
            zh=f"外业清单中没有 {given.item!r}：请写清单中的项目，如 "
            f"{case.items[0].key if case.items else 'marker:编号'}",
            field="item",
        )
    strangers = [one.side for one in given.present if one.side not in case.sides]
    if strangers:
        raise InvalidInputError(
            f"{strangers[0]!r} is no side of this inspection: {', '.join(case.sides)} are",
            zh=f"{strangers[0]!r} 不是本次联检的一方：各方为 {'、'.join(case.sides)}",
            field="present",
        )
    day = given.day or today()
    if day > today() or day < (case.plan_filed_on or day):
        raise InvalidInputError(
            f"{day} is not between the filing of the plan and today",
            zh=f"{day} 不在实施方案报送之日与今日之间",
            field="day",
        )
    if (given.lon is None) is not (given.lat is None):
        raise InvalidInputError(
            "a measured position has both lon and lat",
            zh="实测位置须同时有经度和纬度",
            field="lat" if given.lat is None else "lon",
        )
    marker, segment = _details(item, given)
    return FieldRecord(
        known.id if known else new_id(), case.id, item.key, day, given.present, who.side, who.actor,
        marker, segment, given.weather, given.problem, given.handling, given.not_reached, given.photos,
        known.corrections if known else (), known.version + 1 if known else 1, case.generated,
    )  # fmt: skip


def _details(item: FieldItem, given: RecordGiven) -> tuple[MarkerDetails | None, SegmentDetails | None]:
    if item.kind is ItemKind.SEGMENT:
        return None, SegmentDetails(
            item.from_marker, item.to_marker, given.course, given.linear_features, given.ground_changes,
            given.clear, given.unilateral_marks, given.cross_border_works,
        )  # fmt: skip
    return MarkerDetails(
        item.from_marker, given.type, given.material, given.responsible_side, given.state, given.paint,
        given.inscription, given.base, given.weeds_cleared, given.references, given.lon, given.lat,
        given.datum, given.deviation_m,
    ), None  # fmt: skip


def _check_known(file: CaseFile, known: FieldRecord | None, version: int | None) -> None:
    if known is None:
        return
    if any(one.subject == known.subject for one in file.signatures):
        raise OutOfOrderError(
            f"the record of {known.item} is signed and is not edited: add a correction with its reason",
            zh=f"{known.item} 的记录已签字，不得修改：请另加更正并写明理由",
            field="item",
        )
    if version != known.version:
        raise ConflictError(
            f"there is a record of {known.item} already, of version {known.version}: read it, then send that "
            "version with the change",
            zh=f"{known.item} 已有记录，为第 {known.version} 版：请先读取，再带此版本号修改",
            field="record_version",
            version=known.version,
        )


def _value(record: FieldRecord, field: str) -> str:
    """The value of a field of a record as text; InvalidInputError for one that no record has."""
    details = record.marker or record.segment
    for part in (details, record):
        if part is not None and field in {one.name for one in fields(part)} - _NOT_CORRECTED:
            return str(getattr(part, field))
    raise InvalidInputError(
        f"{field!r} is no field of this record",
        zh=f"该记录没有 {field!r} 这一项",
        field="field",
    )


_NOT_CORRECTED = frozenset({"id", "inspection_id", "item", "corrections", "version", "marker", "segment"})


def _without_position(record: FieldRecord) -> FieldRecord:
    if record.marker is None:
        return record
    return replace(record, marker=replace(record.marker, lon=None, lat=None))
