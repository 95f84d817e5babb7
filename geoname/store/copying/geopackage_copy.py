"""Any database written out as a new GeoPackage (写出地理包): whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from geoname.errors import InvalidInputError
from geoname.store.copying.comparison import TableContent
from geoname.store.copying.tables import Progress, copy_tables
from geoname.store.dialect import WRITES, Dialect
from geoname.store.geopackage.dialect import GeoPackageDialect
from geoname.store.geopackage.file_placing import private_file_beside, put_in_place
from geoname.store.migrations.new_database import make_tables

_BUSY_SECONDS = 30.0


def write_geopackage(
    connection: Connection, dialect: Dialect, target: Path, progress: Progress | None = None
) -> tuple[TableContent, ...]:
    """Write what a reading transaction sees to `target`, compared with it afterwards; what every table holds.

    The file is private to the user (mode 0600) and has a database id of its own. InvalidInputError when it
    exists already, StorageError when there is no room: then there is no file.
    """
    if target.exists():
        raise _taken(target)
    with private_file_beside(target) as fresh:
        copy = GeoPackageDialect(fresh, busy_seconds=_BUSY_SECONDS)
        try:
            contents = _fill((connection, dialect), copy, progress)
        finally:
            copy.engine.dispose()
        with closing(sqlite3.connect(fresh, isolation_level=None)) as file:
            # A file that stands alone is opened from a read-only disk too.
            file.execute("PRAGMA journal_mode = DELETE")
        put_in_place(fresh, target, _link_new)
    return contents


def _fill(
    source: tuple[Connection, Dialect], copy: GeoPackageDialect, progress: Progress | None
) -> tuple[TableContent, ...]:
    with copy.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        make_tables(connection)
        return copy_tables(source, (connection, copy), progress)


def _link_new(fresh: Path, target: Path) -> None:
    try:
        os.link(fresh, target)
    except FileExistsError:
        raise _taken(target) from None


def _taken(target: Path) -> InvalidInputError:
    return InvalidInputError(
        f"{target} exists already: name a new file",
        zh=f"{target} 已存在：请另取文件名",
        field="target",
    )
