"""Naming procedures, and what was decided on findings (命名办理与审查决定)."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
