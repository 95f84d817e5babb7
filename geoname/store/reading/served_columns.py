"""Every served name with its place as columns (地名列), for indexes over the whole register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Table, select

from geoname.core.register.provenance import ReleaseState
from geoname.store.dialect import Dialect
from geoname.store.schema import name, place, release
from geoname.store.served_names import ServedNames

_ROWS = 20_000
_OF_NAME = (
    "id", "text", "specific", "generic", "romanization", "kind", "status", "publication", "reading_source",
    "needs_review", "valid_from", "valid_until", "known_on",
)  # fmt: skip
_OF_PLACE = ("feature_class", "division_id", "exactness", "basis", "secrecy")


def served_names(connection: Connection, dialect: Dialect) -> ServedNames:
    """Names whose own and whose place's release are published."""
    published = release.c.state == ReleaseState.PUBLISHED.value
    served = [*connection.execute(select(release.c.id).where(published)).scalars()]
    place_ids, *of_place, blobs = _columns(connection, place, ("id", *_OF_PLACE, "geom"), served)
    points = dialect.points(blobs)
    del blobs
    *of_name, their_places = _columns(connection, name, (*_OF_NAME, "place_id"), served)
    row_of = {id_: row for row, id_ in enumerate(place_ids)}
    rows = [row_of.get(id_, -1) for id_ in their_places]
    if -1 in rows:
        # The place of a name may belong to a release that is not served.
        kept = [number for number, row in enumerate(rows) if row >= 0]
        of_name = [[column[number] for number in kept] for column in of_name]
        rows = [rows[number] for number in kept]
    at = np.array(rows, dtype=np.int64)
    columns: list[Any] = [*of_name, [place_ids[row] for row in rows]]
    columns += [[column[row] for row in rows] for column in of_place]
    lon, lat = (axis[at] for axis in points)
    columns += [lon, lat]
    return ServedNames(*columns)


def _columns(
    connection: Connection, table: Table, names: Sequence[str], releases: Sequence[str]
) -> list[list[Any]]:
    """Columns of the records of these releases, read in the order in which they lie in the table."""
    columns: list[ColumnElement[Any]] = [table.c[column] for column in names]
    asked = select(*columns, table.c.release_id).execution_options(stream_results=True)
    known = set(releases)
    gathered: list[list[Any]] = [[] for _ in names]
    with connection.execute(asked) as result:
        for rows in result.partitions(_ROWS):
            *cells, owners = zip(*rows, strict=True)
            if known.issuperset(owners):
                for column, more in zip(gathered, cells, strict=True):
                    column.extend(more)
                continue
            kept = [owner in known for owner in owners]
            for column, more in zip(gathered, cells, strict=True):
                column.extend([cell for cell, served in zip(more, kept, strict=True) if served])
    return gathered
