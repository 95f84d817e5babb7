"""What tables need in PostgreSQL besides the migrations (库表): PostGIS, spatial indexes, order of text."""

from __future__ import annotations

from collections import defaultdict

import psycopg
from sqlalchemy import Connection

from geoname.errors import DatabaseError

_COLUMNS = """
    SELECT c.relname, a.attname, a.atttypid = 'geometry'::regtype, a.attcollation::regcollation::text
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        AND (a.atttypid = 'text'::regtype OR a.atttypid = 'geometry'::regtype)
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY c.relname, a.attnum"""


def prepare_database(connection: Connection) -> None:
    """Make sure of PostGIS and of an encoding that holds every character, before tables are made.

    DatabaseError with the remedy when either is missing.
    """
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise DatabaseError(
            f"the database keeps text as {encoding}, which lacks characters of place names: make one with "
            "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
            zh=f"数据库的编码为 {encoding}，容不下地名用字：请用 CREATE DATABASE … ENCODING 'UTF8' "
            "TEMPLATE template0 另建",
            field="database",
        )
    there = "SELECT 1 FROM pg_extension WHERE extname = 'postgis'"
    if connection.exec_driver_sql(there).first() is None:
        _add_postgis(connection)


def finish_tables(connection: Connection) -> None:
    """Give each geometry column its spatial index and each text column the order of code points.

    The server's own order of text differs from machine to machine; answers must not. What is so already
    stays untouched.
    """
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    to_order: defaultdict[str, list[str]] = defaultdict(list)
    for table, column, spatial, collation in connection.exec_driver_sql(_COLUMNS).all():
        if spatial:
            connection.exec_driver_sql(
                f'CREATE INDEX IF NOT EXISTS "{table}_{column}" ON "{table}" USING gist ("{column}")'
            )
        elif collation != '"C"':
            to_order[table].append(f'ALTER COLUMN "{column}" TYPE text COLLATE "C"')
    for table, changes in to_order.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(changes)}')
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")


def _add_postgis(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        with driver.transaction():
            driver.execute("CREATE EXTENSION postgis")
    except psycopg.Error as error:
        raise DatabaseError(
            f"PostGIS is missing from the database and cannot be added ({str(error).splitlines()[0]}): "
            "install it on the server, then let its administrator run CREATE EXTENSION postgis",
            zh=f"数据库中没有 PostGIS，也无法添加（{str(error).splitlines()[0]}）：请在服务器上安装，"
            "并由管理员执行 CREATE EXTENSION postgis",
            field="database",
        ) from error
