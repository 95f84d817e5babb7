"""Opens or restores the database (打开、恢复数据库) that an address names."""

from __future__ import annotations

from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from geoname.errors import InvalidInputError
from geoname.store.geopackage.connection import connect
from geoname.store.geopackage.dialect import GeoPackageDialect
from geoname.store.geopackage.file_check import check_there, schema_version
from geoname.store.postgis.address import is_postgres, shown_address
from geoname.store.sql_store import SqlStore


def open_store(address: str, *, create: bool = False, busy_seconds: float = 10.0) -> SqlStore:
    """The store at `address`, a path or a postgresql:// address; with `create` an empty one is made there.

    `busy_seconds` is how long a writer waits for another. NotReadyError where there is no database or it
    cannot be reached, DatabaseError for one that is damaged, not geoname's or of a newer version; an older
    one opens, and works after `upgrade()`.
    """
    if names_postgres(address):
        # The driver is an extra, and not wanted where the data lies in a file.
        from geoname.store.postgis.opening import open_postgis

        return open_postgis(address, create=create, busy_seconds=busy_seconds)
    file = Path(address)
    if create and not file.exists():
        # Alembic takes longer to import than a question takes to answer, and is needed here only.
        from geoname.store.geopackage.create import create_geopackage

        create_geopackage(file, busy_seconds=busy_seconds)
    check_there(file)
    with closing(connect(file, busy_seconds=busy_seconds)) as connection:
        version = schema_version(connection, file)
    return SqlStore(GeoPackageDialect(file, busy_seconds=busy_seconds), version)


def restore_store(backup: Path, address: str, *, busy_seconds: float = 10.0) -> None:
    """Put a copy of a backup in the place of the database at `address`, looked through first.

    Nothing is changed when the backup is missing (DataFileError) or faulty (DatabaseError), a file is open
    elsewhere or a server's database is being written (ConflictError), or the disk is full (StorageError).
    What is restored has a new database id.
    """
    # What restoring needs is not needed to open a database.
    if names_postgres(address):
        from geoname.store.postgis.restore import restore_postgis

        restore_postgis(backup, address, busy_seconds=busy_seconds)
        return
    from geoname.store.geopackage.restore import restore_geopackage

    restore_geopackage(backup, Path(address), busy_seconds=busy_seconds)


def names_postgres(address: str) -> bool:
    """Whether the address names a PostgreSQL database, and not a file.

    InvalidInputError for other kinds of databases, and when the driver is not installed.
    """
    if not is_postgres(address):
        if "://" in address:
            raise InvalidInputError(
                f"{address.partition('://')[0]}:// is no database of this version: give the path of a "
                "GeoPackage, such as var/geoname.gpkg, or a postgresql:// address",
                zh="本版本的数据保存在 GeoPackage 或 PostgreSQL 中：请给出文件路径，如 var/geoname.gpkg，"
                "或 postgresql:// 地址",
                field="database",
            )
        return False
    if find_spec("psycopg") is None:
        raise InvalidInputError(
            f"{shown_address(address)} needs the driver of PostgreSQL: pip install 'geoname[postgis]'",
            zh=f"{shown_address(address)} 需要 PostgreSQL 驱动：请运行 pip install 'geoname[postgis]'",
            field="database",
        )
    return True
