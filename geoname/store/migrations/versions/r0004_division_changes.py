"""Division changes done over the interfaces, and what undoes them (区划调整)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from geoname.store.geopackage.metadata import Layer, register_layer

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and on SQLite list it in the GeoPackage."""
    op.create_table(
        "division_change",
        sa.Column("fid", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("event_id", "request", "report", "undo", "done_at", "done_by")
        ),
        *(sa.Column(name, sa.Text, nullable=True) for name in ("undone_at", "undone_by")),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        layer = Layer("division_change", None, "Changes of divisions done here, and how to undo them")
        register_layer(op.get_bind(), layer)
