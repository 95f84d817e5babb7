"""Indexes of the register that no question uses are gone (索引精简): each made every new record dearer."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Names are found by text in the index files; a source's records are read through their release."""
    op.drop_index("place_source_record", "place")
    op.drop_index("name_text", "name")
