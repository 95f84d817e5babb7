"""Many rows into a table of PostgreSQL at once (批量写入)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Column, Connection, Table

from geoname.store.postgis.errors import classed
from geoname.store.postgis.geometry_ewkb import point_blobs
from geoname.store.rows.cells import Row
from geoname.store.schema.base import Geometry


def copy_rows(connection: Connection, table: Table, rows: Sequence[Row], shown: str) -> None:
    """Add rows that all have the columns of the first; geometry as extended WKB.

    Where row numbers are given, those that the database gives afterwards go on after the greatest.
    """
    if not rows:
        return
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    names = list(rows[0])
    spatial = {name for name in names if isinstance(table.c[name].type, Geometry)}
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
    try:
        with driver.cursor() as cursor:
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row([_cell(row[name], name in spatial) for name in names])
            if "fid" in names:
                _go_on_after(cursor, table.name, max(row["fid"] for row in rows))
    except psycopg.Error as error:
        raise classed(error, shown) or error from error


def copy_columns(connection: Connection, table: Table, columns: Mapping[str, Any], shown: str) -> None:
    """Add rows given as columns, numbered by the database; `lon` and `lat`, arrays, stand for a point."""
    cells = dict(columns)
    if "lon" in cells:
        points = point_blobs(cells.pop("lon"), cells.pop("lat"))
        cells["geom"] = [point and point.hex() for point in points]
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    names = sql.SQL(", ").join(map(sql.Identifier, cells))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in zip(*cells.values(), strict=True):
                copy.write_row(row)
    except psycopg.Error as error:
        raise classed(error, shown) or error from error


def known_keys(connection: Connection, column: Column[str], keys: Sequence[str]) -> set[str]:
    """Which of these keys stand in a column."""
    asked = f'SELECT "{column.name}" FROM "{column.table.name}" WHERE "{column.name}" = ANY(%s)'  # noqa: S608
    return set(connection.exec_driver_sql(asked, (list(keys),)).scalars())


def _cell(value: object, spatial: bool) -> object:
    return value.hex() if spatial and isinstance(value, bytes) else value


def _go_on_after(cursor: psycopg.Cursor[tuple[object, ...]], table: str, number: int) -> None:
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'fid')::regclass::text", (f'"{table}"',))
    found = cursor.fetchone()
    assert found is not None
    cursor.execute(
        sql.SQL("SELECT setval(%(name)s::regclass, greatest(last_value, %(number)s)) FROM {}").format(
            sql.SQL(str(found[0]))
        ),
        {"name": found[0], "number": number},
    )
