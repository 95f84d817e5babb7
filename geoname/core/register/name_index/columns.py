"""The columns from which a name index (地名索引) is built: one row for each name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.divisions.code import Scheme
from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import Name, NameKind, NameStatus, Publication
from geoname.core.register.name_index.coded import Coded, together
from geoname.core.register.name_index.period_days import period_days
from geoname.core.register.name_index.sound_keys import SoundKeys, sound_keys
from geoname.core.register.place import Exactness, Place, Secrecy

KINDS = tuple(NameKind)
STATUSES = tuple(NameStatus)
PUBLICATIONS = tuple(Publication)
EXACTNESSES = tuple(Exactness)
READING_SOURCES = tuple(ReadingSource)
SECRECIES = tuple(Secrecy)
SCHEMES: tuple[Scheme | None, ...] = (None, *Scheme)


@dataclass(frozen=True, slots=True)
class NameColumns:
    """Columns of equal length, one row for each name; ids are of twelve ASCII characters.

    `kind`, `status`, `publication`, `exactness`, `secrecy`, `reading_source` and `code_scheme` are positions
    in KINDS, STATUSES … above; `code` is empty where there is none. `division` is the preorder position of
    the division that holds the place, -1 when not known. `lon` and `lat` are degrees, WGS 84, NaN when not
    known. `weight` puts the names most asked for first. `start`, `end`, `known_on` are days as
    `period_days` gives them.
    """

    name_id: NDArray[np.bytes_]
    place_id: NDArray[np.bytes_]
    text: Coded[str]
    romanization: Coded[str]
    feature_class: Coded[str]
    code: Coded[str]
    basis: Coded[str]
    kind: NDArray[np.uint8]
    status: NDArray[np.uint8]
    publication: NDArray[np.uint8]
    exactness: NDArray[np.uint8]
    secrecy: NDArray[np.uint8]
    reading_source: NDArray[np.uint8]
    needs_review: NDArray[np.uint8]
    code_scheme: NDArray[np.uint8]
    specific_length: NDArray[np.uint8]
    generic_length: NDArray[np.uint8]
    division: NDArray[np.int32]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    weight: NDArray[np.float32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    known_on: NDArray[np.int32]
    start_precision: NDArray[np.uint8]
    end_precision: NDArray[np.uint8]

    def __len__(self) -> int:
        """How many names."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The comparison keys of each name: of its text, of its specific, and of its romanization.

    `plain` is like qingyanzhen, `toned` qing1yan2zhen4, `initials` qyz; an empty key is not indexed.
    """

    text: Coded[str]
    specific: Coded[str]
    plain: Coded[str]
    toned: Coded[str]
    initials: Coded[str]

    def take(self, order: NDArray[np.int64]) -> NameKeys:
        """The keys of the same names in another order."""
        return NameKeys(*(getattr(self, keys).take(order) for keys in NameKeys.__slots__))


def columns_of(
    entries: Iterable[tuple[Name, Place]],
    *,
    division_of: Callable[[str], int],
    code_of: Callable[[Name, Place], tuple[str, Scheme] | None],
    weight_of: Callable[[Name, Place], float],
) -> NameColumns:
    """The columns of these names; `division_of` gives the preorder position of a division id."""
    rows = []
    for name, place in entries:
        coded = code_of(name, place)
        location = place.location
        rows.append(
            (
                name.id,
                place.id,
                name.text,
                name.romanization,
                place.feature_class,
                coded[0] if coded else "",
                location.basis,
                _KIND[name.kind],
                _STATUS[name.status],
                _PUBLICATION[name.publication],
                _EXACTNESS[location.exactness],
                _SECRECY[place.secrecy],
                _READING_SOURCE[name.reading_source],
                name.needs_review,
                _SCHEME[coded[1] if coded else None],
                min(len(name.specific), 255),
                min(len(name.generic), 255),
                -1 if place.division_id is None else division_of(place.division_id),
                np.nan if location.lon is None else location.lon,
                np.nan if location.lat is None else location.lat,
                weight_of(name, place),
                *period_days(name.period),
            )
        )
    columns: list[Any] = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMN_DTYPES)
    for at, dtype in enumerate(COLUMN_DTYPES):
        columns[at] = Coded.of(columns[at]) if dtype is None else np.array(columns[at], dtype=dtype)
    return NameColumns(*columns)


def keys_of(
    columns: NameColumns,
    *,
    text_key: Callable[[str], str],
    pinyin_keys: Callable[[Sequence[str]], SoundKeys] = sound_keys,
) -> NameKeys:
    """The keys of all names; each distinct text and romanization is asked for once."""
    lengths, length_of_row = np.unique(columns.specific_length, return_inverse=True)
    specific = together(columns.text, Coded(lengths.tolist(), length_of_row))
    specifics = [text[:length] for text, length in specific.values]
    key_of = {text: text_key(text) for text in {*specifics}}
    return NameKeys(
        columns.text.made([text_key(text) for text in columns.text.values]),
        specific.made([*map(key_of.__getitem__, specifics)]),
        *map(columns.romanization.made, pinyin_keys(columns.romanization.values)),
    )


def _positions(members: tuple[StrEnum, ...]) -> dict[StrEnum, int]:
    return {member: i for i, member in enumerate(members)}


_KIND = _positions(KINDS)
_STATUS = _positions(STATUSES)
_PUBLICATION = _positions(PUBLICATIONS)
_EXACTNESS = _positions(EXACTNESSES)
_SECRECY = _positions(SECRECIES)
_READING_SOURCE = _positions(READING_SOURCES)
_SCHEME: dict[Scheme | None, int] = {scheme: i for i, scheme in enumerate(SCHEMES)}
COLUMN_DTYPES: tuple[type[np.generic] | None, ...] = (
    *(np.bytes_,) * 2,
    *(None,) * 5,
    *(np.uint8,) * 10,
    np.int32,
    np.float64,
    np.float64,
    np.float32,
    *(np.int32,) * 3,
    *(np.uint8,) * 2,
)
