"""Tables of the register (地名信息库): places, names, the events of names, changes that wait to be shown."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Table

from geoname.store.schema.base import METADATA, Geometry, GeometryAside, dates, fid, period, reference, text


def _place(geometry: Geometry, *, unique: bool) -> tuple[Column[Any], ...]:
    return (
        Column("geom", geometry, nullable=True),
        text("id", unique=unique),
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
    )


def _name(*, unique: bool) -> tuple[Column[Any], ...]:
    return (
        text("id", unique=unique),
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
    )


place = Table("place", METADATA, fid(), *_place(Geometry("POINT"), unique=True), sqlite_autoincrement=True)
Index("place_division_id", place.c.division_id)
Index("place_release_id", place.c.release_id)

name = Table("name", METADATA, fid(), *_name(unique=True), sqlite_autoincrement=True)
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


def _awaited() -> tuple[Column[Any], ...]:
    """A row is what a served record will be as soon as this release comes into this state."""
    return reference("awaited_release", "release.id"), text("awaited_state")


staged_place = Table(
    "staged_place",
    METADATA,
    fid(),
    *_awaited(),
    *_place(GeometryAside("POINT"), unique=False),
    sqlite_autoincrement=True,
)
Index("staged_place_id", staged_place.c.id)
Index("staged_place_division_id", staged_place.c.division_id)

staged_name = Table(
    "staged_name", METADATA, fid(), *_awaited(), *_name(unique=False), sqlite_autoincrement=True
)
Index("staged_name_id", staged_name.c.id)
Index("staged_name_place_id", staged_name.c.place_id)

for _table in (staged_place, staged_name):
    _columns = _table.c.awaited_release, _table.c.awaited_state, _table.c.id
    Index(f"{_table.name}_awaited", *_columns, unique=True)
