"""Many rows into a table of a GeoPackage at once (批量写入), points with their spatial index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Table

from geoname.store.geopackage.geometry_blob import point_blobs

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
    placed = np.flatnonzero(~np.isnan(lon))
    boxes = (placed + last + 1, lon[placed], lon[placed], lat[placed], lat[placed])
    rows = list(zip(*(column.tolist() for column in boxes), strict=True))
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {index} VALUES (?, ?, ?, ?, ?)", rows)  # noqa: S608
    connection.exec_driver_sql(trigger)


def _insert(connection: Connection, table: Table, cells: Mapping[str, Sequence[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in cells)
    places = ", ".join("?" * len(cells))
    rows = list(zip(*cells.values(), strict=True))
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)  # noqa: S608
