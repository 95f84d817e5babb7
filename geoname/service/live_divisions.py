"""The divisions of one state of the data, kept beside the other indexes so that a process starts at once."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import orjson

from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.store.index_files import IndexFiles
from geoname.store.protocols import Store

KIND = "divisions"


def open_divisions(store: Store, files: IndexFiles, divisions_version: int) -> list[Division]:
    """Every division of every period: from its index file, or from the store when there is none yet."""
    generation = str(divisions_version)
    with files.building(KIND, generation):
        arrays = files.open(KIND, generation)
        if arrays is None:
            written = orjson.dumps([_written(division) for division in store.divisions()])
            arrays = files.save(KIND, generation, {KIND: np.frombuffer(written, dtype=np.uint8)})
    return [_read(row) for row in orjson.loads(arrays[KIND].tobytes())]


Row = list[Any]


def _written(division: Division) -> Row:
    return [
        division.id,
        division.name,
        division.level,
        division.kind,
        division.parent_id,
        _period_written(division.period),
        [
            [code.scheme, code.code, _day_written(code.as_of), _period_written(code.period)]
            for code in division.codes
        ],
    ]


def _read(row: Row) -> Division:
    id_, name, level, kind, parent_id, period, codes = row
    return Division(
        id_,
        name,
        _LEVELS[level],
        _KINDS[kind],
        parent_id,
        tuple(
            [Code(_SCHEMES[scheme], code, _day(as_of), _period(held)) for scheme, code, as_of, held in codes]
        ),
        _period(period),
    )


# A member is found in a table four times as fast as by calling its class.
_LEVELS = {str(level): level for level in Level}
_KINDS = {str(kind): kind for kind in DivisionKind}
_SCHEMES = {str(scheme): scheme for scheme in Scheme}


def _period_written(period: Period) -> str:
    return f"{period.start or ''}/{period.end or ''}/{period.known_on or ''}"


@cache
def _period(written: str) -> Period:
    """The period of a text; the few there are are shared by thousands of divisions."""
    start, end, known_on = written.split("/")
    return Period(
        PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None, _day(known_on)
    )


def _day_written(day: date | None) -> str:
    return "" if day is None else day.isoformat()


@cache
def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
