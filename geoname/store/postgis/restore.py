"""Restores a database in PostgreSQL from a backup (恢复): looked through first, then put in in one step."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from geoname.store.copying.tables import copy_tables
from geoname.store.geopackage.restore import restore_geopackage
from geoname.store.migrations.new_database import new_database_id
from geoname.store.open_store import open_store
from geoname.store.reading.editions import DATA_VERSION, DATABASE_ID, read_setting
from geoname.store.schema import METADATA
from geoname.store.writing.settings import write_setting


def restore_postgis(backup: Path, address: str, *, busy_seconds: float = 10.0) -> None:
    """Put the content of a backup, a GeoPackage, in the place of what the database holds.

    Others go on reading what was there until it is all replaced. The data version counts on from what it
    was, so that services at work take the restored data up. DataFileError when there is no backup;
    DatabaseError when it is damaged, not geoname's, newer, or its audit chains are broken; ConflictError
    while another writes. Nothing is changed when anything fails.
    """
    with tempfile.TemporaryDirectory(prefix="geoname-restore-") as folder:
        # The backup itself is not opened for writing, which even looking at a GeoPackage does.
        copy = Path(folder) / "backup.gpkg"
        restore_geopackage(backup, copy, busy_seconds=busy_seconds)
        with closing(open_store(str(copy))) as source:
            source.upgrade()
            with closing(open_store(address, create=True, busy_seconds=busy_seconds)) as target:
                target.upgrade()
                with source.snapshot() as from_, target.refilling() as to:
                    connection = to[0]
                    version = int(read_setting(connection, DATA_VERSION) or "0")
                    for table in reversed(METADATA.sorted_tables):
                        # Emptied row by row: TRUNCATE would empty it for those who read just now too.
                        connection.execute(table.delete())
                    copy_tables(from_, to, None)
                    version = max(version, int(read_setting(connection, DATA_VERSION) or "0")) + 1
                    write_setting(connection, DATA_VERSION, str(version))
                    write_setting(connection, DATABASE_ID, new_database_id())
