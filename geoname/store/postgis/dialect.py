"""The PostGIS dialect (空间数据库方言): what the store needs of PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Engine, Table

from geoname.store.postgis.address import shown_address
from geoname.store.postgis.bulk import copy_columns, copy_rows, known_keys
from geoname.store.postgis.connection import make_engine, sole_load
from geoname.store.postgis.geometry_ewkb import decode, encode, points
from geoname.store.postgis.verify import postgis_faults
from geoname.store.protocols import StoreFault
from geoname.store.rows.cells import Row
from geoname.store.schema import METADATA

_SIZE = """
    SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname = ANY(%s)"""


class PostgisDialect:
    """The tables in one schema of one PostgreSQL database; `address` is shown without its password."""

    name = "postgis"

    def __init__(self, address: str, *, busy_seconds: float) -> None:
        self.address = shown_address(address)
        self.engine: Engine = make_engine(address, busy_seconds=busy_seconds)

    def encode(self, geometries: NDArray[np.object_]) -> list[bytes | None]:
        """Geometries as extended WKB."""
        return encode(geometries)

    def decode(self, blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
        """Geometries of extended WKB."""
        return decode(blobs)

    def points(self, blobs: Sequence[bytes | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitudes and latitudes of points in extended WKB."""
        return points(blobs)

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Add rows of the same columns by COPY."""
        copy_rows(connection, table, rows, self.address)

    def insert_columns(self, connection: Connection, table: Table, columns: Mapping[str, Any]) -> None:
        """Add many rows given as columns by COPY."""
        copy_columns(connection, table, columns, self.address)

    def known_keys(self, connection: Connection, column: Column[str], keys: Sequence[str]) -> set[str]:
        """Which of these keys stand in a column."""
        return known_keys(connection, column, keys)

    def make_room(self, connection: Connection) -> None:
        """Nothing is to be done: the server has its own settings."""

    def sole_load(self, source_id: str, folder: Path) -> AbstractContextManager[bool]:
        """Hold a lock of the server, which all machines ask; the folder is of one machine only."""
        return sole_load(self.engine, source_id)

    def note_changes(self, connection: Connection, tables: Collection[str]) -> None:
        """Nothing is to be noted: PostgreSQL gathers what it says about tables by itself."""

    def weigh(self, connection: Connection, tables: Sequence[Table]) -> None:
        """Take a sample of each table now; the server itself does so once a minute."""
        connection.exec_driver_sql(f"ANALYZE {', '.join(table.name for table in tables)}")

    def size_bytes(self) -> int:
        """The room of tables and indexes."""
        with self.engine.begin() as connection:
            return int(connection.exec_driver_sql(_SIZE, ([*METADATA.tables],)).scalar_one())

    def faults(self, connection: Connection) -> list[StoreFault]:
        """Damaged tables, broken references, missing spatial indexes, row numbers given twice."""
        return postgis_faults(connection)

    def backup(self, target: Path) -> None:
        """Write a GeoPackage of one moment's state while others read and write."""
        # A backup needs SQLite's part of the store and Alembic, which nothing else here does.
        from geoname.store.copying.geopackage_copy import write_geopackage

        with self.engine.begin() as connection:
            write_geopackage(connection, self, target)
