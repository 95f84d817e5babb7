"""Tracks, attachments and forms of the field (外业资料)."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
