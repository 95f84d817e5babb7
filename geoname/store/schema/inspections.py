"""Tables of joint inspections (界线联检): cases with what belongs to them, plans, peace along the line.

`content` is the whole record as JSON; the other columns repeat what is looked for or must be unique.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from geoname.store.schema.base import METADATA, fid, reference, text

inspection = Table(
    "inspection",
    METADATA,
    fid(),
    text("id", unique=True),
    # One regular case for a line and year, however many people open it at once.
    text("occasion", unique=True),
    text("line_id"),
    text("kind"),
    Column("year", Integer, nullable=False),
    text("stage"),
    text("sides"),
    text("lead"),
    Column("generated", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    text("content"),
    sqlite_autoincrement=True,
)
Index("inspection_line_id", inspection.c.line_id)
Index("inspection_year", inspection.c.year)

inspection_record = Table(
    "inspection_record",
    METADATA,
    fid(),
    text("id", unique=True),
    reference("inspection_id", "inspection.id"),
    text("item"),
    text("content"),
    sqlite_autoincrement=True,
)
Index("inspection_record_item", inspection_record.c.inspection_id, inspection_record.c.item, unique=True)

inspection_finding = Table(
    "inspection_finding",
    METADATA,
    fid(),
    text("id", unique=True),
    reference("inspection_id", "inspection.id"),
    text("kind"),
    text("state"),
    text("content"),
    sqlite_autoincrement=True,
)
Index("inspection_finding_inspection_id", inspection_finding.c.inspection_id)

inspection_paper = Table(
    "inspection_paper",
    METADATA,
    fid(),
    text("id", unique=True),
    reference("inspection_id", "inspection.id"),
    text("kind"),
    text("content"),
    sqlite_autoincrement=True,
)
Index("inspection_paper_inspection_id", inspection_paper.c.inspection_id)

inspection_signature = Table(
    "inspection_signature",
    METADATA,
    fid(),
    text("id", unique=True),
    reference("inspection_id", "inspection.id"),
    text("subject"),
    text("side"),
    text("digest"),
    text("content"),
    sqlite_autoincrement=True,
)
# A side signs the same content once.
Index(
    "inspection_signature_once",
    inspection_signature.c.inspection_id,
    inspection_signature.c.subject,
    inspection_signature.c.side,
    inspection_signature.c.digest,
    unique=True,
)

peace_record = Table(
    "peace_record",
    METADATA,
    fid(),
    text("id", unique=True),
    text("line_id"),
    reference("inspection_id", "inspection.id", nullable=True),
    text("kind"),
    text("content"),
    sqlite_autoincrement=True,
)
Index("peace_record_line_id", peace_record.c.line_id)
Index("peace_record_inspection_id", peace_record.c.inspection_id)

inspection_plan = Table(
    "inspection_plan",
    METADATA,
    fid(),
    text("id", unique=True),
    Column("first_year", Integer, nullable=False),
    Column("years", Integer, nullable=False),
    text("content"),
    sqlite_autoincrement=True,
)
