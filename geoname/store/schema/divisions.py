"""Tables of administrative divisions (行政区划): divisions, codes, events, successions."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from geoname.store.schema.base import METADATA, dates, fid, period, reference, text

division = Table(
    "division",
    METADATA,
    fid(),
    # A division has a row for each period in which level, kind, name and parent stay the same.
    text("row_key", unique=True),
    reference("id", "place.id"),
    text("name"),
    text("level"),
    text("kind"),
    reference("parent_id", "place.id", nullable=True),
    *period(),
    reference("release_id", "release.id"),
    sqlite_autoincrement=True,
)
Index("division_id", division.c.id)
Index("division_parent_id", division.c.parent_id)
Index("division_release_id", division.c.release_id)

code = Table(
    "code",
    METADATA,
    fid(),
    reference("division_key", "division.row_key"),
    reference("place_id", "place.id"),
    Column("position", Integer, nullable=False),
    text("scheme"),
    text("code"),
    *dates("as_of"),
    *period(),
    sqlite_autoincrement=True,
)
Index("code_division_key", code.c.division_key)
Index("code_place_id", code.c.place_id)
Index("code_scheme_code", code.c.scheme, code.c.code)

division_event = Table(
    "division_event",
    METADATA,
    fid(),
    text("id", unique=True),
    text("operation"),
    text("wording"),
    text("document", nullable=True),
    text("authority", nullable=True),
    *dates("approved_on", "effective_on", "announced_on"),
    text("known"),
    reference("release_id", "release.id"),
    sqlite_autoincrement=True,
)
Index("division_event_release_id", division_event.c.release_id)

succession = Table(
    "succession",
    METADATA,
    fid(),
    reference("event_id", "division_event.id"),
    Column("position", Integer, nullable=False),
    reference("from_id", "place.id", nullable=True),
    reference("to_id", "place.id", nullable=True),
    text("extent"),
    sqlite_autoincrement=True,
)
Index("succession_event_id", succession.c.event_id)
Index("succession_from_id", succession.c.from_id)
Index("succession_to_id", succession.c.to_id)
