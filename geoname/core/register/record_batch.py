"""Many places and names as columns (批量记录): what a large load hands to the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.place import Exactness, Secrecy
from geoname.errors import InvalidInputError

Texts = Sequence[str] | str
"""One text for each row, or one that stands for all of them."""
MaybeTexts = Sequence[str | None] | str | None
"""The same where a row may have none; dates as they are known (`2014`, `2014-12`, `2014-12-13`) are such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBatch:
    """Places, one for each id; the fields are those of `Place`.

    `lon` and `lat` are degrees, WGS 84, NaN where not known, None when no place has a location.
    """

    id: Sequence[str]
    feature_class: Texts
    source_record: Texts
    division_id: MaybeTexts = None
    lon: NDArray[np.float64] | None = None
    lat: NDArray[np.float64] | None = None
    exactness: Texts = Exactness.NONE
    basis: Texts = ""
    origin: Texts = ""
    meaning: Texts = ""
    history: Texts = ""
    story: Texts = ""
    description: Texts = ""
    place_code: MaybeTexts = None
    secrecy: Texts = Secrecy.OPEN

    def __len__(self) -> int:
        """How many places."""
        return len(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBatch:
    """Names, one for each id; the fields are those of `Name`, its period and its approval."""

    id: Sequence[str]
    place_id: Sequence[str]
    text: Sequence[str]
    specific: Sequence[str]
    generic: Sequence[str]
    kind: Texts = NameKind.STANDARD
    status: Texts = NameStatus.CURRENT
    publication: Texts = Publication.PUBLIC
    romanization: Texts = ""
    reading_source: Texts = ReadingSource.AUTO
    needs_review: Sequence[bool] | bool = False
    language: Texts = ""
    minority_writing: Texts = ""
    valid_from: MaybeTexts = None
    valid_until: MaybeTexts = None
    known_on: MaybeTexts = None
    approved_by: MaybeTexts = None
    approver_kind: MaybeTexts = None
    approved_on: MaybeTexts = None
    document: MaybeTexts = None
    filed_on: MaybeTexts = None
    accepted_on: MaybeTexts = None
    announced_on: MaybeTexts = None

    def __len__(self) -> int:
        """How many names."""
        return len(self.id)


def _no_places() -> PlaceBatch:
    return PlaceBatch(id=(), feature_class=(), source_record=())


def _no_names() -> NameBatch:
    return NameBatch(id=(), place_id=(), text=(), specific=(), generic=())


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Places and names to be written together; a name's place is among them or in the register already."""

    places: PlaceBatch = field(default_factory=_no_places)
    names: NameBatch = field(default_factory=_no_names)


def columns(batch: PlaceBatch | NameBatch) -> dict[str, Sequence[Any]]:
    """Each column at full length, by its name; InvalidInputError names one of another length than the ids.

    Longitudes and latitudes become lists of numbers, None where not known.
    """
    count = len(batch)
    filled: dict[str, Sequence[Any]] = {}
    for name in batch.__slots__:
        given = getattr(batch, name)
        if isinstance(given, np.ndarray):
            known = ~np.isnan(given)
            column: Sequence[Any] = given.tolist()
            if not known.all():
                column = [each if here else None for each, here in zip(column, known.tolist(), strict=True)]
        elif given is None or isinstance(given, str | bool):
            column = [given] * count
        else:
            column = given
        if len(column) != count:
            raise InvalidInputError(
                f"column {name} has {len(column)} rows where there are {count} ids: give one value for each",
                zh=f"列 {name} 有 {len(column)} 行，而标识有 {count} 个：请每行给出一个值",
                field=name,
            )
        filled[name] = column
    return filled


def parted(batch: RecordBatch, size: int) -> Sequence[RecordBatch]:
    """The batch in parts of up to `size` places, each with the names of its places.

    Names whose place is not in the batch come last, in parts of as many. Within the parts records stand in
    the order of the places' ids, which a database takes in fastest.
    """
    places, names = batch.places, batch.names
    if len(places) <= size and len(names) <= 2 * size:
        return [batch]
    order = sorted(range(len(places)), key=places.id.__getitem__)
    rank = {places.id[at]: number for number, at in enumerate(order)}
    last = len(places)
    of_name = np.fromiter((rank.get(id_, last) for id_ in names.place_id), np.int64, len(names))
    name_order = np.argsort(of_name, kind="stable")
    starts = list(range(0, last, size)) or [0]
    cuts = np.searchsorted(of_name[name_order], [*starts[1:], last]).tolist()
    parts, begun = [], 0
    for start, cut in zip(starts, cuts, strict=True):
        parts.append(
            RecordBatch(
                _taken(places, order[start : start + size]), _taken(names, name_order[begun:cut].tolist())
            )
        )
        begun = cut
    parts += [
        RecordBatch(_no_places(), _taken(names, name_order[at : at + size].tolist()))
        for at in range(begun, len(names), size)
    ]
    return [part for part in parts if len(part.places) or len(part.names)]


def _taken(batch: Any, rows: Sequence[int]) -> Any:  # noqa: ANN401
    """The same columns with these rows only."""
    cells: dict[str, Any] = {}
    for name in batch.__slots__:
        given = getattr(batch, name)
        if isinstance(given, np.ndarray):
            cells[name] = given[rows]
        elif given is None or isinstance(given, str | bool):
            cells[name] = given
        else:
            cells[name] = [given[row] for row in rows]
    return type(batch)(**cells)
