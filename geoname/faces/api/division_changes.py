"""What became of divisions, and changes of divisions (区划沿革与变更)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, WithJsonSchema

from geoname.core.register.token import Caller
from geoname.core.validity.partial_date import parse_day
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.faces.api.parameters import CodeScheme, CodeText, by_core, fault, says
from geoname.faces.api.route import Query, Route
from geoname.service.opened import Geoname
from geoname.service.succession import (
    CodeAsked,
    SuccessorsOfMany,
    SuccessorsShown,
    successors,
    successors_of_many,
)
from geoname.settings import Limits

_DAY = WithJsonSchema({"type": "string", "format": "date"})
FromDay = Annotated[
    date,
    by_core(parse_day),
    _DAY,
    says("代码在哪一天的所指，YYYY-MM-DD", "the day on which the code meant it", alias="from"),
]
ToDay = Annotated[
    date,
    by_core(parse_day),
    _DAY,
    says("到哪一天，可早于起日，YYYY-MM-DD", "until which day, which may be earlier", alias="to"),
]


def _few_enough(value: object, info: ValidationInfo) -> object:
    most = info.context.match_items if isinstance(info.context, Limits) else Limits().match_items
    if isinstance(value, list) and len(value) > most:
        raise fault("too_many", count=len(value), most=most)
    return value


class SuccessorsQuery(Query):
    """One code and two days."""

    code: CodeText
    from_day: FromDay
    to_day: ToDay
    scheme: CodeScheme = None


class AskedCode(BaseModel):
    """One of many codes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: CodeText
    scheme: CodeScheme = None


AskedCodes = Annotated[
    list[AskedCode],
    BeforeValidator(_few_enough),
    says("要查的各代码", "the codes to ask about", extra={"x-limit": "match_items"}),
]


class ManySuccessorsQuery(Query):
    """Many codes between the same two days."""

    items: AskedCodes
    from_day: FromDay
    to_day: ToDay


def _one(geoname: Geoname, asked: SuccessorsQuery, _caller: Caller) -> SuccessorsShown:
    return successors(geoname, CodeAsked(asked.code, asked.from_day, asked.to_day, asked.scheme))


def _many(geoname: Geoname, asked: ManySuccessorsQuery, _caller: Caller) -> SuccessorsOfMany:
    return successors_of_many(
        geoname, [CodeAsked(one.code, asked.from_day, asked.to_day, one.scheme) for one in asked.items]
    )


ROUTES = (
    Route(
        path="/v1/divisions/{code}/successors",
        query=SuccessorsQuery,
        answer=SuccessorsShown,
        ask=_one,
        zh="一个代码在两日之间的去向或来历",
        en="What a code became between two days, forwards or backwards",
        group="divisions",
        command="divisions successors",
        problems=(InvalidInputError, NotFoundError, AmbiguousCodeError),
    ),
    Route(
        path="/v1/successors",
        query=ManySuccessorsQuery,
        answer=SuccessorsOfMany,
        ask=_many,
        zh="许多代码在两日之间的去向，按原次序",
        en="What each of many codes became between two days, in their order",
        group="divisions",
        command="divisions successors --items",
        method="POST",
    ),
)
