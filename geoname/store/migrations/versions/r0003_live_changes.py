"""What was written since the last base of an index (变更日志)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, register_layer

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and on SQLite list it in the GeoPackage."""
    op.create_table(
        "live_change",
        sa.Column("fid", sa.Integer, primary_key=True),
        sa.Column("data_version", sa.Integer, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("live_change_data_version", "live_change", ["data_version"])
    if op.get_bind().dialect.name == "sqlite":
        register_layer(op.get_bind(), Layer("live_change", None, "What was written since: for indexes"))
    # What was written before this table was there is in none of its rows.
    op.execute(
        "INSERT INTO setting (key, value) SELECT 'divisions_version', value FROM setting"
        " WHERE key = 'data_version'"
    )
