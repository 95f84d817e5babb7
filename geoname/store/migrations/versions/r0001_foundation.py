"""The first schema (初始结构): provenance, register, divisions, boundaries, audit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, make_geopackage, register_layer
from geoname.store.schema.base import Geometry

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_LAYERS = (
    Layer("territory", "MULTIPOLYGON", "Territories of divisions, by edition"),
    Layer("boundary_line", "MULTILINESTRING", "Boundary lines between two divisions, by edition"),
    Layer("place", "POINT", "Places of the register"),
    Layer("name", None, "Names of places"),
    Layer("name_event", None, "Events in the life of names"),
    Layer("division", None, "Administrative divisions, a row for each period"),
    Layer("code", None, "Codes of divisions, each with its scheme"),
    Layer("division_event", None, "Decisions that changed divisions"),
    Layer("succession", None, "Which division became which, by event"),
    Layer("edition", None, "Sets of territories and lines, each from one source and date"),
    Layer("source", None, "Sources of the records"),
    Layer("release", None, "Loads of the sources; records are served once theirs is published"),
    Layer("staged_change", None, "Changes that wait for their release to be published"),
    Layer("audit", None, "Who changed what, when and why; a chain for each subject"),
    Layer("setting", None, "Data version, active edition, identity of this database"),
)


def upgrade() -> None:
    """Make every table, and on SQLite the GeoPackage around them."""
    geopackage = op.get_bind().dialect.name == "sqlite"
    if geopackage:
        make_geopackage(op.get_bind())
    _provenance()
    _places_and_names()
    _divisions()
    _boundaries()
    _audit()
    for columns in _INDEXES:
        table, *names = columns.split()
        op.create_index("_".join([table, *names]), table, names)
    for index, table, names in _UNIQUE:
        op.create_index(index, table, names, unique=True)
    if geopackage:
        for layer in _LAYERS:
            register_layer(op.get_bind(), layer)


_INDEXES = (
    "place division_id", "place source_record", "place release_id",
    "name place_id", "name text", "name release_id",
    "name_event name_id", "name_event release_id",
    "division id", "division parent_id", "division release_id",
    "code division_key", "code place_id", "code scheme code",
    "division_event release_id", "succession event_id", "succession from_id", "succession to_id",
)  # fmt: skip
_UNIQUE = (
    ("territory_edition_id_code", "territory", ["edition_id", "code"]),
    ("boundary_line_edition_id_sides", "boundary_line", ["edition_id", "side_a", "side_b", "level"]),
    ("audit_subject_position", "audit", ["subject", "position"]),
    ("staged_change_record", "staged_change", ["release_id", "table_name", "record_key"]),
)


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, sa.Column("fid", sa.Integer, primary_key=True), *columns, sqlite_autoincrement=True)


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def _maybe(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=True) for name in names.split()]


def _key(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, unique=True)


def _to(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    link = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Text, link, nullable=nullable)


def _geometry(shape: str, *, nullable: bool) -> sa.Column[Any]:
    return sa.Column("geom", Geometry(shape), nullable=nullable)


def _provenance() -> None:
    _table("source", _key(), *_texts("title authority origin licence attribution"), *_maybe("as_of"),
           *_texts("sha256"))  # fmt: skip
    _table("release", _key(), _to("source_id", "source.id"), *_texts("state actor loaded_at"),
           *_maybe("published_at"))  # fmt: skip


def _places_and_names() -> None:
    _table(
        "place", _geometry("POINT", nullable=True), _key(), *_texts("feature_class"),
        _to("division_id", "place.id", nullable=True), *_texts("source_record exactness basis"),
        *_texts("origin meaning history story description"), *_maybe("place_code"), *_texts("secrecy"),
        _to("release_id", "release.id"),
    )  # fmt: skip
    _table(
        "name", _key(), _to("place_id", "place.id"), *_texts("text specific generic kind status publication"),
        *_texts("romanization reading_source"), sa.Column("needs_review", sa.Boolean, nullable=False),
        *_texts("language minority_writing"), *_maybe("valid_from valid_until known_on"),
        *_maybe("approved_by approver_kind approved_on document filed_on accepted_on announced_on"),
        sa.Column("version", sa.Integer, nullable=False), _to("release_id", "release.id"),
    )  # fmt: skip
    _table(
        "name_event", _key(), _to("name_id", "name.id"), *_texts("kind"), *_maybe("happened_on"),
        *_texts("authority document note"), _to("release_id", "release.id"),
    )  # fmt: skip


def _divisions() -> None:
    _table(
        "division", _key("row_key"), _to("id", "place.id"), *_texts("name level kind"),
        _to("parent_id", "place.id", nullable=True), *_maybe("valid_from valid_until known_on"),
        _to("release_id", "release.id"),
    )  # fmt: skip
    _table(
        "code", _to("division_key", "division.row_key"), _to("place_id", "place.id"),
        sa.Column("position", sa.Integer, nullable=False), *_texts("scheme code"),
        *_maybe("as_of valid_from valid_until known_on"),
    )  # fmt: skip
    _table(
        "division_event", _key(), *_texts("operation wording"),
        *_maybe("document authority approved_on effective_on announced_on"), *_texts("known"),
        _to("release_id", "release.id"),
    )  # fmt: skip
    _table(
        "succession", _to("event_id", "division_event.id"),
        sa.Column("position", sa.Integer, nullable=False), _to("from_id", "place.id", nullable=True),
        _to("to_id", "place.id", nullable=True), *_texts("extent"),
    )  # fmt: skip


def _boundaries() -> None:
    _table(
        "edition", _key(), *_texts("title"), _to("source_id", "source.id"), *_texts("as_of"),
        sa.Column("accuracy_m", sa.Double, nullable=False), *_texts("accuracy_basis"),
        *_maybe("map_approval"), *_texts("content_sha256"), *_maybe("activated_at"),
        _to("release_id", "release.id"),
    )  # fmt: skip
    _table(
        "territory", _geometry("MULTIPOLYGON", nullable=False), _to("edition_id", "edition.id"),
        *_texts("code name level"),
    )  # fmt: skip
    _table(
        "boundary_line", _geometry("MULTILINESTRING", nullable=False), _to("edition_id", "edition.id"),
        *_texts("side_a side_b level"), sa.Column("length_m", sa.Double, nullable=False), *_texts("origin"),
    )  # fmt: skip


def _audit() -> None:
    position = sa.Column("position", sa.Integer, nullable=False)
    _table("audit", *_texts("subject"), position,
           *_texts("at actor action reason before after previous digest"))  # fmt: skip
    _table("staged_change", _to("release_id", "release.id"), *_texts("table_name record_key content"))
    _table("setting", _key("key"), *_texts("value"))
