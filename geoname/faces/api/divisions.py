"""What can be asked about administrative divisions (行政区划)."""

from __future__ import annotations

from geoname.core.register.token import Caller
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.faces.api.parameters import (
    Bbox,
    CodeScheme,
    CodeText,
    Cursor,
    Day,
    DivisionLevel,
    Kind,
    PageSize,
    Within,
    Words,
)
from geoname.faces.api.route import Query, Route
from geoname.service.browse_divisions import (
    DivisionHistory,
    DivisionShown,
    NeighbourList,
    division_history,
    neighbours,
    show_division,
)
from geoname.service.list_divisions import DivisionPage, DivisionQuery, children, list_divisions
from geoname.service.opened import Geoname


class DivisionsQuery(Query):
    """Which divisions."""

    level: DivisionLevel = None
    within: Within = None
    kind: Kind = None
    q: Words = ""
    on: Day = None
    scheme: CodeScheme = None
    bbox: Bbox = None
    limit: PageSize = 100
    cursor: Cursor = None


class DivisionCodeQuery(Query):
    """Which division, and on which day."""

    code: CodeText
    scheme: CodeScheme = None
    on: Day = None


def _list(geoname: Geoname, asked: DivisionsQuery, _caller: Caller) -> DivisionPage:
    return list_divisions(
        geoname,
        DivisionQuery(
            asked.level,
            asked.within,
            asked.kind,
            asked.q or None,
            asked.on,
            asked.scheme,
            asked.bbox,
            asked.limit,
            asked.cursor,
        ),
    )


def _show(geoname: Geoname, asked: DivisionCodeQuery, _caller: Caller) -> DivisionShown:
    return show_division(geoname, asked.code, asked.scheme, asked.on)


def _children(geoname: Geoname, asked: DivisionCodeQuery, _caller: Caller) -> DivisionPage:
    return children(geoname, asked.code, asked.scheme, asked.on)


def _neighbours(geoname: Geoname, asked: DivisionCodeQuery, _caller: Caller) -> NeighbourList:
    return neighbours(geoname, asked.code, asked.scheme, asked.on)


def _history(geoname: Geoname, asked: DivisionCodeQuery, _caller: Caller) -> DivisionHistory:
    return division_history(geoname, asked.code, asked.scheme, asked.on)


_PROBLEMS = (InvalidInputError, NotFoundError, AmbiguousCodeError)

ROUTES = (
    Route(
        path="/v1/divisions",
        query=DivisionsQuery,
        answer=DivisionPage,
        ask=_list,
        zh="列出区划",
        en="List divisions",
        group="divisions",
        command="divisions list",
        problems=_PROBLEMS,
    ),
    Route(
        path="/v1/divisions/{code}",
        query=DivisionCodeQuery,
        answer=DivisionShown,
        ask=_show,
        zh="一个区划",
        en="One division",
        group="divisions",
        command="divisions show",
        problems=_PROBLEMS,
    ),
    Route(
        path="/v1/divisions/{code}/children",
        query=DivisionCodeQuery,
        answer=DivisionPage,
        ask=_children,
        zh="下一级区划",
        en="The divisions right below",
        group="divisions",
        command="divisions children",
        problems=_PROBLEMS,
    ),
    Route(
        path="/v1/divisions/{code}/neighbours",
        query=DivisionCodeQuery,
        answer=NeighbourList,
        ask=_neighbours,
        zh="相邻区划和共有界线",
        en="The divisions that share a line, with its length",
        group="divisions",
        command="divisions neighbours",
        problems=_PROBLEMS,
    ),
    Route(
        path="/v1/divisions/{code}/history",
        query=DivisionCodeQuery,
        answer=DivisionHistory,
        ask=_history,
        zh="区划沿革",
        en="Its codes and the events that changed it",
        group="divisions",
        command="divisions history",
        problems=_PROBLEMS,
    ),
)
