"""Codes of another list beside those a division has (代码合并), in whatever order lists are loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from geoname.core.divisions.code import Code
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period


def merged_codes(codes: Iterable[Code], more: Iterable[Code]) -> tuple[Code, ...]:
    """The codes with others added: the same code of the same scheme once, with all that is known of it."""
    found: dict[tuple[str, str], Code] = {}
    for code in (*codes, *more):
        key = code.scheme, code.code
        found[key] = _both(found[key], code) if key in found else code
    return tuple(found.values())


def other_code(codes: Iterable[Code], listed: Code) -> Code | None:
    """The code in force that another list of the same scheme gives, None when none differs."""
    return next(
        (
            code
            for code in codes
            if code.scheme is listed.scheme and code.code != listed.code and code.period.end is None
        ),
        None,
    )


def succeeded_code(before: Code, listed: Code) -> Code | None:
    """The earlier code, ended by the list that gives another one; None when no year can be told for it.

    Lists are of the end of a year: what stood in one and not in the next ended in the year of the next.
    """
    if before.as_of is None or listed.as_of is None or not is_newer(listed, before):
        return None
    if listed.as_of.year - before.as_of.year > 1:
        return None
    end = PartialDate.parse(str(listed.as_of.year))
    return replace(before, period=replace(before.period, end=end))


def is_newer(one: Code, other: Code) -> bool:
    """Whether a code stands in a later list than another; a code of no list is older than any."""
    return (one.as_of or date.min) > (other.as_of or date.min)


def _both(one: Code, other: Code) -> Code:
    period = Period(
        one.period.start if one.period.start is not None else other.period.start,
        one.period.end if one.period.end is not None else other.period.end,
        _earlier(one.period.known_on, other.period.known_on),
    )
    days = [day for day in (one.as_of, other.as_of) if day is not None]
    return Code(one.scheme, one.code, max(days, default=None), period)


def _earlier(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days, default=None)
