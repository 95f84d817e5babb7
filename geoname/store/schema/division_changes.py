"""Tables of changes of divisions (变更办理): what was asked, what it did, how to undo it and how a load."""

from __future__ import annotations

from sqlalchemy import Index, Table

from geoname.store.schema.base import METADATA, fid, reference, text

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
    text("completed_on", nullable=True),
    text("extended_by", nullable=True),
    sqlite_autoincrement=True,
)

# What a load of a list or of a table of changes wrote, and what was there before; gone once it is undone.
load_undo = Table(
    "load_undo",
    METADATA,
    fid(),
    reference("release_id", "release.id"),
    text("undo"),
    sqlite_autoincrement=True,
)
Index("load_undo_release_id", load_undo.c.release_id)
