"""Rows that exports are made of (导出读取): names with their places, streamed; sources of divisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from sqlalchemy import ColumnElement, Connection, select

from geoname.core.register.name import Publication
from geoname.core.register.provenance import ReleaseState
from geoname.store.dialect import Dialect
from geoname.store.protocols_exports import NameRows
from geoname.store.reading.standing import as_it_stands
from geoname.store.schema import division, name, place, release

_OF_NAMES = (
    "id", "place_id", "text", "specific", "generic", "kind", "status", "publication", "romanization",
    "reading_source", "language", "minority_writing", "valid_from", "valid_until", "known_on", "approved_by",
    "approved_on", "document", "announced_on",
)  # fmt: skip
_OF_PLACES = (
    "feature_class", "division_id", "exactness", "basis", "origin", "meaning", "history", "story",
    "description", "place_code", "secrecy",
)  # fmt: skip


def stream_name_rows(
    connection: Connection, dialect: Dialect, batch: int, publications: Sequence[Publication], digits: str
) -> Iterator[NameRows]:
    """Names of published releases in batches, ordered by id: of these publications, of classes by digits."""
    of_name, of_place = release.alias("of_name"), release.alias("of_place")
    columns: list[ColumnElement[Any]] = [name.c[column] for column in _OF_NAMES]
    columns += [place.c[column] for column in _OF_PLACES]
    wanted: list[ColumnElement[bool]] = [name.c.publication.in_([each.value for each in publications])]
    if digits:
        wanted.append(place.c.feature_class.startswith(digits, autoescape=True))
    asked = (
        select(*columns, of_name.c.source_id, place.c.geom)
        .join(place, name.c.place_id == place.c.id)
        .join(of_name, name.c.release_id == of_name.c.id)
        .join(of_place, place.c.release_id == of_place.c.id)
        .where(
            of_name.c.state == ReleaseState.PUBLISHED.value,
            of_place.c.state == ReleaseState.PUBLISHED.value,
            *wanted,
        )
        .order_by(name.c.id)
        .execution_options(stream_results=True)
    )
    heads = (*_OF_NAMES, *_OF_PLACES, "source_id")
    with connection.execute(as_it_stands(connection, asked)) as result:
        for rows in result.partitions(batch):
            *cells, blobs = zip(*rows, strict=True)
            points = dialect.decode(blobs)
            yield NameRows(dict(zip(heads, cells, strict=True)), shapely.get_x(points), shapely.get_y(points))


def division_source_ids(connection: Connection) -> dict[str, str]:
    """The source that each division came from last, by the id of the division."""
    asked = (
        select(division.c.id, release.c.source_id)
        .join(release, division.c.release_id == release.c.id)
        .where(release.c.state == ReleaseState.PUBLISHED.value)
        .order_by(division.c.fid)
    )
    return {row.id: row.source_id for row in connection.execute(asked)}
