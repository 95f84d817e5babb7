"""Looks for faults in the tables of PostgreSQL (校验): references, spatial indexes, row numbers."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, exists, func, select

from geoname.errors import DatabaseError
from geoname.store.protocols import StoreFault
from geoname.store.schema import METADATA
from geoname.store.schema.base import Geometry

_SPATIAL_INDEX = """
    SELECT 1 FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = %s::regclass AND m.amname = 'gist' AND i.indisvalid AND a.attname = 'geom'"""


def postgis_faults(connection: Connection) -> list[StoreFault]:
    """Tables that cannot be read, references to what is not there, spatial indexes and numbers amiss."""
    faults: list[StoreFault] = []
    for table in METADATA.sorted_tables:
        try:
            faults.extend(_references(connection, table))
            faults.extend(_geometries(connection, table))
            faults.extend(_numbers(connection, table))
        except DatabaseError as error:
            # The transaction is over with the first damaged page: what comes after cannot be looked at.
            return [*faults, StoreFault("integrity", table.name, error.message)]
    return faults


def _references(connection: Connection, table: Table) -> Iterator[StoreFault]:
    for link in table.foreign_keys:
        own, target = link.parent, link.column.table.alias("target")
        found = exists().where(target.c[link.column.name] == own)
        asked = select(table.c.fid).where(own.is_not(None), ~found).order_by(table.c.fid)
        for fid in connection.execute(asked).scalars():
            yield StoreFault(
                "references", f"{table.name} {fid}", f"its {link.column.table.name} is not there"
            )


def _geometries(connection: Connection, table: Table) -> Iterator[StoreFault]:
    if not any(isinstance(column.type, Geometry) for column in table.columns):
        return
    if connection.exec_driver_sql(_SPATIAL_INDEX, (f'"{table.name}"',)).first() is None:
        remedy = f'CREATE INDEX ON "{table.name}" USING gist (geom)'
        yield StoreFault("spatial_index", table.name, f"the spatial index is missing: {remedy}")


def _numbers(connection: Connection, table: Table) -> Iterator[StoreFault]:
    greatest = connection.execute(select(func.coalesce(func.max(table.c.fid), 0))).scalar_one()
    sequence = connection.exec_driver_sql(
        "SELECT pg_get_serial_sequence(%s, 'fid')::regclass::text", (f'"{table.name}"',)
    ).scalar_one()
    if sequence is None:
        yield StoreFault("numbers", table.name, "its rows are not numbered any more")
        return
    last = connection.exec_driver_sql(f"SELECT last_value FROM {sequence}").scalar_one()  # noqa: S608
    if last < greatest:
        yield StoreFault(
            "numbers", table.name, f"the next row gets number {last + 1}, but {greatest} is there"
        )
