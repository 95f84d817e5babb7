"""Naming procedures, and what was decided on findings (命名办理与审查决定)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, register_layer

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LAYERS = (
    Layer("naming_proposal", None, "Applications for names: reasons, papers, claimed exceptions"),
    Layer("name_succession", None, "Which name took the place of which"),
    Layer("finding", None, "Findings of the naming rules that were or must be decided"),
)


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
    _table(
        "naming_proposal", _key(), _of("name_id", "name.id"), *_texts("reason proposed_on proposed_by"),
        _of("replaces", "name.id", nullable=True), _maybe("cause"), *_texts("papers"), _maybe("exception"),
        *_texts("exception_reason"),
    )  # fmt: skip
    op.create_index("naming_proposal_name_id", "naming_proposal", ["name_id"], unique=True)
    op.create_index("naming_proposal_replaces", "naming_proposal", ["replaces"])
    _table(
        "name_succession",
        _of("from_id", "name.id"),
        _of("to_id", "name.id"),
        _of("event_id", "name_event.id"),
    )
    op.create_index("name_succession_from_id_to_id", "name_succession", ["from_id", "to_id"], unique=True)
    op.create_index("name_succession_to_id", "name_succession", ["to_id"])
    _table(
        "finding", _key(), *_texts("rule name feature_class"), _maybe("division_id"), *_texts("against"),
        _maybe("name_id"), *_texts("seen_on"), _maybe("outcome"), *_texts("reason reviewer"),
        _maybe("decided_on"), sa.Column("version", sa.Integer, nullable=False),
    )  # fmt: skip
    op.create_index("finding_name", "finding", ["name"])
    if op.get_bind().dialect.name == "sqlite":
        for layer in _LAYERS:
            register_layer(op.get_bind(), layer)


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, sa.Column("fid", sa.Integer, primary_key=True), *columns, sqlite_autoincrement=True)


def _key() -> sa.Column[Any]:
    return sa.Column("id", sa.Text, nullable=False, unique=True)


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def _maybe(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=True)


def _of(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    link = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Text, link, nullable=nullable)
