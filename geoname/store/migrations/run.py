"""Brings a database to the newest schema (升级), all of it in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_PLACES = "geoname.store.migrations"


def migrate(connection: Connection, *, further: Sequence[str] = ()) -> None:
    """Run what is missing; `connection` has a writing transaction open, which the caller ends.

    `further` names more folders of versions (package or path) that follow on those of geoname.
    """
    config = Config()
    config.set_main_option("script_location", f"{_PLACES}:")
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join([f"{_PLACES}:versions", *further]))
    config.attributes["connection"] = connection
    if connection.dialect.name != "postgresql":
        command.upgrade(config, "heads")
        return
    # The driver is an extra, which those who keep their data in a file need not have.
    from geoname.store.postgis.tables import finish_tables, prepare_database

    prepare_database(connection)
    command.upgrade(config, "heads")
    finish_tables(connection)
