"""Tables of the register (地名信息库): places, names, the events of names."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from geoname.store.schema.base import METADATA, Geometry, dates, fid, period, reference, text

place = Table(
    "place",
    METADATA,
    fid(),
    Column("geom", Geometry("POINT"), nullable=True),
    text("id", unique=True),
    text("feature_class"),
    reference("division_id", "place.id", nullable=True),
    text("source_record"),
    text("exactness"),
    text("basis"),
    text("origin"),
    text("meaning"),
    text("history"),
    text("story"),
    text("description"),
    text("place_code", nullable=True),
    text("secrecy"),
    reference("release_id", "release.id"),
    sqlite_autoincrement=True,
)
Index("place_division_id", place.c.division_id)
Index("place_release_id", place.c.release_id)

name = Table(
    "name",
    METADATA,
    fid(),
    text("id", unique=True),
    reference("place_id", "place.id"),
    text("text"),
    text("specific"),
    text("generic"),
    text("kind"),
    text("status"),
    text("publication"),
    text("romanization"),
    text("reading_source"),
    Column("needs_review", Boolean, nullable=False),
    text("language"),
    text("minority_writing"),
    *period(),
    text("approved_by", nullable=True),
    text("approver_kind", nullable=True),
    *dates("approved_on"),
    text("document", nullable=True),
    *dates("filed_on", "accepted_on", "announced_on"),
    Column("version", Integer, nullable=False),
    reference("release_id", "release.id"),
    sqlite_autoincrement=True,
)
Index("name_place_id", name.c.place_id)
Index("name_release_id", name.c.release_id)

name_event = Table(
    "name_event",
    METADATA,
    fid(),
    text("id", unique=True),
    reference("name_id", "name.id"),
    text("kind"),
    *dates("happened_on"),
    text("authority"),
    text("document"),
    text("note"),
    reference("release_id", "release.id"),
    sqlite_autoincrement=True,
)
Index("name_event_name_id", name_event.c.name_id)
Index("name_event_release_id", name_event.c.release_id)
