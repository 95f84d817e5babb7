"""Rows of a kind of record (记录) out of the database: points decoded, children in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import shapely
from sqlalchemy import ColumnElement, Connection, select

from geoname.core.register.provenance import ReleaseState
from geoname.store.dialect import Dialect
from geoname.store.reading.standing import as_it_stands
from geoname.store.rows.cells import Row
from geoname.store.rows.kept import Children, Kept
from geoname.store.schema import release

CHUNK = 2_000
"""How many keys are asked for in one statement."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it is kept: its row, the release it belongs to, whether that is published."""

    row: Row
    release_id: str
    served: bool


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items in lists of `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def stored_records(
    connection: Connection, dialect: Dialect, kept: Kept, by: str, keys: Sequence[str]
) -> dict[str, Stored]:
    """Records by their key, those whose column `by` is one of at most CHUNK `keys`, served or not."""
    records = rows_where(connection, dialect, kept, kept.table.c[by].in_(keys))
    return {
        row[kept.key]: Stored(row, release_id, state == ReleaseState.PUBLISHED)
        for row, release_id, state in records
    }


def served_rows(
    connection: Connection, dialect: Dialect, kept: Kept, *conditions: ColumnElement[bool]
) -> list[Row]:
    """The rows of published releases, in the order in which they were added."""
    served = release.c.state == ReleaseState.PUBLISHED.value
    return [row for row, _, _ in rows_where(connection, dialect, kept, served, *conditions)]


def rows_where(
    connection: Connection, dialect: Dialect, kept: Kept, *conditions: ColumnElement[bool]
) -> list[tuple[Row, str, str]]:
    """(row, release id, release state) of the records that meet all conditions."""
    table, columns = kept.table, kept.columns()
    asked = (
        select(*columns, table.c.release_id, release.c.state)
        .join(release, table.c.release_id == release.c.id)
        .where(*conditions)
        .order_by(table.c.fid)
    )
    names = [column.name for column in columns]
    found = [tuple(row) for row in connection.execute(as_it_stands(connection, asked))]
    rows: list[Row] = [dict(zip(names, row, strict=False)) for row in found]
    if kept.located:
        place_points(dialect, rows)
    if kept.children is not None:
        _attach(connection, kept, kept.children, rows)
    return [(row, cells[-2], cells[-1]) for row, cells in zip(rows, found, strict=True)]


def place_points(dialect: Dialect, rows: Sequence[Row]) -> None:
    """Put `lon` and `lat` in the place of each row's geometry."""
    points = dialect.decode([row.pop("geom") for row in rows])
    lon, lat = shapely.get_x(points).tolist(), shapely.get_y(points).tolist()
    for row, x, y in zip(rows, lon, lat, strict=True):
        # Neither a missing nor an empty point has coordinates: both come as NaN.
        row["lon"], row["lat"] = (x, y) if x == x and y == y else (None, None)


def _attach(connection: Connection, kept: Kept, children: Children, rows: Sequence[Row]) -> None:
    table, columns = children.table, children.own_columns()
    names = [column.name for column in columns]
    below: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    asked = select(table.c[children.parent], *columns).order_by(table.c[children.parent], table.c.position)
    keys = [row[kept.key] for row in rows]
    parts = chunks(keys) if len(keys) <= CHUNK else iter([None])
    for part in parts:
        narrowed = asked if part is None else asked.where(table.c[children.parent].in_(part))
        for parent, *cells in connection.execute(narrowed):
            below[parent].append(dict(zip(names, cells, strict=True)))
    for row in rows:
        row[children.field] = below.get(row[kept.key], [])
