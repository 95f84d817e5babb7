"""Whether two databases hold the same (比对): rows counted and digested, table by table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import orjson
import shapely
from sqlalchemy import Connection, Table, select

from geoname.errors import DatabaseError
from geoname.store.dialect import Dialect
from geoname.store.reading.editions import DATA_VERSION, DATABASE_ID
from geoname.store.rows.cells import Row
from geoname.store.schema import setting
from geoname.store.schema.base import Geometry

BATCH = 5_000
OWN_SETTINGS = frozenset({DATABASE_ID, DATA_VERSION})
"""What a database says of itself alone, and what a copy of it says otherwise."""


@dataclass(frozen=True, slots=True)
class TableContent:
    """How many rows a table has, and a digest of all their cells, which is the same in every database."""

    table: str
    rows: int
    sha256: str


def table_rows(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """Every row of a table in batches, by row number; geometry as the database keeps it."""
    asked = select(table).order_by(table.c.fid).execution_options(stream_results=True)
    with connection.execute(asked) as result:
        for part in result.mappings().partitions(BATCH):
            yield [dict(row) for row in part]


def spatial_columns(table: Table) -> list[str]:
    """The names of the geometry columns."""
    return [column.name for column in table.columns if isinstance(column.type, Geometry)]


def table_content(
    connection: Connection, dialect: Dialect, table: Table, seen: Callable[[int], None]
) -> TableContent:
    """Count and digest; `seen` is told how many rows each batch had."""
    digest, count, spatial = hashlib.sha256(), 0, spatial_columns(table)
    for batch in table_rows(connection, table):
        for column in spatial:
            plain = shapely.to_wkb(
                dialect.decode([row[column] for row in batch]), output_dimension=2, byte_order=1
            )
            for row, body in zip(batch, plain, strict=True):
                row[column] = body
        for row in batch:
            if table is setting and row["key"] in OWN_SETTINGS:
                row["value"] = ""
            cells = [cell.hex() if isinstance(cell, bytes) else cell for cell in row.values()]
            digest.update(orjson.dumps(cells) + b"\n")
        count += len(batch)
        seen(len(batch))
    return TableContent(table.name, count, digest.hexdigest())


def check_equal(given: Sequence[TableContent], arrived: Sequence[TableContent]) -> None:
    """DatabaseError naming the tables that differ."""
    different = [one.table for one, other in zip(given, arrived, strict=True) if one != other]
    if different:
        raise DatabaseError(
            f"the copy differs from its source in {', '.join(different)}: nothing was changed; "
            "run `geoname db verify` on the source",
            zh=f"副本与源库在 {'、'.join(different)} 中不一致：未作任何改动；"
            "请对源库运行 `geoname db verify`",
            field="target",
        )
