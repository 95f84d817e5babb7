"""The SQL functions that a spatial index's triggers (空间索引触发器) call, named as the standard does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from geoname.store.geopackage.geometry_blob import envelope, is_empty


def register_functions(connection: sqlite3.Connection) -> None:
    """Add ST_IsEmpty, ST_MinX, ST_MaxX, ST_MinY, ST_MaxY; each answers NULL for NULL."""
    connection.create_function("ST_IsEmpty", 1, _st_is_empty, deterministic=True)
    for position, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, _corner(position), deterministic=True)


def _st_is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(is_empty(blob))


def _corner(position: int) -> Callable[[bytes | None], float | None]:
    def corner(blob: bytes | None) -> float | None:
        box = None if blob is None else envelope(blob)
        return None if box is None else box[position]

    return corner
