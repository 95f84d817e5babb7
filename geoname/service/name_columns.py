"""The columns that a name index is built from (索引列), out of all names of the register at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.names.keys import name_key
from geoname.core.register.name import NameStatus
from geoname.core.register.name_index.coded import Coded
from geoname.core.register.name_index.columns import (
    COLUMN_DTYPES,
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
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import DatabaseError
from geoname.service.name_weights import HISTORICAL, NEIGHBOUR, class_weight, home_spans
from geoname.store.served_names import NameTraits, ServedNames

_LONGEST = 255


def whole_register(names: ServedNames, atlas: DivisionAtlas) -> tuple[NameColumns, NameKeys]:
    """The same columns and keys as `columns_of` makes of the same names one by one."""
    traits, place_traits = names.traits, names.place_traits
    own = _own_positions(names.place_id, atlas)
    codes, schemes = _codes(own, atlas)
    divisions = names.division_id.numbers(lambda id_: atlas.position(id_) if id_ else -1, np.int32)
    columns = NameColumns(
        names.id,
        names.place_id,
        names.text,
        names.romanization,
        place_traits.made([each.feature_class for each in place_traits.values]),
        codes,
        place_traits.made([each.basis for each in place_traits.values]),
        _numbered(traits, KINDS, "kind"),
        _numbered(traits, STATUSES, "status"),
        _numbered(traits, PUBLICATIONS, "publication"),
        _numbered(place_traits, EXACTNESSES, "exactness"),
        _numbered(place_traits, SECRECIES, "secrecy"),
        _numbered(traits, READING_SOURCES, "reading_source"),
        traits.numbers(lambda each: bool(each.needs_review), np.uint8),
        schemes,
        traits.numbers(lambda each: min(int(each.specific_length), _LONGEST), np.uint8),
        traits.numbers(lambda each: min(int(each.generic_length), _LONGEST), np.uint8),
        divisions,
        names.lon,
        names.lat,
        _weights(names, np.where(own >= 0, own, divisions), atlas),
        *_periods(traits),
    )
    return columns, keys_of(columns, text_key=name_key)


def _numbered(traits: Coded[Any], members: tuple[StrEnum, ...], field: str) -> NDArray[np.uint8]:
    number_of = {member.value: number for number, member in enumerate(members)}
    try:
        return traits.numbers(lambda each: number_of[getattr(each, field)], np.uint8)
    except KeyError as error:
        raise DatabaseError(
            f"column {field} holds {error.args[0]!r}, which geoname never writes: "
            "restore a backup or mend the cell",
            zh=f"列 {field} 的内容 {error.args[0]!r} 不是本程序所写：请恢复备份或更正",
            field=field,
        ) from error


def _own_positions(place_ids: NDArray[np.bytes_], atlas: DivisionAtlas) -> NDArray[np.int32]:
    """The preorder positions of the places that are divisions, -1 for others."""
    position_of = {id_.encode(): atlas.position(id_) for id_ in atlas.all_ids()}
    return np.fromiter(map(position_of.get, place_ids.tolist(), repeat(-1)), np.int32, len(place_ids))


def _codes(own: NDArray[np.int32], atlas: DivisionAtlas) -> tuple[Coded[str], NDArray[np.uint8]]:
    positions, codes = np.unique(own, return_inverse=True)
    shown = [None if at < 0 else atlas.shown_code(atlas.at(at)) for at in positions.tolist()]
    coded = Coded(shown, codes.astype(np.int32))
    return (
        coded.made([code.code if code else "" for code in shown]),
        coded.numbers(lambda code: SCHEMES.index(code.scheme if code else None), np.uint8),
    )


def _weights(names: ServedNames, where: NDArray[np.int32], atlas: DivisionAtlas) -> NDArray[np.float32]:
    weights = names.place_traits.numbers(lambda each: class_weight(each.feature_class), np.float64)
    at_home = np.zeros(len(names), dtype=np.bool_)
    for low, high in home_spans(atlas):
        at_home |= (low <= where) & (where < high)
    weights[~at_home] *= NEIGHBOUR
    weights[names.traits.numbers(lambda each: each.status != NameStatus.CURRENT, np.bool_)] *= HISTORICAL
    return weights.astype(np.float32)


def _periods(traits: Coded[NameTraits]) -> Iterable[NDArray[Any]]:
    """Start, end, known-on, and the precisions of start and end."""
    periods = traits.made([(each.valid_from, each.valid_until, each.known_on) for each in traits.values])
    days_of = {each: period_days(_period(*each)) for each in {*periods.values}}
    days = periods.numbers(days_of.__getitem__, np.int32).reshape(-1, 5)
    return [part.astype(dtype) for part, dtype in zip(days.T, COLUMN_DTYPES[-5:], strict=True)]


def _period(valid_from: str, valid_until: str, known_on: str) -> Period:
    return Period(
        PartialDate.parse(valid_from) if valid_from else None,
        PartialDate.parse(valid_until) if valid_until else None,
        date.fromisoformat(known_on) if known_on else None,
    )
