"""The columns that a name index is built from (索引列), out of all names of the register at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.names.keys import name_key
from geoname.core.register.name import NameStatus
from geoname.core.register.name_index.columns import (
    EXACTNESSES,
    KINDS,
    PUBLICATIONS,
    READING_SOURCES,
    SCHEMES,
    SECRECIES,
    STATUSES,
    NameColumns,
    NameKeys,
    keys_of,
)
from geoname.core.register.name_index.period_days import period_days
from geoname.core.register.name_index.sound_keys import sound_keys
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import DatabaseError
from geoname.service.name_weights import HISTORICAL, NEIGHBOUR, class_weight, home_spans
from geoname.store.served_names import ServedNames

_LONGEST = 255


def whole_register(names: ServedNames, atlas: DivisionAtlas) -> tuple[NameColumns, NameKeys]:
    """The same columns and keys as `columns_of` makes of the same names one by one."""
    divisions = _positions(names.division_id, atlas)
    codes, schemes = _codes(names.place_id, atlas)
    columns = NameColumns(
        names.id,
        names.place_id,
        names.text,
        names.romanization,
        names.feature_class,
        codes,
        names.basis,
        _numbered(names.kind, KINDS, "kind"),
        _numbered(names.status, STATUSES, "status"),
        _numbered(names.publication, PUBLICATIONS, "publication"),
        _numbered(names.exactness, EXACTNESSES, "exactness"),
        _numbered(names.secrecy, SECRECIES, "secrecy"),
        _numbered(names.reading_source, READING_SOURCES, "reading_source"),
        np.array(names.needs_review, dtype=np.uint8),
        schemes,
        _lengths(names.specific),
        _lengths(names.generic),
        divisions,
        names.lon,
        names.lat,
        _weights(names, divisions, atlas),
        *_periods(names),
    )
    return columns, keys_of(columns, text_key=name_key, pinyin_keys=sound_keys)


def _numbered(column: Sequence[str], members: tuple[StrEnum, ...], name: str) -> NDArray[np.uint8]:
    number_of = {member.value: number for number, member in enumerate(members)}
    try:
        return np.fromiter(map(number_of.__getitem__, column), np.uint8, len(column))
    except KeyError as error:
        raise DatabaseError(
            f"column {name} holds {error.args[0]!r}, which geoname never writes: "
            "restore a backup or mend the cell",
            zh=f"列 {name} 的内容 {error.args[0]!r} 不是本程序所写：请恢复备份或更正",
            field=name,
        ) from error


def _lengths(texts: Sequence[str]) -> NDArray[np.uint8]:
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return np.minimum(lengths, _LONGEST).astype(np.uint8)


def _positions(ids: Sequence[str | None], atlas: DivisionAtlas) -> NDArray[np.int32]:
    position_of = {id_: -1 if id_ is None else atlas.position(id_) for id_ in set(ids)}
    return np.fromiter(map(position_of.__getitem__, ids), np.int32, len(ids))


def _codes(place_ids: Sequence[str], atlas: DivisionAtlas) -> tuple[list[str], NDArray[np.uint8]]:
    codes, schemes = [""] * len(place_ids), np.zeros(len(place_ids), dtype=np.uint8)
    for row, place_id in enumerate(place_ids):
        if place_id in atlas:
            shown = atlas.shown_code(atlas.latest(place_id))
            if shown is not None:
                codes[row], schemes[row] = shown.code, SCHEMES.index(shown.scheme)
    return codes, schemes


def _weights(names: ServedNames, divisions: NDArray[np.int32], atlas: DivisionAtlas) -> NDArray[np.float32]:
    weight_of = {each: class_weight(each) for each in set(names.feature_class)}
    weights = np.fromiter(map(weight_of.__getitem__, names.feature_class), np.float64, len(names))
    own = {id_: atlas.position(id_) for id_ in set(names.place_id) if id_ in atlas}
    if own:
        places = np.fromiter((own.get(id_, -1) for id_ in names.place_id), np.int64, len(names))
        divisions = np.where(places >= 0, places, divisions)
    at_home = np.zeros(len(names), dtype=np.bool_)
    for low, high in home_spans(atlas):
        at_home |= (low <= divisions) & (divisions < high)
    current = np.fromiter((each == NameStatus.CURRENT for each in names.status), np.bool_, len(names))
    weights[~at_home] *= NEIGHBOUR
    weights[~current] *= HISTORICAL
    return weights.astype(np.float32)


def _periods(names: ServedNames) -> Iterable[NDArray[Any]]:
    """Start, end, known-on, and the precisions of start and end."""
    cells = list(zip(names.valid_from, names.valid_until, names.known_on, strict=True))
    number_of: Mapping[tuple[str | None, ...], int] = {
        each: number for number, each in enumerate(dict.fromkeys(cells))
    }
    days = [period_days(_period(*each)) for each in number_of] or [(0, 0, 0, 0, 0)]
    rows = np.fromiter(map(number_of.__getitem__, cells), np.int64, len(cells))
    dtypes = (np.int32, np.int32, np.int32, np.uint8, np.uint8)
    return [
        np.array(part, dtype=dtype)[rows] for part, dtype in zip(zip(*days, strict=True), dtypes, strict=True)
    ]


def _period(valid_from: str | None, valid_until: str | None, known_on: str | None) -> Period:
    return Period(
        None if valid_from is None else PartialDate.parse(valid_from),
        None if valid_until is None else PartialDate.parse(valid_until),
        None if known_on is None else date.fromisoformat(known_on),
    )
