"""Many rows into a table of a GeoPackage at once (批量写入), points with their spatial index."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Column, Connection, Table

from geoname.core.register.record_batch import Same
from geoname.store.geopackage.errors import classed
from geoname.store.geopackage.geometry_blob import point_blobs
from geoname.store.geopackage.spatial_index import add_points
from geoname.store.reading.records import chunks

_KEYS = 10_000
_CACHE_KB = 64_000
_PAGES_AHEAD = 16_000
_TOGETHER = 16
"""So many rows are given in one statement: a fourth less time than one by one."""
_FEW = 500
"""Up to so many points it is quicker to let the triggers keep the spatial index."""


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Any], file: Path) -> None:
    """Add rows given as columns; `lon` and `lat`, arrays, stand for a point."""
    cells = dict(columns)
    if "lon" not in cells:
        _insert(connection, table, cells, file)
        return
    lon, lat = cells.pop("lon"), cells.pop("lat")
    cells["geom"] = point_blobs(lon, lat)
    if len(lon) <= _FEW:
        _insert(connection, table, cells, file)
        return
    asked = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    last = connection.exec_driver_sql(asked, (table.name,)).scalar_one_or_none() or 0
    cells["fid"] = range(last + 1, last + 1 + len(lon))
    # The trigger would call the five functions of the standard for each row, which takes five times as long
    # as all the rest. It is away only inside this transaction, in which nobody else can write.
    index = f"rtree_{table.name}_geom"
    asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
    trigger = connection.exec_driver_sql(asked, (f"{index}_insert",)).scalar_one()
    connection.exec_driver_sql(f"DROP TRIGGER {index}_insert")
    _insert(connection, table, cells, file)
    placed = np.flatnonzero(~np.isnan(lon) & ~np.isnan(lat))
    add_points(connection, index, placed + last + 1, lon[placed], lat[placed])
    connection.exec_driver_sql(trigger)


def known_keys(connection: Connection, column: Column[str], keys: Sequence[str]) -> set[str]:
    """Which of these keys stand in a column."""
    found: set[str] = set()
    for part in chunks(keys, _KEYS):
        marks = ", ".join("?" * len(part))
        asked = f'SELECT "{column.name}" FROM "{column.table.name}" WHERE "{column.name}" IN ({marks})'  # noqa: S608
        found.update(connection.exec_driver_sql(asked, tuple(part)).scalars())
    return found


def make_room(connection: Connection) -> None:
    """Let this connection hold more in memory and more ahead of the file: a large load touches every page."""
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")
    connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {_PAGES_AHEAD}")


def _insert(connection: Connection, table: Table, cells: Mapping[str, Sequence[Any]], file: Path) -> None:
    names = ", ".join(f'"{name}"' for name in cells)
    values = ", ".join(
        _literal(column.value) if isinstance(column, Same) else "?" for column in cells.values()
    )
    count = min(map(len, cells.values()))
    columns = [iter(column) for column in cells.values() if not isinstance(column, Same)]
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    try:
        for together, times in ((_TOGETHER, count // _TOGETHER), (1, count % _TOGETHER)):
            rows = islice(zip(*columns * together, strict=False), times)
            several = ", ".join([f"({values})"] * together)
            # A failure undoes the whole transaction: with FAIL nothing is copied to undo the statement alone.
            asked = f'INSERT OR FAIL INTO "{table.name}" ({names}) VALUES {several}'  # noqa: S608
            driver.executemany(asked, rows)
    except sqlite3.Error as error:
        raise classed(error, file, driver) or error from error


def _literal(value: str | int | None) -> str:
    """A value as SQL says it: what stands in every row is said once and not for each."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return "NULL" if value is None else str(int(value))
