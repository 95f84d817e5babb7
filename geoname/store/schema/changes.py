"""The table of what was written since (变更日志), which indexes held in memory follow."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from geoname.store.schema.base import METADATA, fid, text

# `fid` grows in the order of the transactions: there is one writer at a time.
live_change = Table(
    "live_change",
    METADATA,
    fid(),
    Column("data_version", Integer, nullable=False),
    text("what"),
    text("key"),
    sqlite_autoincrement=True,
)
Index("live_change_data_version", live_change.c.data_version)
