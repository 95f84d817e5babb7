"""Tracks, attachments and forms of the field (外业资料)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, register_layer

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_LAYERS = (
    Layer("attachment", None, "Photographs and scans of joint inspections"),
    Layer("track", None, "Walked tracks of joint inspections, and what they show of the line"),
    Layer("field_form", None, "Forms taken to the field, as they were given out"),
)


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
    _table("attachment", "inspection_id subject sha256 content")
    op.create_index("attachment_inspection_id", "attachment", ["inspection_id"])
    op.create_index("attachment_sha256", "attachment", ["sha256"])
    _table("track", "inspection_id sha256 content")
    op.create_index("track_inspection_id", "track", ["inspection_id"])
    op.create_index("track_sha256", "track", ["sha256"])
    _table("field_form", "inspection_id content")
    op.create_index("field_form_inspection_id", "field_form", ["inspection_id"])
    if op.get_bind().dialect.name == "sqlite":
        for layer in _LAYERS:
            register_layer(op.get_bind(), layer)


def _table(name: str, texts: str) -> None:
    op.create_table(
        name,
        sa.Column("fid", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *(sa.Column(column, sa.Text, nullable=False) for column in texts.split()),
        sqlite_autoincrement=True,
    )
