"""Rows of changes done over the interfaces (变更办理记录)."""

from __future__ import annotations

from geoname.core.divisions.change_record import ChangeRecord
from geoname.store.rows.cells import Row

_FIELDS = (
    "id", "event_id", "request", "report", "done_at", "done_by", "undone_at", "undone_by",
    "completed_on", "extended_by",
)  # fmt: skip


def change_row(change: ChangeRecord) -> Row:
    """The row of a record, without what undoes it."""
    return {field: getattr(change, field) for field in _FIELDS}


def change_of(row: Row) -> ChangeRecord:
    """The record of a row."""
    return ChangeRecord(**{field: row[field] for field in _FIELDS})
