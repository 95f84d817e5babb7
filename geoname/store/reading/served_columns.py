"""Every served name with its place as columns (地名列), for indexes over the whole register."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, func, select

from geoname.core.register.name_index.coded import Coded
from geoname.core.register.name_index.records import ID_LENGTH
from geoname.core.register.provenance import ReleaseState
from geoname.errors import DatabaseError
from geoname.store.dialect import Dialect
from geoname.store.reading.standing import as_it_stands
from geoname.store.schema import name, place, release
from geoname.store.served_names import ServedNames

_ROWS = 500
"""So few rows are still in the processor's cache when their cells are put in columns."""
_NUMBERS = {
    "specific_length": pa.int64(),
    "generic_length": pa.int64(),
    "needs_review": pa.bool_(),
    "lon": pa.float64(),
    "lat": pa.float64(),
}
_OF_NAME: tuple[ColumnElement[Any], ...] = (
    name.c.id,
    name.c.text,
    func.length(name.c.specific).label("specific_length"),
    func.length(name.c.generic).label("generic_length"),
    name.c.romanization,
    name.c.kind,
    name.c.status,
    name.c.publication,
    name.c.reading_source,
    name.c.needs_review,
    name.c.valid_from,
    name.c.valid_until,
    name.c.known_on,
    name.c.place_id,
)
_OF_PLACE: tuple[ColumnElement[Any], ...] = (
    place.c.id,
    place.c.feature_class,
    place.c.division_id,
    place.c.exactness,
    place.c.basis,
    place.c.secrecy,
)


def served_names(connection: Connection, dialect: Dialect) -> ServedNames:
    """Names whose own and whose place's release are published."""
    published = release.c.state == ReleaseState.PUBLISHED.value
    served = {*connection.execute(select(release.c.id).where(published)).scalars()}
    places = _read(connection, _OF_PLACE, place.c.release_id, served, (place.c.geom, dialect))
    names = _read(connection, _OF_NAME, name.c.release_id, served)
    rows = pc.index_in(names["place_id"], value_set=places["id"])
    # The place of a name may belong to a release that is not served.
    names, rows = names.filter(rows.is_valid()), rows.drop_null()
    places = places.take(rows).drop_columns("id")
    columns: dict[str, Any] = {
        column: _values(table[column], column) for table in (names, places) for column in table.column_names
    }
    return ServedNames(**columns)


def _read(
    connection: Connection,
    columns: Sequence[ColumnElement[Any]],
    owner: ColumnElement[str],
    served: set[str],
    located: tuple[ColumnElement[Any], Dialect] | None = None,
) -> pa.Table:
    """The records of these releases, read in the order in which they lie in the table.

    With `located`, a column of points, `lon` and `lat` come after the columns.
    """
    asked = select(owner, *columns)
    labels = [str(column.key) for column in columns]
    if located is not None:
        asked = asked.add_columns(located[0])
        labels += ["lon", "lat"]
    schema = pa.schema([(label, _NUMBERS.get(label, pa.string())) for label in labels])
    parts = []
    asked = as_it_stands(connection, asked.execution_options(stream_results=True))
    with connection.execute(asked) as result:
        for rows in result.partitions(_ROWS):
            cells: list[Any] = [*zip(*rows, strict=True)]
            owners = cells.pop(0)
            if not served.issuperset(owners):
                kept = [each in served for each in owners]
                cells = [tuple(compress(column, kept)) for column in cells]
            if located is not None:
                cells += located[1].points(cells.pop())
            parts.append(pa.record_batch([*map(pa.array, cells, schema.types)], schema))
    return pa.Table.from_batches(parts, schema).combine_chunks()


def _values(column: pa.ChunkedArray, name: str) -> Coded[str] | NDArray[Any]:
    if name in _NUMBERS:
        numbers: NDArray[Any] = column.to_numpy()
        return numbers
    array = column.combine_chunks()
    if name in ("id", "place_id"):
        return _ids(array, name)
    coded = array.fill_null("").dictionary_encode()
    return Coded(coded.dictionary.to_pylist(), coded.indices.to_numpy())


def _ids(array: pa.StringArray, name: str) -> NDArray[np.bytes_]:
    try:
        packed = array.cast(pa.binary()).cast(pa.binary(ID_LENGTH))
    except pa.ArrowInvalid as error:
        raise DatabaseError(
            f"column {name} holds an id of another length than {ID_LENGTH}, which geoname never writes: "
            "restore a backup or mend the cell",
            zh=f"列 {name} 中有长度不是 {ID_LENGTH} 的标识，不是本程序所写：请恢复备份或更正",
            field=name,
        ) from error
    return np.frombuffer(packed.buffers()[1], f"S{ID_LENGTH}")[packed.offset : packed.offset + len(packed)]
