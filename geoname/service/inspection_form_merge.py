"""Brings a form back from the field (外业表合并): decided by people, written at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geoname.core.boundaries.marker import Marker
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_form import FieldForm, FormItem
from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.finding import Finding
from geoname.core.inspections.form_merge import Decisions, ItemMerge, ItemState, Known, merge_form
from geoname.core.inspections.form_records import Written, record_of, values_of
from geoname.core.inspections.inspection import FieldItem
from geoname.core.inspections.stages import Stage
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError, NotFoundError
from geoname.formats.field_form_reading import ReturnedForm, read_form
from geoname.service.handing_in import FileKind, Upload, kind_of
from geoname.service.inspect_boundary import Asked, demand_open, seen_case
from geoname.service.inspection_acting import Acting, as_side
from geoname.service.inspection_material_answers import DifferenceShown, ItemMergeShown, MergeShown
from geoname.service.inspection_moment import new_id, today
from geoname.service.inspection_survey import surveyed, to_verify, with_deviation
from geoname.service.opened import Geoname


def merge_returned(
    geoname: Geoname, asked: Asked, inspection_id: str, upload: Upload, decisions: Decisions
) -> MergeShown:
    """Bring a form that came back together with the register; what is decided is written, all at once.

    Items that only the form changed are written. Soft and hard ones are written once `decisions` say whose
    values hold, and until then told. Nothing is written when any item cannot be: InvalidInputError names
    them. ConflictError when somebody writes at the same moment.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    returned = _read(geoname, upload)
    form = geoname.store.form(returned.form_id)
    if form is None or form.inspection_id != inspection_id:
        raise NotFoundError(
            f"form {returned.form_id!r} was not given out for this case: merge it into its own",
            zh=f"外业表 {returned.form_id!r} 不是本案发出的：请并入其所属的联检",
            field="file",
        )
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        demand_open(before, Stage.FIELD)
        items = {item.key: item for item in before.inspection.items}
        known = {one.key: _known(before, items, one) for one in form.items}
        merged = merge_form(form, returned.items, known, decisions)
        made = _records(geoname, before, merged, who)
        deviations = surveyed(geoname, before, made)
        records = [with_deviation(one, deviations) for one in made]
        opened = to_verify(before, records, deviations, who)
        after = before
        if records:
            after = writer.save(before, _with(before, records, opened), f"form {form.id} merged")
    return _shown(form, merged, after, opened)


def _read(geoname: Geoname, upload: Upload) -> ReturnedForm:
    """What came back; the file itself is not kept, since the records are made of it."""
    most = upload.quota.file_bytes
    with geoname.attachments.receiving(upload.stream, most, lambda file: kind_of(file).value) as received:
        if received.ending == FileKind.PARQUET:
            raise InvalidInputError(
                "the form is Parquet: give back GeoPackage or CSV, as it was given out",
                zh="外业表是 Parquet：请交回发出时的 GeoPackage 或 CSV",
                field="file",
            )
        return read_form(received.file)


def _known(file: CaseFile, items: Mapping[str, FieldItem], given: FormItem) -> Known:
    item = items.get(given.key)
    if item is None:
        raise InvalidInputError(
            f"{given.key} is not on the field list any more: take a new form",
            zh=f"{given.key} 已不在外业清单中：请重新领取外业表",
            field="file",
        )
    record = file.record_of(given.key)
    signed = record is not None and any(one.subject == record.subject for one in file.signatures)
    values = values_of(record, item, file.inspection.sides)
    return Known(record.version if record else 0, values, signed)


def _records(
    geoname: Geoname, file: CaseFile, merged: tuple[ItemMerge, ...], who: Acting
) -> list[FieldRecord]:
    """The records that are to be written; InvalidInputError naming the first that cannot be."""
    case = file.inspection
    written = Written(case.id, case.sides, who.side, who.actor, case.generated)
    items = {item.key: item for item in case.items}
    registered = {one.number: one for one in geoname.store.markers(case.line_id)}
    made = []
    for one in merged:
        if not one.writes:
            continue
        record = record_of(one.merged, file.record_of(one.key), items[one.key], written, new_id())
        if record.day > today() or record.day < (case.plan_filed_on or record.day):
            raise InvalidInputError(
                f"{one.key}: {record.day} is not between the filing of the plan and today",
                zh=f"{one.key}：{record.day} 不在实施方案报送之日与今日之间",
                field="day",
            )
        made.append(_with_register(record, registered))
    return made


def _with_register(record: FieldRecord, registered: Mapping[str, Marker]) -> FieldRecord:
    """What the register knows of the marker goes into a new record, since the form does not ask it."""
    known = registered.get(record.marker.number) if record.marker else None
    if record.marker is None or known is None or record.marker.type:
        return record
    marker = replace(
        record.marker,
        type=known.type.value,
        material=known.material,
        responsible_side=known.responsible_side,
    )
    return replace(record, marker=marker)


def _with(file: CaseFile, records: list[FieldRecord], opened: list[Finding]) -> CaseFile:
    made = {one.item: one for one in records}
    kept = tuple(made.pop(one.item, one) for one in file.records)
    return replace(file, records=(*kept, *made.values()), findings=(*file.findings, *opened))


def _shown(
    form: FieldForm, merged: tuple[ItemMerge, ...], after: CaseFile, opened: list[Finding]
) -> MergeShown:
    told = tuple(
        ItemMergeShown(
            one.key, one.state.value, one.base_version, one.version, one.writes,
            tuple(DifferenceShown(d.field, d.base, d.mine, d.theirs, d.hard) for d in one.differences),
            one.undecided,
            "the record is signed: add a correction with its reason" if one.state is ItemState.SIGNED else "",
        )
        for one in merged
        if one.state is not ItemState.SAME
    )  # fmt: skip
    return MergeShown(
        form.id,
        form.inspection_id,
        after.inspection.version,
        sum(one.written for one in told),
        len(merged) - len(told),
        sum(bool(one.undecided) for one in told),
        told,
        tuple(one.id for one in opened),
    )
