"""Writes the settings that a database keeps of itself (库内设置)."""

from __future__ import annotations

from sqlalchemy import Connection, insert, update

from geoname.store.schema import setting


def write_setting(connection: Connection, key: str, value: str) -> None:
    """Set or replace one setting."""
    changed = connection.execute(update(setting).where(setting.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(setting).values(key=key, value=value))
