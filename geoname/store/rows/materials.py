"""Rows of field materials (外业资料): the record as JSON, and the columns that repeat what is looked for."""

from __future__ import annotations

from dataclasses import fields

from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.field_form import FieldForm
from geoname.core.inspections.signature import canonical_json
from geoname.core.inspections.track_record import TrackRecord
from geoname.store.rows.cells import Row, check_cells


def material_row(kept: Attachment | TrackRecord | FieldForm) -> Row:
    """The row of an attachment, a track or a form; InvalidInputError for text that no database keeps."""
    check_cells({field.name: getattr(kept, field.name) for field in fields(kept)}, "material")
    row: Row = {"id": kept.id, "inspection_id": kept.inspection_id, "content": canonical_json(kept)}
    if isinstance(kept, Attachment | TrackRecord):
        row["sha256"] = kept.sha256
    if isinstance(kept, Attachment):
        row["subject"] = kept.subject
    return row
