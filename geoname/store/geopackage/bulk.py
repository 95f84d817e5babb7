"""Many rows into a table of a GeoPackage at once (批量写入), points with their spatial index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Column, Connection, Table

from geoname.store.geopackage.geometry_blob import point_blobs
from geoname.store.geopackage.spatial_index import add_points
from geoname.store.reading.records import chunks

_KEYS = 10_000
_CACHE_KB = 64_000
_PAGES_AHEAD = 16_000
_FEW = 500
"""Up to so many points it is quicker to let the triggers keep the spatial index."""


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Add rows given as columns; `lon` and `lat` stand for a point."""
    cells = dict(columns)
    if "lon" not in cells:
        _insert(connection, table, cells)
        return
    lon, lat = (np.array(cells.pop(axis), dtype=np.float64) for axis in ("lon", "lat"))
    cells["geom"] = point_blobs(lon, lat)
    if len(lon) <= _FEW:
        _insert(connection, table, cells)
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
    _insert(connection, table, cells)
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


def _insert(connection: Connection, table: Table, cells: Mapping[str, Sequence[Any]]) -> None:
    varying = {name: column for name, column in cells.items() if not _is_constant(column)}
    values = ["?" if name in varying else _literal(column[0]) for name, column in cells.items()]
    names = ", ".join(f'"{name}"' for name in cells)
    rows = list(zip(*varying.values(), strict=True))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join(values)})'  # noqa: S608
    connection.exec_driver_sql(statement, rows)


def _is_constant(column: Sequence[Any]) -> bool:
    """Whether one text, or nothing, stands in every row: it is then said once and not for each."""
    first = column[0]
    plain = first is None or (isinstance(first, str) and ":" not in first and "%" not in first)
    return plain and isinstance(column, list) and column.count(first) == len(column)


def _literal(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"
