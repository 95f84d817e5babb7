"""What differs between databases (数据库方言); everything else of the store is the same SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Engine, Table

from geoname.store.protocols import StoreFault
from geoname.store.rows.cells import Row

WRITES = "geoname_writes"
"""Execution option of a connection whose transaction takes the write lock at its beginning."""


class Dialect(Protocol):
    """One kind of database at one address."""

    name: str
    address: str
    engine: Engine

    def encode(self, geometries: NDArray[np.object_]) -> list[bytes | None]:
        """Geometries as the database keeps them."""
        ...

    def decode(self, blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
        """Geometries of what the database gave."""
        ...

    def points(self, blobs: Sequence[bytes | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitudes and latitudes of points as the database gave them, NaN for None."""
        ...

    def insert_rows(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Add rows, which all have the columns of the first, in the quickest way there is.

        Where row numbers are given, those that the database gives afterwards go on after the greatest.
        """
        ...

    def insert_columns(self, connection: Connection, table: Table, columns: Mapping[str, Any]) -> None:
        """Add many rows given as columns of equal length, numbered by the database, in the quickest way.

        `lon` and `lat` (arrays of degrees, NaN where not known) stand for the geometry of a table of points.
        What stands in every row may be a `Same`.
        """
        ...

    def known_keys(self, connection: Connection, column: Column[str], keys: Sequence[str]) -> set[str]:
        """Which of these keys stand in a column that has an index."""
        ...

    def make_room(self, connection: Connection) -> None:
        """Prepare a connection for a large load."""
        ...

    def sole_load(self, source_id: str, folder: Path) -> AbstractContextManager[bool]:
        """Keep other processes from loading a source; whether it was free. It ends with its process.

        A server tells all machines apart itself; for a file a lock in the folder stands.
        """
        ...

    def note_changes(self, connection: Connection, tables: Collection[str]) -> None:
        """Bring what the database says about its tables up to date, before the transaction ends."""
        ...

    def weigh(self, connection: Connection, tables: Sequence[Table]) -> None:
        """Have the database look at how full tables are, where it plans by that."""
        ...

    def size_bytes(self) -> int:
        """How much room the database takes."""
        ...

    def faults(self, connection: Connection) -> list[StoreFault]:
        """Every fault in the database's own structures."""
        ...

    def backup(self, target: Path) -> None:
        """A consistent copy, as a GeoPackage whatever the database is."""
        ...
