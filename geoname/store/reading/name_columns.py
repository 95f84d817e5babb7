"""Every served name with its place as columns (地名列), which indexes over the whole register are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Table, select

from geoname.core.register.provenance import ReleaseState
from geoname.store.dialect import Dialect
from geoname.store.schema import name, place, release

_ROWS = 20_000
_OF_NAME = (
    "id", "text", "specific", "generic", "romanization", "kind", "status", "publication", "reading_source",
    "needs_review", "valid_from", "valid_until", "known_on",
)  # fmt: skip
_OF_PLACE = ("feature_class", "division_id", "exactness", "basis", "secrecy")


@dataclass(frozen=True)
class ServedNames:
    """Columns of equal length, one row for each name, in no order; cells as the database keeps them.

    `lon` and `lat` are degrees, WGS 84, NaN where not known.
    """

    id: Sequence[str]
    text: Sequence[str]
    specific: Sequence[str]
    generic: Sequence[str]
    romanization: Sequence[str]
    kind: Sequence[str]
    status: Sequence[str]
    publication: Sequence[str]
    reading_source: Sequence[str]
    needs_review: Sequence[bool]
    valid_from: Sequence[str | None]
    valid_until: Sequence[str | None]
    known_on: Sequence[str | None]
    place_id: Sequence[str]
    feature_class: Sequence[str]
    division_id: Sequence[str | None]
    exactness: Sequence[str]
    basis: Sequence[str]
    secrecy: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def __len__(self) -> int:
        """How many names."""
        return len(self.id)


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
    return ServedNames(
        *of_name,
        [place_ids[row] for row in rows],
        *([column[row] for row in rows] for column in of_place),
        *(axis[at] for axis in points),
    )


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
