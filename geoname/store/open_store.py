"""Opens or restores the database (打开、恢复数据库) that an address names."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from geoname.errors import InvalidInputError
from geoname.store.geopackage.connection import connect
from geoname.store.geopackage.dialect import GeoPackageDialect
from geoname.store.geopackage.file_check import check_there, schema_version
from geoname.store.protocols import Store
from geoname.store.sql_store import SqlStore


def open_store(address: str, *, create: bool = False, busy_seconds: float = 10.0) -> Store:
    """The store at `address`, a path; with `create` an empty one is made when there is none.

    `busy_seconds` is how long a writer waits for another. NotReadyError for a missing file, DatabaseError
    for one that is damaged, not geoname's or of a newer version; an older one opens, and works after
    `upgrade()`.
    """
    file = _geopackage(address)
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

    Nothing is changed when the backup is missing (DataFileError) or faulty (DatabaseError), the database is
    open elsewhere (ConflictError) or the disk is full (StorageError). The copy gets a new database id.
    """
    # What restoring needs is not needed to open a database.
    from geoname.store.geopackage.restore import restore_geopackage

    restore_geopackage(backup, _geopackage(address), busy_seconds=busy_seconds)


def _geopackage(address: str) -> Path:
    if "://" in address:
        raise InvalidInputError(
            f"{address.partition('://')[0]}:// is no database of this version: give the path of a "
            "GeoPackage, such as var/geoname.gpkg",
            zh="本版本的数据保存在 GeoPackage 中:请给出文件路径,如 var/geoname.gpkg",
            field="database",
        )
    return Path(address)
