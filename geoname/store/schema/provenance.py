"""Tables of provenance (来源): sources, and the releases in which their records were loaded."""

from __future__ import annotations

from sqlalchemy import Table

from geoname.store.schema.base import METADATA, dates, fid, reference, text

source = Table(
    "source",
    METADATA,
    fid(),
    text("id", unique=True),
    text("title"),
    text("authority"),
    text("origin"),
    text("licence"),
    text("attribution"),
    *dates("as_of"),
    text("sha256"),
    sqlite_autoincrement=True,
)

release = Table(
    "release",
    METADATA,
    fid(),
    text("id", unique=True),
    reference("source_id", "source.id"),
    text("state"),
    text("actor"),
    text("loaded_at"),
    text("published_at", nullable=True),
    sqlite_autoincrement=True,
)
