"""Moves a database (迁移数据库) to another address: file to server, server to file, or like to like."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, select

from geoname.errors import InvalidInputError
from geoname.store.copying.comparison import TableContent
from geoname.store.copying.geopackage_copy import write_geopackage
from geoname.store.copying.tables import Progress, copy_tables
from geoname.store.dialect import Dialect
from geoname.store.open_store import names_postgres, open_store
from geoname.store.schema import METADATA, setting


def move_store(source: str, target: str, progress: Progress | None = None) -> tuple[TableContent, ...]:
    """Copy every table of one database into another, empty one, made where there is none; what each holds.

    All in one transaction at the target, and compared before it ends: no row is there when anything fails.
    The source stays as it is. The target keeps, or gets, a database id of its own. NotReadyError where there
    is no source, InvalidInputError when the target holds data, DatabaseError when either is of another
    schema version.
    """
    with closing(open_store(source)) as from_, from_.snapshot() as (connection, dialect):
        if not names_postgres(target) and not Path(target).exists():
            return write_geopackage(connection, dialect, Path(target), progress)
        with closing(open_store(target, create=True)) as to, to.refilling() as (fresh, its_dialect):
            _check_empty(fresh, its_dialect)
            return copy_tables((connection, dialect), (fresh, its_dialect), progress)


def _check_empty(connection: Connection, dialect: Dialect) -> None:
    filled = [
        table.name
        for table in METADATA.sorted_tables
        if table is not setting and connection.execute(select(table.c.fid).limit(1)).first() is not None
    ]
    if filled:
        raise InvalidInputError(
            f"{dialect.address} holds data already (in {', '.join(filled)}): name an empty database, a new "
            "file, or a schema of its own",
            zh=f"{dialect.address} 中已有数据（{'、'.join(filled)}）：请指定空数据库、新文件或单独的模式",
            field="target",
        )
