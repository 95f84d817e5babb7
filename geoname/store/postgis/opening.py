"""Opens a database in PostgreSQL (打开数据库), making its tables first where that is asked for."""

from __future__ import annotations

from geoname.errors import NotReadyError
from geoname.store.dialect import WRITES
from geoname.store.postgis.dialect import PostgisDialect
from geoname.store.postgis.schema_check import schema_version
from geoname.store.sql_store import SqlStore


def open_postgis(address: str, *, create: bool, busy_seconds: float) -> SqlStore:
    """The store at a postgresql:// address; with `create` the tables are made where there are none.

    NotReadyError where there are none, or the server cannot be reached; DatabaseError for tables of another
    program or of a newer version.
    """
    dialect = PostgisDialect(address, busy_seconds=busy_seconds)
    try:
        with dialect.engine.begin() as connection:
            version = schema_version(connection, dialect.address)
        if version is None and create:
            version = _make(dialect)
        if version is None:
            raise NotReadyError(
                f"there is no data of geoname at {dialect.address} yet: run `geoname load guizhou`, or name "
                "another database with --database",
                zh=f"{dialect.address} 中还没有数据：请运行 `geoname load guizhou`，或用 --database 另指定",
                field="database",
            )
    except BaseException:
        dialect.engine.dispose()
        raise
    return SqlStore(dialect, version)


def _make(dialect: PostgisDialect) -> str | None:
    """Make the tables, all or none; those that another made meanwhile are left as they are."""
    # Alembic takes longer to import than a question takes to answer, and is needed here only.
    from geoname.store.migrations.new_database import make_tables

    with dialect.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        # Looked at again under the lock.
        if schema_version(connection, dialect.address) is None:
            make_tables(connection)
        return schema_version(connection, dialect.address)
