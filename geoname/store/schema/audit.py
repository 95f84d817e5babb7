"""Tables of what was done (审计): audit chains, changes that wait for publication, settings."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from geoname.store.schema.base import METADATA, fid, reference, text

audit = Table(
    "audit",
    METADATA,
    fid(),
    text("subject"),
    Column("position", Integer, nullable=False),
    text("at"),
    text("actor"),
    text("action"),
    text("reason"),
    text("before"),
    text("after"),
    text("previous"),
    text("digest"),
    sqlite_autoincrement=True,
)
Index("audit_subject_position", audit.c.subject, audit.c.position, unique=True)

# A staged release's changes to records that are served: kept apart until the release is published.
staged_change = Table(
    "staged_change",
    METADATA,
    fid(),
    reference("release_id", "release.id"),
    text("table_name"),
    text("record_key"),
    text("content"),
    sqlite_autoincrement=True,
)
Index(
    "staged_change_record",
    staged_change.c.release_id,
    staged_change.c.table_name,
    staged_change.c.record_key,
    unique=True,
)

setting = Table(
    "setting", METADATA, fid(), text("key", unique=True), text("value"), sqlite_autoincrement=True
)
