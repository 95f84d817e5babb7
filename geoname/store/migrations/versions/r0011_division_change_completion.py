"""When a change of divisions was completed, and by which leave it may take longer (变更完成与延期)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns that are empty until somebody says so."""
    op.add_column("division_change", sa.Column("completed_on", sa.Text, nullable=True))
    op.add_column("division_change", sa.Column("extended_by", sa.Text, nullable=True))
