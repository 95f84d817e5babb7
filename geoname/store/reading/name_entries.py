"""Names with their places (地名), streamed: memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from geoname.core.register.provenance import ReleaseState
from geoname.store.dialect import Dialect
from geoname.store.protocols import NameEntry
from geoname.store.reading.records import place_points
from geoname.store.reading.standing import as_it_stands
from geoname.store.rows.kept import NAMES, PLACES
from geoname.store.rows.register import name_of, place_of
from geoname.store.schema import name, place, release

_NAME_COLUMNS = [column.name for column in NAMES.columns()]
_PLACE_COLUMNS = [column.name for column in PLACES.columns()]


def stream_name_entries(
    connection: Connection, dialect: Dialect, batch: int, *conditions: ColumnElement[bool]
) -> Iterator[list[NameEntry]]:
    """Names whose own and whose place's release are published, in batches, ordered by name id."""
    of_name, of_place = release.alias("of_name"), release.alias("of_place")
    columns: list[ColumnElement[Any]] = [name.c[column] for column in _NAME_COLUMNS]
    columns += [place.c[column].label(f"place_{column}") for column in _PLACE_COLUMNS]
    asked = (
        select(*columns, name.c.release_id)
        .join(place, name.c.place_id == place.c.id)
        .join(of_name, name.c.release_id == of_name.c.id)
        .join(of_place, place.c.release_id == of_place.c.id)
        .where(
            of_name.c.state == ReleaseState.PUBLISHED.value,
            of_place.c.state == ReleaseState.PUBLISHED.value,
            *conditions,
        )
        .order_by(name.c.id)
        .execution_options(stream_results=True)
    )
    with connection.execute(as_it_stands(connection, asked)) as result:
        for rows in result.partitions(batch):
            yield _entries(dialect, rows)


def _entries(dialect: Dialect, cells: Sequence[Row[*tuple[Any, ...]]]) -> list[NameEntry]:
    split = len(_NAME_COLUMNS)
    places = [dict(zip(_PLACE_COLUMNS, row[split:-1], strict=True)) for row in cells]
    place_points(dialect, places)
    return [
        NameEntry(name_of(dict(zip(_NAME_COLUMNS, row[:split], strict=True))), place_of(place_row), row[-1])
        for row, place_row in zip(cells, places, strict=True)
    ]
