"""The names of the register as the matcher takes them (匹配用地名): columns, and what leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.matching.columns import OTHER_DEPTH, FormerName, MatchColumns
from geoname.core.register.name import NameKind, NameStatus
from geoname.core.register.name_index.records import IndexedName


@dataclass(frozen=True, slots=True)
class NameRow:
    """What the matcher needs of one name of the register; `division` is that which holds the place, or -1."""

    name_id: str
    place_id: str
    text: str
    romanization: str
    specific_length: int
    division: int
    kind: NameKind
    status: NameStatus


def name_row(name: IndexedName) -> NameRow:
    """What the matcher needs of a name of the index."""
    return NameRow(
        name.name_id,
        name.place_id,
        name.text,
        name.romanization,
        name.specific_length,
        name.division,
        name.kind,
        name.status,
    )


def columns_of(standard: Sequence[NameRow], atlas: DivisionAtlas) -> MatchColumns:
    """The standard names in columns."""
    depths, places = [], []
    for row in standard:
        known = row.place_id in atlas
        depths.append(atlas.latest(row.place_id).level.depth if known else OTHER_DEPTH)
        places.append(atlas.position(row.place_id) if known else row.division)
    return MatchColumns(
        [row.name_id for row in standard],
        [row.text for row in standard],
        [row.romanization for row in standard],
        np.array([row.specific_length for row in standard], dtype=np.uint8),
        np.array(depths, dtype=np.uint8),
        np.array(places, dtype=np.int32),
    )


def other_names(
    rows: Iterable[NameRow], bearers: Mapping[str, int], atlas: DivisionAtlas
) -> Iterator[FormerName]:
    """Aliases and former names, but for divisions' own states; `bearers` gives places' standard names.

    A name that was given up with its place leads nowhere: it is answered as retired.
    """
    for row in rows:
        known = row.place_id in atlas
        current = row.status is NameStatus.CURRENT
        if row.status is NameStatus.PROPOSED or (row.kind is NameKind.STANDARD and (current or known)):
            continue
        number = bearers.get(row.place_id, -1)
        former = row.kind is NameKind.FORMER or row.status is NameStatus.HISTORICAL
        if number < 0 and not known and not former:
            continue
        place = atlas.position(row.place_id) if known else row.division
        yield FormerName(
            row.text,
            row.specific_length,
            atlas.latest(row.place_id).level.depth if known else OTHER_DEPTH,
            -1,
            place,
            heirs=((place, True),) if known and number < 0 else (),
            heir_name=number,
            is_spelling=not former,
            is_rename=former and (known or number >= 0),
        )
