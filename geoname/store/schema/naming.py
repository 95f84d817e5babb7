"""Tables of naming procedures (命名办理): proposals, which name follows which, findings and decisions."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from geoname.store.schema.base import METADATA, fid, reference, text

naming_proposal = Table(
    "naming_proposal",
    METADATA,
    fid(),
    text("id", unique=True),
    reference("name_id", "name.id"),
    text("reason"),
    text("proposed_on"),
    text("proposed_by"),
    reference("replaces", "name.id", nullable=True),
    text("cause", nullable=True),
    text("papers"),
    text("exception", nullable=True),
    text("exception_reason"),
    sqlite_autoincrement=True,
)
Index("naming_proposal_name_id", naming_proposal.c.name_id, unique=True)
Index("naming_proposal_replaces", naming_proposal.c.replaces)

name_succession = Table(
    "name_succession",
    METADATA,
    fid(),
    reference("from_id", "name.id"),
    reference("to_id", "name.id"),
    reference("event_id", "name_event.id"),
    sqlite_autoincrement=True,
)
Index("name_succession_from_id_to_id", name_succession.c.from_id, name_succession.c.to_id, unique=True)
Index("name_succession_to_id", name_succession.c.to_id)

finding = Table(
    "finding",
    METADATA,
    fid(),
    text("id", unique=True),
    text("rule"),
    # As the name is written: what a rule says of it holds for no other spelling.
    text("name"),
    text("feature_class"),
    text("division_id", nullable=True),
    text("against"),
    text("name_id", nullable=True),
    text("seen_on"),
    text("outcome", nullable=True),
    text("reason"),
    text("reviewer"),
    text("decided_on", nullable=True),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)
Index("finding_name", finding.c.name)
