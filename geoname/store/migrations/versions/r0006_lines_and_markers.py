"""Registered lines and markers (登记界线与界桩)."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
