"""Joint inspections: plans, cases, records, signatures (界线联检)."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and on SQLite list them in the GeoPackage."""
