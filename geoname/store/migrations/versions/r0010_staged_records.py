"""Changes of places and names that wait beside them for their release (待发布更改); what undoes loads."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, register_layer
from geoname.store.schema.base import GeometryAside

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_LAYERS = (
    Layer("staged_place", None, "What places will be once a release is published or withdrawn"),
    Layer("staged_name", None, "What names will be once a release is published or withdrawn"),
    Layer("load_undo", None, "What was before a list or a table of changes was loaded"),
)


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
    op.create_table(
        "load_undo",
        sa.Column("fid", sa.Integer, primary_key=True),
        _to("release_id", "release.id"),
        *_texts("undo"),
        sqlite_autoincrement=True,
    )
    op.create_index("load_undo_release_id", "load_undo", ["release_id"])
    _staged(
        "staged_place", sa.Column("geom", GeometryAside("POINT"), nullable=True), *_texts("id feature_class"),
        _to("division_id", "place.id", nullable=True), *_texts("source_record exactness basis"),
        *_texts("origin meaning history story description"), *_maybe("place_code"), *_texts("secrecy"),
    )  # fmt: skip
    _staged(
        "staged_name", *_texts("id"), _to("place_id", "place.id"),
        *_texts("text specific generic kind status publication romanization reading_source"),
        sa.Column("needs_review", sa.Boolean, nullable=False),
        *_texts("language minority_writing"), *_maybe("valid_from valid_until known_on"),
        *_maybe("approved_by approver_kind approved_on document filed_on accepted_on announced_on"),
        sa.Column("version", sa.Integer, nullable=False),
    )  # fmt: skip
    op.create_index("staged_place_division_id", "staged_place", ["division_id"])
    op.create_index("staged_name_place_id", "staged_name", ["place_id"])
    if op.get_bind().dialect.name == "sqlite":
        for layer in _LAYERS:
            register_layer(op.get_bind(), layer)


def _staged(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("fid", sa.Integer, primary_key=True),
        _to("awaited_release", "release.id"),
        *_texts("awaited_state"),
        *columns,
        _to("release_id", "release.id"),
        sqlite_autoincrement=True,
    )
    op.create_index(f"{name}_awaited", name, ["awaited_release", "awaited_state", "id"], unique=True)
    op.create_index(f"{name}_id", name, ["id"])


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def _maybe(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=True) for name in names.split()]


def _to(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    link = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Text, link, nullable=nullable)
