"""Tables of boundaries (界线): editions, territories, boundary lines."""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Table

from geoname.store.schema.base import METADATA, Geometry, fid, reference, text

edition = Table(
    "edition",
    METADATA,
    fid(),
    text("id", unique=True),
    text("title"),
    reference("source_id", "source.id"),
    text("as_of"),
    Column("accuracy_m", Double, nullable=False),
    text("accuracy_basis"),
    text("map_approval", nullable=True),
    text("content_sha256"),
    # Once answers were given from an edition it is no draft any more, and stays as it is.
    text("activated_at", nullable=True),
    reference("release_id", "release.id"),
    sqlite_autoincrement=True,
)

territory = Table(
    "territory",
    METADATA,
    fid(),
    Column("geom", Geometry("MULTIPOLYGON"), nullable=False),
    reference("edition_id", "edition.id"),
    text("code"),
    text("name"),
    text("level"),
    sqlite_autoincrement=True,
)
Index("territory_edition_id_code", territory.c.edition_id, territory.c.code, unique=True)

boundary_line = Table(
    "boundary_line",
    METADATA,
    fid(),
    Column("geom", Geometry("MULTILINESTRING"), nullable=False),
    reference("edition_id", "edition.id"),
    text("side_a"),
    text("side_b"),
    text("level"),
    Column("length_m", Double, nullable=False),
    text("origin"),
    sqlite_autoincrement=True,
)
Index(
    "boundary_line_edition_id_sides",
    boundary_line.c.edition_id,
    boundary_line.c.side_a,
    boundary_line.c.side_b,
    boundary_line.c.level,
    unique=True,
)
