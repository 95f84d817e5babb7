"""Tables of what departments register of boundaries (登记界线与界桩): lines and markers."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, Index, Integer, Table

from geoname.store.schema.base import METADATA, Geometry, dates, fid, reference, text

registered_line = Table(
    "registered_line",
    METADATA,
    fid(),
    Column("geom", Geometry("MULTILINESTRING"), nullable=True),
    text("id", unique=True),
    text("name"),
    text("level"),
    text("side_a"),
    text("side_b"),
    text("code"),
    text("starts_at"),
    text("ends_at"),
    text("approval"),
    *dates("approved_on"),
    text("agreement"),
    Column("length_m", Double, nullable=True),
    Column("single_markers", Integer, nullable=True),
    Column("double_markers", Integer, nullable=True),
    Column("triple_markers", Integer, nullable=True),
    text("tripoints"),
    Column("disputed", Boolean, nullable=False),
    *dates("last_inspected"),
    text("note"),
    Column("generated", Boolean, nullable=False),
    reference("source_id", "source.id"),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)
Index("registered_line_side_a_side_b", registered_line.c.side_a, registered_line.c.side_b)

# A marker's lists (reference objects, states, photographs) are JSON: they are read and written whole.
boundary_marker = Table(
    "boundary_marker",
    METADATA,
    fid(),
    Column("geom", Geometry("POINT"), nullable=True),
    text("id", unique=True),
    text("line_id"),
    text("number"),
    text("line_code"),
    Column("serial", Integer, nullable=False),
    text("type"),
    text("sides"),
    Column("faces", Integer, nullable=True),
    text("material"),
    Column("given_x", Double, nullable=True),
    Column("given_y", Double, nullable=True),
    text("given_crs"),
    Column("height_m", Double, nullable=True),
    text("height_datum"),
    Column("error_m", Double, nullable=True),
    text("method"),
    text("location"),
    text("reference_objects"),
    text("responsible_side"),
    text("custodian"),
    text("photographs"),
    text("states"),
    text("state"),
    text("also_on"),
    text("note"),
    Column("generated", Boolean, nullable=False),
    reference("source_id", "source.id"),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)
Index("boundary_marker_line_id_serial", boundary_marker.c.line_id, boundary_marker.c.serial)
