"""Tokens and jobs (令牌与任务): who may do what, and work that outlives the process that began it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, register_layer

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LAYERS = (
    Layer("token", None, "Access tokens: roles, divisions, digests of secrets"),
    Layer("job", None, "Work in the background: state, lease, checkpoint"),
    Layer("job_chunk", None, "What each chunk of a job gave"),
    Layer("job_choice", None, "What a person chose for a row of a job's result"),
)


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
    _table("token", _key(), *_texts("role divisions note secret_sha256 created_at created_by"),
           *(sa.Column(name, sa.Text, nullable=True) for name in ("revoked_at", "revoked_by")))  # fmt: skip
    _table(
        "job", _key(), *_texts("kind owner state request progress checkpoint trouble"), _number("chunks"),
        _seconds("created"), _seconds("started", nullable=True), _seconds("finished", nullable=True),
        _seconds("expires"), sa.Column("holder", sa.Text, nullable=True), _number("lease"),
        _seconds("leased_until", nullable=True),
    )  # fmt: skip
    op.create_index("job_state", "job", ["state"])
    op.create_index("job_owner", "job", ["owner"])
    _table("job_chunk", _of_job(), _number("position"), _number("first_row"), _number("row_count"),
           sa.Column("content", sa.LargeBinary, nullable=False))  # fmt: skip
    op.create_index("job_chunk_job_id_position", "job_chunk", ["job_id", "position"], unique=True)
    _table("job_choice", _of_job(), _number("row_number"), *_texts("content"))
    op.create_index("job_choice_job_id_row_number", "job_choice", ["job_id", "row_number"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        for layer in _LAYERS:
            register_layer(op.get_bind(), layer)


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, sa.Column("fid", sa.Integer, primary_key=True), *columns, sqlite_autoincrement=True)


def _key() -> sa.Column[Any]:
    return sa.Column("id", sa.Text, nullable=False, unique=True)


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _seconds(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double, nullable=nullable)


def _of_job() -> sa.Column[Any]:
    link = sa.ForeignKey("job.id", deferrable=True, initially="DEFERRED")
    return sa.Column("job_id", sa.Text, link, nullable=False)
