"""The table of changes done over the interfaces (变更办理): what was asked, what it did, how to undo it."""

from __future__ import annotations

from sqlalchemy import Table

from geoname.store.schema.base import METADATA, fid, text

# The event goes when the change is undone, and the record stays: no reference.
division_change = Table(
    "division_change",
    METADATA,
    fid(),
    text("id", unique=True),
    text("event_id"),
    text("request"),
    text("report"),
    text("undo"),
    text("done_at"),
    text("done_by"),
    text("undone_at", nullable=True),
    text("undone_by", nullable=True),
    sqlite_autoincrement=True,
)
