"""Division changes done over the interfaces, and what undoes them (区划调整)."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
