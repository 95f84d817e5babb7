"""Registered lines and markers (登记界线与界桩)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, register_layer
from geoname.store.schema.base import Geometry

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LAYERS = (
    Layer("registered_line", "MULTILINESTRING", "Boundary lines as departments register them"),
    Layer("boundary_marker", "POINT", "Boundary markers with reference objects and states"),
)


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
    _table(
        "registered_line", _geometry("MULTILINESTRING"), _key(),
        *_texts("name level side_a side_b code starts_at ends_at approval"), _maybe("approved_on"),
        *_texts("agreement"), _double("length_m"),
        *(_whole(name, nullable=True) for name in ("single_markers", "double_markers", "triple_markers")),
        *_texts("tripoints"), _yes_or_no("disputed"), _maybe("last_inspected"), *_texts("note"),
        _yes_or_no("generated"), _to_source(), _whole("version"),
    )  # fmt: skip
    op.create_index("registered_line_side_a_side_b", "registered_line", ["side_a", "side_b"])
    _table(
        "boundary_marker", _geometry("POINT"), _key(), *_texts("line_id number line_code"), _whole("serial"),
        *_texts("type sides"), _whole("faces", nullable=True), *_texts("material"), _double("given_x"),
        _double("given_y"), *_texts("given_crs"), _double("height_m"), *_texts("height_datum"),
        _double("error_m"), *_texts("method location reference_objects responsible_side custodian"),
        *_texts("photographs states state also_on note"), _yes_or_no("generated"), _to_source(),
        _whole("version"),
    )  # fmt: skip
    op.create_index("boundary_marker_line_id_serial", "boundary_marker", ["line_id", "serial"])
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


def _whole(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _double(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Double, nullable=True)


def _yes_or_no(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _geometry(shape: str) -> sa.Column[Any]:
    return sa.Column("geom", Geometry(shape), nullable=True)


def _to_source() -> sa.Column[Any]:
    link = sa.ForeignKey("source.id", deferrable=True, initially="DEFERRED")
    return sa.Column("source_id", sa.Text, link, nullable=False)
