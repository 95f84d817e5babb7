"""The GeoPackage dialect (地理包方言): what the store needs of SQLite."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Engine, Table, insert

from geoname.store.build_lock import locked
from geoname.store.geopackage.backup import backup_geopackage
from geoname.store.geopackage.bulk import insert_columns, known_keys, make_room
from geoname.store.geopackage.connection import make_engine
from geoname.store.geopackage.file_placing import beside
from geoname.store.geopackage.geometry_blob import decode, encode, points
from geoname.store.geopackage.metadata import note_changes
from geoname.store.geopackage.verify import geopackage_faults
from geoname.store.protocols import StoreFault
from geoname.store.rows.cells import Row


class GeoPackageDialect:
    """One GeoPackage file."""

    name = "geopackage"

    def __init__(self, file: Path, *, busy_seconds: float) -> None:
        self.file = file
        self.address = str(file)
        self.engine: Engine = make_engine(file, busy_seconds=busy_seconds)

    def encode(self, geometries: NDArray[np.object_]) -> list[bytes | None]:
        """Geometries as GeoPackage binary."""
        return encode(geometries)

    def decode(self, blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
        """Geometries of GeoPackage binary."""
        return decode(blobs)

    def points(self, blobs: Sequence[bytes | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitudes and latitudes of points in GeoPackage binary."""
        return points(blobs)

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Add rows; SQLite numbers those to come after the greatest number by itself."""
        if rows:
            connection.execute(insert(table), list(rows))

    def insert_columns(self, connection: Connection, table: Table, columns: Mapping[str, Any]) -> None:
        """Add many rows given as columns, with their boxes in the spatial index."""
        insert_columns(connection, table, columns, self.file)

    def known_keys(self, connection: Connection, column: Column[str], keys: Sequence[str]) -> set[str]:
        """Which of these keys stand in a column."""
        return known_keys(connection, column, keys)

    def make_room(self, connection: Connection) -> None:
        """More memory, and more written ahead of the file."""
        make_room(connection)

    def sole_load(self, source_id: str, folder: Path) -> AbstractContextManager[bool]:
        """Hold a lock file in the folder."""
        return locked(folder / f"{source_id}.lock", wait=False)

    def note_changes(self, connection: Connection, tables: Collection[str]) -> None:
        """Enter time of change and extent in the GeoPackage's contents."""
        note_changes(connection, tables)

    def weigh(self, connection: Connection, tables: Sequence[Table]) -> None:
        """Nothing is to be looked at: without samples SQLite goes by the indexes that there are."""

    def size_bytes(self) -> int:
        """The file's size, with what is written ahead of it."""
        wal, _ = beside(self.file)
        return self.file.stat().st_size + (wal.stat().st_size if wal.exists() else 0)

    def faults(self, connection: Connection) -> list[StoreFault]:
        """Damaged pages, broken references, spatial indexes that do not match."""
        return geopackage_faults(connection)

    def backup(self, target: Path) -> None:
        """Copy the file while others read and write."""
        backup_geopackage(self.file, target)
