"""The SQL functions that a spatial index's triggers (空间索引触发器) call, named as the standard does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from geoname.errors import DatabaseError
from geoname.store.geopackage.geometry_blob import envelope, is_empty


def register_functions(connection: sqlite3.Connection) -> None:
    """Add ST_IsEmpty, ST_MinX, ST_MaxX, ST_MinY, ST_MaxY; each answers NULL for what is no geometry."""
    connection.create_function("ST_IsEmpty", 1, _st_is_empty, deterministic=True)
    for position, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, _corner(position), deterministic=True)


def _st_is_empty(blob: object) -> int | None:
    try:
        return int(is_empty(blob)) if isinstance(blob, bytes) else None
    except DatabaseError:
        # A statement must not fail for one damaged cell: the check of the whole file counts these.
        return None


def _corner(position: int) -> Callable[[object], float | None]:
    def corner(blob: object) -> float | None:
        try:
            box = envelope(blob) if isinstance(blob, bytes) else None
        except DatabaseError:
            return None
        return None if box is None else box[position]

    return corner
