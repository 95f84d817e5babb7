"""Many places and names as columns (批量记录): what a large load hands to the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter
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


@dataclass(frozen=True, slots=True)
class Same(Sequence[Any]):
    """A column in which one value stands in every row."""

    value: Any
    rows: int

    def __len__(self) -> int:
        """How many rows."""
        return self.rows

    def __getitem__(self, row: Any) -> Any:  # noqa: ANN401
        """The value."""
        return self.value

    def __iter__(self) -> Iterator[Any]:
        """The value, once for each row."""
        return repeat(self.value, self.rows)


def columns(batch: PlaceBatch | NameBatch) -> dict[str, Any]:
    """Each column at full length, by its name; InvalidInputError names one of another length than the ids.

    `lon` and `lat` are arrays, NaN where not known; what was given once is a `Same`.
    """
    _check_lengths(batch)
    count = len(batch)
    filled: dict[str, Any] = {}
    for name in batch.__slots__:
        given = getattr(batch, name)
        if name in ("lon", "lat"):
            filled[name] = np.full(count, np.nan) if given is None else given
        else:
            filled[name] = Same(given, count) if given is None or isinstance(given, str | bool) else given
    return filled


def _check_lengths(batch: PlaceBatch | NameBatch) -> None:
    count = len(batch)
    for name in batch.__slots__:
        column = getattr(batch, name)
        if not (column is None or isinstance(column, str | bool)) and len(column) != count:
            raise InvalidInputError(
                f"column {name} has {len(column)} rows where there are {count} ids: give one value for each",
                zh=f"列 {name} 有 {len(column)} 行，而标识有 {count} 个：请每行给出一个值",
                field=name,
            )


class Parts:
    """A batch taken part by part: places in the order of their ids, which a database takes in fastest.

    Each part has the names of its places; names of places that are not in the batch come last.
    """

    def __init__(self, batch: RecordBatch) -> None:
        """Put the rows in order; InvalidInputError names a column of another length than the ids."""
        self._batch = batch
        places, names = batch.places, batch.names
        _check_lengths(places)
        _check_lengths(names)
        self._order = sorted(range(len(places)), key=places.id.__getitem__)
        rank = dict(zip(map(places.id.__getitem__, self._order), range(len(places)), strict=True))
        of_name = np.fromiter(map(rank.get, names.place_id, repeat(len(places))), np.int64, len(names))
        self._name_order = np.argsort(of_name, kind="stable")
        self._of_name = of_name[self._name_order]
        self._place, self._name = 0, 0

    def take(self, size: int) -> RecordBatch | None:
        """The next `size` places with their names, or as many names alone; None when nothing is left."""
        start, end = self._place, min(self._place + size, len(self._order))
        begun = self._name
        if not begun and end == len(self._order) and len(self._name_order) <= 2 * size:
            # What is little is written as one, names of other places too.
            self._of_name = np.zeros_like(self._of_name)
        if end > start:
            self._name = int(np.searchsorted(self._of_name, end))
        elif begun < len(self._name_order):
            self._name = min(begun + size, len(self._name_order))
        else:
            return None
        self._place = end
        return RecordBatch(
            _taken(self._batch.places, self._order[start:end]),
            _taken(self._batch.names, self._name_order[begun : self._name].tolist()),
        )


def _taken(batch: Any, rows: Sequence[int]) -> Any:  # noqa: ANN401
    """The same columns with these rows only."""
    take = itemgetter(*rows) if len(rows) > 1 else lambda column: [column[row] for row in rows]
    cells: dict[str, Any] = {}
    for name in batch.__slots__:
        given = getattr(batch, name)
        if isinstance(given, np.ndarray):
            cells[name] = given[rows]
        elif given is None or isinstance(given, str | bool):
            cells[name] = given
        else:
            cells[name] = take(given)
    return type(batch)(**cells)
