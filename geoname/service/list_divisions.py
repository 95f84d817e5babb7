"""Divisions asked for as lists: by level, kind, name and place in the tree, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from geoname.core.divisions.code import parse_scheme
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.validity.period import Held
from geoname.errors import InvalidInputError
from geoname.service.browse_divisions import DivisionShown, find_division, shown
from geoname.service.cursor import read_cursor, write_cursor
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class DivisionQuery:
    """What to list; None asks for no restriction. `bbox` is west, south, east, north in degrees, WGS 84."""

    level: str | None = None
    within: str | None = None
    kind: str | None = None
    q: str | None = None
    on: date | None = None
    scheme: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    limit: int = 100
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class DivisionPage:
    """One page, and the cursor of the next."""

    items: tuple[DivisionShown, ...]
    next_cursor: str | None


def list_divisions(geoname: Geoname, query: DivisionQuery) -> DivisionPage:
    """The divisions that fit, from the top of the tree down, in order of code."""
    index = geoname.live()
    level = _one_of(query.level, Level, "level")
    kind = _one_of(query.kind, DivisionKind, "kind")
    scheme = parse_scheme(query.scheme) if query.scheme else None
    boxed = index.boundaries.divisions_in_box(query.bbox) if query.bbox else None
    start = read_cursor(query.cursor, _question(query), index.generation)
    found: list[DivisionShown] = []
    for position in _positions(index, query, start):
        division = _state(index, position, query.on)
        if (
            division is None
            or (level and division.level is not level)
            or (kind and division.kind is not kind)
        ):
            continue
        if query.q and query.q not in division.name:
            continue
        if scheme and all(code.scheme is not scheme for code in division.codes):
            continue
        if boxed is not None and division.id not in boxed:
            continue
        if len(found) == query.limit:
            return DivisionPage(tuple(found), write_cursor(position, _question(query), index.generation))
        found.append(shown(index, division, query.on))
    return DivisionPage(tuple(found), None)


def _positions(index: LiveIndex, query: DivisionQuery, start: int) -> Sequence[int]:
    """The positions to look at, from `start` on: what lies within, or lay there on the day asked about."""
    if not query.within:
        return range(start, len(index.atlas))
    holder = find_division(index, query.within, query.scheme, query.on, field="within").division.id
    if query.on is None:
        low, high = index.atlas.span(holder)
        return range(max(low, start), high)
    then = map(index.atlas.position, index.atlas.within(holder, query.on))
    return sorted(position for position in then if position >= start)


def children(geoname: Geoname, code: str, scheme: str | None = None, on: date | None = None) -> DivisionPage:
    """The divisions right below one, in order of code."""
    index = geoname.live()
    parent = find_division(index, code, scheme, on).division
    below = index.atlas.children(parent.id, on)
    return DivisionPage(tuple(shown(index, division, on) for division in below), None)


def _state(index: LiveIndex, position: int, on: date | None) -> Division | None:
    id_ = index.atlas.at(position).id
    state, held = index.atlas.state_on(id_, on)
    return None if held is Held.NO else state


def _question(query: DivisionQuery) -> str:
    parts = (query.level, query.within, query.kind, query.q, query.on, query.scheme, query.bbox)
    return "divisions:" + repr(parts)


def _one_of(text: str | None, choices: type[Choice], field: str) -> Choice | None:
    if not text:
        return None
    try:
        return choices(text)
    except ValueError:
        known = ", ".join(choices)
        raise InvalidInputError(
            f"{text!r} is no {field}: use one of {known}",
            zh=f"{field} 不能是 {text!r}：请用 {known} 之一",
            field=field,
        ) from None
