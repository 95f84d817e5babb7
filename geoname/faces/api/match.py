"""What can be asked of matching (地名匹配): one text, or many, to their standard names."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from geoname.core.coordinates.crs import Crs
from geoname.core.register.token import Caller
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.faces.api.parameters import (
    CodeScheme,
    Day,
    System,
    Text,
    Words,
    fault,
    says,
)
from geoname.faces.api.route import Query, Route
from geoname.service.match_names import MatchesShown, MatchItem, MatchShown, match_many, match_one
from geoname.service.opened import Geoname
from geoname.settings import Limits

WrittenText = Annotated[Words, says("要匹配的地名或地址", "the name or address to match")]
Inside = Annotated[
    Text | None, says("应在此区划之内，写代码", "the division in which the answer should lie: its code")
]
Lon = Annotated[
    float | None,
    says("所指之处的经度，度", "longitude of what is meant, degrees", ge=-180, le=180, allow_inf_nan=False),
]
Lat = Annotated[
    float | None,
    says("所指之处的纬度，度", "latitude of what is meant, degrees", ge=-90, le=90, allow_inf_nan=False),
]


def _few_enough(value: object, info: ValidationInfo) -> object:
    most = info.context.match_items if isinstance(info.context, Limits) else Limits().match_items
    if isinstance(value, list) and len(value) > most:
        raise fault("too_many", count=len(value), most=most)
    return value


class MatchQuery(Query):
    """A text, and hints."""

    text: WrittenText
    within: Inside = None
    scheme: CodeScheme = None
    lon: Lon = None
    lat: Lat = None
    crs: System = Crs.WGS84
    on: Day = None


class WrittenItem(BaseModel):
    """One of many texts with its hints."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: WrittenText
    within: Inside = None
    lon: Lon = None
    lat: Lat = None


Items = Annotated[
    list[WrittenItem],
    BeforeValidator(_few_enough),
    says("要匹配的各项", "the texts to match, each with its hints", extra={"x-limit": "match_items"}),
]


class MatchManyQuery(Query):
    """Many texts, each with its hints; system, scheme and day are the same for all."""

    items: Items
    scheme: CodeScheme = None
    crs: System = Crs.WGS84
    on: Day = None


def _one(geoname: Geoname, asked: MatchQuery, _caller: Caller) -> MatchShown:
    item = MatchItem(asked.text, asked.within, asked.lon, asked.lat)
    return match_one(geoname, item, asked.on, asked.crs, asked.scheme)


def _many(geoname: Geoname, asked: MatchManyQuery, _caller: Caller) -> MatchesShown:
    items = [MatchItem(one.text, one.within, one.lon, one.lat) for one in asked.items]
    return match_many(geoname, items, asked.on, asked.crs, asked.scheme)


_PROBLEMS = (InvalidInputError, NotFoundError, AmbiguousCodeError)

ROUTES = (
    Route(
        path="/v1/match",
        query=MatchQuery,
        answer=MatchShown,
        ask=_one,
        zh="不规范地名对应的标准地名，逐步说明",
        en="The standard name of a text as people write it, explained step by step",
        group="names",
        command="match",
        problems=_PROBLEMS,
    ),
    Route(
        path="/v1/match",
        query=MatchManyQuery,
        answer=MatchesShown,
        ask=_many,
        zh="许多文字各自对应的标准地名，按原次序",
        en="The standard name of each of many texts, in their order",
        group="names",
        command="match --items",
        method="POST",
        problems=_PROBLEMS,
    ),
)
