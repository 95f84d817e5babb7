"""Every served name with its place as columns (地名列), for indexes over the whole register."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, case, func, select

from geoname.core.register.name_index.coded import Coded
from geoname.core.register.name_index.records import ID_LENGTH
from geoname.core.register.provenance import ReleaseState
from geoname.errors import DatabaseError
from geoname.store.dialect import Dialect
from geoname.store.reading.joined_text import JoinedText, parts
from geoname.store.reading.standing import as_it_stands
from geoname.store.schema import name, place, release
from geoname.store.served_names import NameTraits, PlaceTraits, ServedNames

_Traits = TypeVar("_Traits", NameTraits, PlaceTraits)
_ROWS = 500
"""So few rows are still in the processor's cache when their cells are put in columns."""
_NAME_TRAITS = JoinedText(
    name.c.kind,
    name.c.status,
    name.c.publication,
    name.c.reading_source,
    case((name.c.needs_review, "1"), else_=""),
    func.length(name.c.specific),
    func.length(name.c.generic),
    name.c.valid_from,
    name.c.valid_until,
    name.c.known_on,
)
_PLACE_TRAITS = JoinedText(place.c.feature_class, place.c.exactness, place.c.secrecy, place.c.basis)
_OF_NAME = (name.c.id, name.c.place_id, name.c.text, name.c.romanization, _NAME_TRAITS)
_OF_PLACE = (place.c.id, place.c.division_id, _PLACE_TRAITS)


def served_names(connection: Connection, dialect: Dialect) -> ServedNames:
    """Names whose own and whose place's release are published."""
    published = release.c.state == ReleaseState.PUBLISHED.value
    served = {*connection.execute(select(release.c.id).where(published)).scalars()}
    places = _read(connection, _OF_PLACE, place.c.release_id, served, (place.c.geom, dialect))
    names = _read(connection, _OF_NAME, name.c.release_id, served)
    rows = pc.index_in(names.column(1), value_set=places.column(0))
    if rows.null_count:
        # The place of a name may belong to a release that is not served.
        names, rows = names.filter(rows.is_valid()), rows.drop_null()
    places = places.drop_columns("0").take(rows)
    ids, place_ids, texts, romanizations, traits = names.columns
    divisions, place_traits, lon, lat = places.columns
    del names, places, rows
    found = ServedNames(
        _ids(ids, "id"),
        _coded(texts),
        _coded(romanizations),
        _traits(traits, NameTraits),
        _ids(place_ids, "place_id"),
        _coded(divisions),
        _traits(place_traits, PlaceTraits),
        lon.to_numpy(),
        lat.to_numpy(),
    )
    # What was read takes as much memory again as what it became.
    pa.default_memory_pool().release_unused()
    return found


def _read(
    connection: Connection,
    columns: Sequence[ColumnElement[str]],
    owner: ColumnElement[str],
    served: set[str],
    located: tuple[ColumnElement[Any], Dialect] | None = None,
) -> pa.Table:
    """The records of these releases, read in the order in which they lie in the table.

    With `located`, a column of points, their longitudes and latitudes come after the columns.
    """
    asked = select(owner, *columns, *(located or ())[:1])
    types = [pa.string()] * len(columns) + [pa.float64()] * (2 if located else 0)
    schema = pa.schema([(str(number), type_) for number, type_ in enumerate(types)])
    batches = []
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
            batches.append(pa.record_batch([*map(pa.array, cells, types)], schema))
    return pa.Table.from_batches(batches, schema).combine_chunks()


def _coded(column: pa.ChunkedArray) -> Coded[str]:
    coded = column.combine_chunks().fill_null("").dictionary_encode()
    return Coded(coded.dictionary.to_pylist(), coded.indices.to_numpy())


def _traits(column: pa.ChunkedArray, kind: type[_Traits]) -> Coded[_Traits]:
    joined = _coded(column)
    return joined.made([kind(*parts(text, len(kind._fields))) for text in joined.values])


def _ids(column: pa.ChunkedArray, field: str) -> NDArray[np.bytes_]:
    try:
        packed = column.combine_chunks().cast(pa.binary()).cast(pa.binary(ID_LENGTH))
    except pa.ArrowInvalid as error:
        raise DatabaseError(
            f"column {field} holds an id of another length than {ID_LENGTH}, which geoname never writes: "
            "restore a backup or mend the cell",
            zh=f"列 {field} 中有长度不是 {ID_LENGTH} 的标识，不是本程序所写：请恢复备份或更正",
            field=field,
        ) from error
    ids = np.frombuffer(packed.buffers()[1], f"S{ID_LENGTH}")
    return ids[packed.offset : packed.offset + len(packed)]
