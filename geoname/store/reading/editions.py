"""Territories and boundary lines (界线) of one edition out of the database."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, select

from geoname.store.dialect import Dialect
from geoname.store.rows.cells import Row
from geoname.store.schema import boundary_line, setting, territory

ACTIVE_EDITION = "active_edition"
DATA_VERSION = "data_version"
DATABASE_ID = "database_id"
DIVISIONS_VERSION = "divisions_version"
CHANGES_FORGOTTEN = "changes_forgotten"


def edition_content(
    connection: Connection, dialect: Dialect, edition_id: str
) -> tuple[list[Row], NDArray[np.object_], list[Row], NDArray[np.object_]]:
    """Rows and geometry of the territories, rows and geometry of the lines, whether served or not."""
    return (
        *_of_edition(connection, dialect, territory, edition_id, "code"),
        *_of_edition(connection, dialect, boundary_line, edition_id, "side_a", "side_b", "level"),
    )


def territory_content(
    connection: Connection, dialect: Dialect, edition_id: str
) -> tuple[list[Row], NDArray[np.object_]]:
    """Rows and polygons of an edition's territories."""
    return _of_edition(connection, dialect, territory, edition_id, "code")


def line_content(
    connection: Connection, dialect: Dialect, edition_id: str
) -> tuple[list[Row], NDArray[np.object_]]:
    """Rows and courses of an edition's lines, ordered by sides."""
    return _of_edition(connection, dialect, boundary_line, edition_id, "side_a", "side_b", "level")


def read_setting(connection: Connection, key: str) -> str | None:
    """The value of a setting, None when it is not set."""
    asked = select(setting.c.value).where(setting.c.key == key)
    value: str | None = connection.execute(asked).scalar_one_or_none()
    return value


def _of_edition(
    connection: Connection, dialect: Dialect, table: Table, edition_id: str, *order: str
) -> tuple[list[Row], NDArray[np.object_]]:
    columns: list[Any] = [c for c in table.columns if c.name not in ("fid", "geom", "edition_id")]
    asked = (
        select(table.c.geom, *columns)
        .where(table.c.edition_id == edition_id)
        .order_by(*[table.c[column] for column in order])
    )
    names = [column.name for column in columns]
    rows: list[Row] = []
    blobs: list[bytes | None] = []
    for blob, *cells in connection.execute(asked):
        blobs.append(blob)
        rows.append(dict(zip(names, cells, strict=True)))
    return rows, dialect.decode(blobs)
