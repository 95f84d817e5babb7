"""Single cells: dates as they are known (日期), periods, enumerations, and what no cell may hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import DatabaseError, InvalidInputError

Row = dict[str, Any]
"""Column → value; children (codes of a division, edges of an event) are lists of such rows."""

Choice = TypeVar("Choice", bound=StrEnum)


def written(value: PartialDate | date | None) -> str | None:
    """A date as text with the precision it has, None when there is none."""
    return None if value is None else str(value)


@lru_cache(maxsize=20_000)
def partial_date(text: str | None, column: str) -> PartialDate | None:
    """A date from its text; DatabaseError naming the column when it is none."""
    if text is None:
        return None
    try:
        return PartialDate.parse(text, field=column)
    except InvalidInputError as error:
        raise _unreadable(column, text) from error


@lru_cache(maxsize=20_000)
def full_date(text: str | None, column: str) -> date | None:
    """A calendar day from its text; DatabaseError naming the column when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _unreadable(column, text) from error


@lru_cache(maxsize=20_000)
def period_of(valid_from: str | None, valid_until: str | None, known_on: str | None) -> Period:
    """A period from its three columns; equal periods are one object."""
    return Period(
        partial_date(valid_from, "valid_from"),
        partial_date(valid_until, "valid_until"),
        full_date(known_on, "known_on"),
    )


def period_cells(period: Period) -> Row:
    """The three columns of a period."""
    return {
        "valid_from": written(period.start),
        "valid_until": written(period.end),
        "known_on": written(period.known_on),
    }


def choice(kind: type[Choice], text: str, column: str) -> Choice:
    """One member of an enumeration; DatabaseError naming the column when the text is none of them."""
    # Twice as fast as calling the enumeration, and asked five times for each name.
    member = kind._value2member_map_.get(text)
    if not isinstance(member, kind):
        raise _unreadable(column, text)
    return member


def check_cells(row: Mapping[str, Any], table: str) -> None:
    """InvalidInputError naming the field for text or numbers that no database keeps as they are."""
    # All texts of a row at once: a row is looked at cell by cell only when something is wrong in it.
    whole = "".join([value for value in row.values() if isinstance(value, str)])
    if "\0" in whole or _half_character(whole) is not None:
        for field, value in row.items():
            if isinstance(value, str):
                _check_text(value, field, table)
    for field, value in row.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise InvalidInputError(
                f"{field} of {table} is {value}: give a finite number",
                zh=f"{table} 的 {field} 为 {value}：请给出有限的数",
                field=field,
            )
        if isinstance(value, list):
            for child in value:
                check_cells(child, table)


def _half_character(text: str) -> int | None:
    """Where the first lone surrogate stands, None when there is none."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None


def _check_text(value: str, field: str, table: str) -> None:
    position = _half_character(value)
    if position is not None:
        lost = f"U+{ord(value[position]):04X}"
        raise InvalidInputError(
            f"{field} of {table} holds {lost} at {position}, half a character: give the whole text again",
            zh=f"{table} 的 {field} 第 {position + 1} 位是半个字符 {lost}：请重新给出完整文字",
            field=field,
        )
    if "\0" in value:
        raise InvalidInputError(
            f"{field} of {table} holds a NUL character: remove it",
            zh=f"{table} 的 {field} 含有 NUL 字符：请删去",
            field=field,
        )


def _unreadable(column: str, text: str) -> DatabaseError:
    return DatabaseError(
        f"column {column} holds {text!r}, which geoname never writes: restore a backup or mend the cell",
        zh=f"列 {column} 的内容 {text!r} 不是本程序所写：请恢复备份或更正",
        field=column,
    )
