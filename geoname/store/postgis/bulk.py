"""Many rows into a table of PostgreSQL at once (批量写入)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Column, Connection, Table

from geoname.core.register.record_batch import Same
from geoname.store.postgis.errors import classed
from geoname.store.postgis.geometry_ewkb import point_blobs
from geoname.store.reading.records import chunks
from geoname.store.rows.cells import Row
from geoname.store.schema.base import Geometry

_LINES = 1_000
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_ESCAPED = re.compile(r"[\\\t\n\r]")
_WITH_PRIVILEGES = 150_000
"""The server's version since which a role can be given single settings."""


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
    """Add rows given as columns, numbered by the database; `lon` and `lat`, arrays, stand for a point.

    The server looks for what each row refers to when the transaction ends, one by one, which takes it as long
    as all the rest. A role that may let it be is spared that where everything is found to be there.
    """
    cells = dict(columns)
    if "lon" in cells:
        points = point_blobs(cells.pop("lon"), cells.pop("lat"))
        cells["geom"] = [point and point.hex() for point in points]
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    names = sql.SQL(", ").join(map(sql.Identifier, cells))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    proven = _may_spare(connection) and _references_are_there(connection, table, cells)
    try:
        with driver.cursor() as cursor:
            if proven:
                cursor.execute("SET LOCAL session_replication_role = replica")
            with cursor.copy(statement) as copy:
                for lines in chunks(_lines(cells), _LINES):
                    copy.write("".join(lines))
            if proven:
                cursor.execute("SET LOCAL session_replication_role = origin")
    except psycopg.Error as error:
        raise classed(error, shown) or error from error


def known_keys(connection: Connection, column: Column[str], keys: Sequence[str]) -> set[str]:
    """Which of these keys stand in a column."""
    # Of a list that it cannot count the server believes that it is short, and looks each key up in the index.
    asked = (
        f'SELECT "{column.name}" FROM "{column.table.name}" WHERE "{column.name}" = '  # noqa: S608
        "ANY(ARRAY(SELECT json_array_elements_text(%s::json)))"
    )
    return set(connection.exec_driver_sql(asked, (_json(keys),)).scalars())


def _lines(cells: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """Rows in COPY's text format: what stands in every row is written once and not for each."""
    columns = [_told(column) for column in cells.values() if not isinstance(column, Same)]
    places = [
        _told([column.value])[0].replace("%", "%%") if isinstance(column, Same) else "%s"
        for column in cells.values()
    ]
    return map(("\t".join(places) + "\n").__mod__, zip(*columns, strict=True))


def _told(column: Sequence[Any]) -> Sequence[str]:
    if set(map(type, column)) == {str} and not _ESCAPED.search("".join(column)):
        return column
    return [r"\N" if value is None else str(value).translate(_ESCAPES) for value in column]


def _may_spare(connection: Connection) -> bool:
    asked = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
    server = connection.connection.driver_connection
    assert isinstance(server, psycopg.Connection)
    return server.info.server_version >= _WITH_PRIVILEGES and connection.exec_driver_sql(asked).scalar_one()


def _references_are_there(connection: Connection, table: Table, cells: Mapping[str, Sequence[Any]]) -> bool:
    for link in table.foreign_keys:
        column, target = cells[link.parent.name], link.column
        wanted = {column.value} if isinstance(column, Same) else set(column)
        wanted.discard(None)
        if target.table is table:
            wanted.difference_update(cells[target.name])
        there = f'SELECT FROM "{target.table.name}" WHERE "{target.name}" = wanted'
        lacking = f"SELECT FROM json_array_elements_text(%s::json) AS wanted WHERE NOT EXISTS ({there})"
        asked = f"SELECT EXISTS ({lacking})"
        if connection.exec_driver_sql(asked, (_json([*wanted]),)).scalar_one():
            return False
    return True


def _json(keys: Sequence[str]) -> str:
    return json.dumps([*keys], ensure_ascii=False)


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
