"""The tables of a new database (新库), and what it says of itself from the beginning."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection

from geoname.store.migrations.run import migrate
from geoname.store.reading.editions import DATA_VERSION, DATABASE_ID
from geoname.store.writing.settings import write_setting


def make_tables(connection: Connection) -> None:
    """Make every table, empty; `connection` has a writing transaction open, which the caller ends."""
    migrate(connection)
    write_setting(connection, DATA_VERSION, "0")
    write_setting(connection, DATABASE_ID, new_database_id())


def new_database_id() -> str:
    """An opaque id that no other database has."""
    return secrets.token_hex(16)
