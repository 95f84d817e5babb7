"""Makes a new, empty database (建库): whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from geoname.store.dialect import WRITES
from geoname.store.geopackage.connection import make_engine
from geoname.store.geopackage.file_placing import private_file_beside, put_in_place
from geoname.store.migrations.new_database import make_tables


def create_geopackage(file: Path, *, busy_seconds: float) -> None:
    """Make an empty database at `file`, private to the user; one made there meanwhile is left as it is."""
    with private_file_beside(file) as fresh:
        engine = make_engine(fresh, busy_seconds=busy_seconds)
        try:
            with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                make_tables(connection)
        finally:
            engine.dispose()
        put_in_place(fresh, file, os.link)
