"""Forms for the field (外业表): every item of a case as it is on record, to take away and bring back."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_form import FieldForm, FormItem
from geoname.core.inspections.form_records import values_of
from geoname.core.inspections.inspection import FieldItem, ItemKind
from geoname.core.inspections.stages import Stage
from geoname.core.register.visibility import Role
from geoname.errors import NotFoundError, NotReadyError
from geoname.formats.field_form_file import FormPlace, PlacedItem
from geoname.formats.field_form_writing import write_form_csv, write_form_geopackage
from geoname.service.handing_in import ClosableBlocks
from geoname.service.inspect_boundary import Asked, demand_open, seen_case
from geoname.service.inspected_course import InspectedCourse, course_of
from geoname.service.inspection_acting import as_side, sees_positions
from geoname.service.inspection_moment import new_id, now
from geoname.service.opened import Geoname

_OUT_AT = (Stage.DESK, Stage.FIELD)


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form to take away: its name and content."""

    filename: str
    blocks: ClosableBlocks


def give_form(geoname: Geoname, asked: Asked, inspection_id: str, ending: str) -> FormFile:
    """A form of every item as it is on record now, `gpkg` or `csv`; kept, so that it can be merged.

    Places of markers are on it for those entitled only, and that is put on record. OutOfOrderError before the
    field list is drawn up and after the field work.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    case = file.inspection
    who = as_side(asked.caller, case, asked.side, asked.name, Role.RECORDER)
    demand_open(file, *_OUT_AT)
    entitled = sees_positions(asked.caller, case)
    # An id of digits alone would come back from a spreadsheet as a rounded number.
    form = FieldForm(
        f"form-{new_id()}", case.id, who.side, who.actor, now(), case.sides, entitled,
        tuple(_form_item(file, item) for item in case.items), case.generated,
    )  # fmt: skip
    places = _places(geoname, file, entitled)
    placed = [PlacedItem(item, places[item.key]) for item in form.items]
    with tempfile.TemporaryDirectory(prefix="geoname-form-") as folder:
        written = Path(folder) / f"form.{ending}"
        if ending == "csv":
            write_form_csv(form, placed, written)
        else:
            write_form_geopackage(form, placed, f"{case.line_name} {case.year}", written)
        geoname.store.add_form(form)
        if entitled:
            what = f"form {form.id}"
            geoname.store.log_coordinates_given([f"inspection:{case.id}"], asked.caller.actor, what)
        # Unlinked with the folder, and still there for whoever has it open.
        return FormFile(f"{case.line_name}外业表{form.id[5:]}.{ending}", ClosableBlocks(written.open("rb")))


def _form_item(file: CaseFile, item: FieldItem) -> FormItem:
    record = file.record_of(item.key)
    values = values_of(record, item, file.inspection.sides)
    return FormItem(item.key, item.kind, record.version if record else 0, values)


def _places(geoname: Geoname, file: CaseFile, entitled: bool) -> dict[str, FormPlace]:
    """Where the items are, for those entitled; a line that nothing draws has none."""
    line: InspectedCourse | None = None
    with suppress(NotReadyError, NotFoundError):
        line = course_of(geoname, file.inspection)
    placed = {one.marker.number: one for one in line.markers} if line is not None else {}
    described = {one.number: one.location for one in geoname.store.markers(file.inspection.line_id)}
    found = {}
    for item in file.inspection.items:
        shape: BaseGeometry | None = None
        if line is not None and entitled and item.kind is ItemKind.MARKER and item.from_marker in placed:
            shape = line.point(item.from_marker)
        elif line is not None and (entitled or line.open) and item.kind is ItemKind.SEGMENT:
            shape = line.segment(item.from_marker, item.to_marker)
        found[item.key] = FormPlace(
            item.from_marker, item.to_marker, described.get(item.from_marker, ""), shape
        )
    return found
