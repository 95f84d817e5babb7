"""Joint inspections: plans, cases, records, signatures (界线联检)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, register_layer

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_LAYERS = (
    Layer("inspection", None, "Joint inspections: line, year, stage, sides"),
    Layer("inspection_record", None, "Field records of markers and segments"),
    Layer("inspection_finding", None, "Findings and how they were handled"),
    Layer("inspection_paper", None, "Papers in the file of a case"),
    Layer("inspection_signature", None, "Signatures under content by its digest"),
    Layer("peace_record", None, "Agreements, meetings and exchange along a line"),
    Layer("inspection_plan", None, "Plans of joint inspections over several years"),
)


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
    _table(
        "inspection", sa.Column("occasion", sa.Text, nullable=False, unique=True), *_texts("line_id kind"),
        _number("year"), *_texts("stage sides lead"), _number("generated"), _number("version"),
        *_texts("content"),
    )  # fmt: skip
    op.create_index("inspection_line_id", "inspection", ["line_id"])
    op.create_index("inspection_year", "inspection", ["year"])
    _table("inspection_record", _of_case(), *_texts("item content"))
    op.create_index("inspection_record_item", "inspection_record", ["inspection_id", "item"], unique=True)
    _table("inspection_finding", _of_case(), *_texts("kind state content"))
    op.create_index("inspection_finding_inspection_id", "inspection_finding", ["inspection_id"])
    _table("inspection_paper", _of_case(), *_texts("kind content"))
    op.create_index("inspection_paper_inspection_id", "inspection_paper", ["inspection_id"])
    _table("inspection_signature", _of_case(), *_texts("subject side digest content"))
    op.create_index(
        "inspection_signature_once",
        "inspection_signature",
        ["inspection_id", "subject", "side", "digest"],
        unique=True,
    )
    _table("peace_record", *_texts("line_id"), _of_case(nullable=True), *_texts("kind content"))
    op.create_index("peace_record_line_id", "peace_record", ["line_id"])
    op.create_index("peace_record_inspection_id", "peace_record", ["inspection_id"])
    _table("inspection_plan", _number("first_year"), _number("years"), *_texts("content"))
    if op.get_bind().dialect.name == "sqlite":
        for layer in _LAYERS:
            register_layer(op.get_bind(), layer)


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("fid", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *columns,
        sqlite_autoincrement=True,
    )


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _of_case(*, nullable: bool = False) -> sa.Column[Any]:
    link = sa.ForeignKey("inspection.id", deferrable=True, initially="DEFERRED")
    return sa.Column("inspection_id", sa.Text, link, nullable=nullable)
