"""What can be asked about names (地名): search, one name, its history, suggestions."""

from __future__ import annotations

from typing import Annotated

from geoname.core.register.token import Caller
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.faces.api.parameters import (
    Bbox,
    ClassCode,
    CodeScheme,
    Cursor,
    Day,
    Id,
    PageSize,
    Statuses,
    Text,
    Within,
    Words,
    says,
)
from geoname.faces.api.route import Query, Route
from geoname.service.find_names import Mode, NamePage, NameQuery, find_names
from geoname.service.opened import Geoname
from geoname.service.show_name import NameDetail, NameHistory, name_history, show_name
from geoname.service.suggest import Suggestions, suggest

SearchMode = Annotated[
    Mode | None,
    says(
        "查法：全等、开头、含有、近似、拼音；不写则依次试",
        "exact, prefix, contains, fuzzy or pinyin; each in turn when not given",
    ),
]


Inside = Annotated[
    Text | None,
    says(
        "只要此区划之内的，写代码；区划自身的名称不在其中",
        "only what lies in the division of this code; its own name is not among it",
    ),
]


class NamesQuery(Query):
    """Which names."""

    q: Words = ""
    mode: SearchMode = None
    feature_class: ClassCode = None
    within: Inside = None
    scheme: CodeScheme = None
    bbox: Bbox = None
    status: Statuses = ()
    on: Day = None
    limit: PageSize = 20
    cursor: Cursor = None


class NameIdQuery(Query):
    """Which name."""

    id: Id


class SuggestQuery(Query):
    """What was typed so far."""

    q: Words
    limit: PageSize = 10
    within: Within = None
    on: Day = None


def _find(geoname: Geoname, asked: NamesQuery, caller: Caller) -> NamePage:
    return find_names(
        geoname,
        NameQuery(
            asked.q,
            asked.mode,
            asked.feature_class,
            asked.within,
            asked.scheme,
            asked.bbox,
            asked.status,
            asked.on,
            asked.limit,
            asked.cursor,
        ),
        caller.role,
    )


def _show(geoname: Geoname, asked: NameIdQuery, caller: Caller) -> NameDetail:
    return show_name(geoname, asked.id, caller.role)


def _history(geoname: Geoname, asked: NameIdQuery, caller: Caller) -> NameHistory:
    return name_history(geoname, asked.id, caller.role)


def _suggest(geoname: Geoname, asked: SuggestQuery, caller: Caller) -> Suggestions:
    return suggest(geoname, asked.q, asked.limit, asked.within, caller.role, asked.on)


ROUTES = (
    Route(
        path="/v1/names",
        query=NamesQuery,
        answer=NamePage,
        ask=_find,
        zh="查地名",
        en="Search the registered names",
        group="names",
        command="search",
        problems=(InvalidInputError, NotFoundError, AmbiguousCodeError),
    ),
    Route(
        path="/v1/names/{id}",
        query=NameIdQuery,
        answer=NameDetail,
        ask=_show,
        zh="一条地名的全部记录",
        en="One name with everything recorded of it",
        group="names",
        command="names show",
        problems=(InvalidInputError, NotFoundError),
    ),
    Route(
        path="/v1/names/{id}/history",
        query=NameIdQuery,
        answer=NameHistory,
        ask=_history,
        zh="一条地名的来历和改动",
        en="What happened to a name and to its record",
        group="names",
        command="names history",
        problems=(InvalidInputError, NotFoundError),
    ),
    Route(
        path="/v1/suggest",
        query=SuggestQuery,
        answer=Suggestions,
        ask=_suggest,
        zh="边输入边提示",
        en="Suggestions while typing",
        group="names",
        command="suggest",
        problems=(InvalidInputError, NotFoundError, AmbiguousCodeError),
    ),
)
