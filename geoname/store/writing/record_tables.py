"""Rows of a kind of record (记录) into the database: points encoded, children below their record."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from sqlalchemy import Connection, bindparam, delete, update

from geoname.store.dialect import Dialect
from geoname.store.reading.records import chunks
from geoname.store.rows.cells import Row
from geoname.store.rows.kept import Kept


def add_rows(connection: Connection, dialect: Dialect, kept: Kept, rows: Sequence[Row]) -> None:
    """Insert records, `release_id` included, with their children."""
    if rows:
        dialect.insert_rows(connection, kept.table, _cells(dialect, kept, rows))
        _add_children(connection, dialect, kept, rows)


def replace_rows(connection: Connection, dialect: Dialect, kept: Kept, rows: Sequence[Row]) -> None:
    """Give the records of the same keys these cells and these children."""
    if not rows:
        return
    columns = [column.name for column in kept.columns() if column.name != kept.key]
    changed = (
        update(kept.table)
        .where(kept.table.c[kept.key] == bindparam("_key"))
        .values({column: bindparam(column) for column in (*columns, "release_id")})
    )
    cells = _cells(dialect, kept, rows)
    connection.execute(changed, [{**cell, "_key": cell.pop(kept.key)} for cell in cells])
    if kept.children is not None:
        parent = kept.children.table.c[kept.children.parent]
        for part in chunks([row[kept.key] for row in rows]):
            connection.execute(delete(kept.children.table).where(parent.in_(part)))
        _add_children(connection, dialect, kept, rows)


def _cells(dialect: Dialect, kept: Kept, rows: Sequence[Row]) -> list[Row]:
    cells = [dict(row) for row in rows]
    if kept.children is not None:
        for cell in cells:
            del cell[kept.children.field]
    if kept.located:
        lon = np.array([cell.pop("lon") for cell in cells], dtype=float)
        lat = np.array([cell.pop("lat") for cell in cells], dtype=float)
        points = np.full(len(cells), None, dtype=object)
        given = ~np.isnan(lon)
        points[given] = shapely.points(lon[given], lat[given])
        for cell, blob in zip(cells, dialect.encode(points), strict=True):
            cell["geom"] = blob
    return cells


def _add_children(connection: Connection, dialect: Dialect, kept: Kept, rows: Sequence[Row]) -> None:
    children = kept.children
    if children is None:
        return
    below = [
        {
            **child,
            children.parent: row[kept.key],
            **{column: row[field] for column, field in children.inherits.items()},
            "position": position,
        }
        for row in rows
        for position, child in enumerate(row[children.field])
    ]
    dialect.insert_rows(connection, children.table, below)
