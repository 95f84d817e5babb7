"""The kinds of parameter (参数类型) that routes share, each with its check and its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from geoname.core.coordinates.crs import Crs, parse_crs
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import DivisionKind, Level
from geoname.core.register.name import NameStatus
from geoname.core.validity.partial_date import parse_day
from geoname.errors import InvalidInputError
from geoname.faces.api.wording import word
from geoname.settings import Limits

Read = TypeVar("Read")
Box = tuple[float, float, float, float]


def says(zh: str, en: str, **more: Any) -> Any:  # noqa: ANN401 - what pydantic's Field gives
    """A field with its description in both languages."""
    return Field(description=zh, json_schema_extra={"x-en": en, **more.pop("extra", {})}, **more)


def fault(kind: str, **values: object) -> PydanticCustomError:
    """A validation error in the words of the table."""
    en, zh = word(kind, **values)
    return PydanticCustomError("said", "{en}", {"en": en, "zh": zh})


def by_core(parse: Callable[[str], Read]) -> BeforeValidator:
    """A validator that reads text as the core does and keeps its words."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except InvalidInputError as error:
            raise PydanticCustomError("said", "{en}", {"en": error.message, "zh": error.zh}) from None

    return BeforeValidator(read)


def _short_enough(value: str, info: ValidationInfo) -> str:
    most = info.context.query_length if isinstance(info.context, Limits) else Limits().query_length
    if len(value) > most:
        en, zh = word("string_too_long", max_length=most)
        raise PydanticCustomError("said", "{en}", {"en": en, "zh": zh})
    return value


def whole_characters(value: str) -> str:
    """The text itself, unless it holds NUL or half a character."""
    if "\0" in value:
        raise fault("nul")
    if any("\ud800" <= mark <= "\udfff" for mark in value):
        raise fault("string_unicode")
    return value


def _page(value: int, info: ValidationInfo) -> int:
    most = info.context.page_size if isinstance(info.context, Limits) else Limits().page_size
    if value > most:
        en, zh = word("less_than_equal", le=most)
        raise PydanticCustomError("said", "{en}", {"en": en, "zh": zh})
    return value


def _batch(value: object, info: ValidationInfo) -> object:
    most = info.context.batch_points if isinstance(info.context, Limits) else Limits().batch_points
    if isinstance(value, list) and len(value) > most:
        raise fault("too_many", count=len(value), most=most)
    return value


def _box(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise fault("bbox") from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise fault("bbox")
    return west, south, east, north


def listed(value: object) -> object:
    """Several values, each of which may hold some with commas between them."""
    given = [value] if isinstance(value, str) else value
    if isinstance(given, list) and all(isinstance(one, str) for one in given):
        return [part for one in given for part in one.split(",")]
    return value


LIMITS_IN_SCHEMA = {
    "query_length": "maxLength",
    "page_size": "maximum",
    "batch_points": "maxItems",
    "match_items": "maxItems",
}
"""Which keyword of a schema states which limit."""

Text = Annotated[str, Field(max_length=200), AfterValidator(whole_characters)]
"""A text that the service itself gave, such as a code or a cursor: no setting makes it too long."""
Words = Annotated[
    str,
    AfterValidator(_short_enough),
    AfterValidator(whole_characters),
    says("要查的文字", "the text to look for", extra={"x-limit": "query_length"}),
]
Id = Annotated[Text, says("地名标识", "id of a name")]
CodeText = Annotated[Text, says("区划代码，2、4、6、9 或 12 位", "division code of 2, 4, 6, 9 or 12 digits")]
Within = Annotated[Text | None, says("只要此区划之内的，写代码", "only within the division of this code")]
Cursor = Annotated[Text | None, says("上一页给出的游标", "cursor that the page before gave")]
ClassCode = Annotated[
    Text | None, says("地名类别代码（GB/T 18521）", "feature class (GB/T 18521)", alias="class")
]
PageSize = Annotated[
    int,
    Field(ge=1),  # before the validator, or the schema could not tell it
    AfterValidator(_page),
    says("最多给出多少条", "most items to give", extra={"x-limit": "page_size"}),
]
Longitude = Annotated[float, says("经度，度", "longitude in degrees", ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, says("纬度，度", "latitude in degrees", ge=-90, le=90, allow_inf_nan=False)]
Degrees = Annotated[
    list[Annotated[float, Field(strict=True, allow_inf_nan=False)]],
    BeforeValidator(_batch),
    says("度数一列", "a column of degrees", extra={"x-limit": "batch_points"}),
]
System = Annotated[
    Crs,
    by_core(parse_crs),
    WithJsonSchema({"type": "string", "enum": [*Crs]}),
    says("输入坐标的坐标系", "reference system of the input"),
]
Day = Annotated[
    date | None,
    by_core(parse_day),
    WithJsonSchema({"type": "string", "format": "date"}),
    says("按哪一天回答，YYYY-MM-DD", "the day to answer for, YYYY-MM-DD"),
]
Bbox = Annotated[
    Box | None,
    BeforeValidator(_box),
    WithJsonSchema({"type": "string", "examples": ["106.5,26.4,106.9,26.8"]}),
    says("范围：西,南,东,北（度）", "box: west,south,east,north in degrees"),
]
CodeScheme = Annotated[Scheme | None, says("代码体系", "code scheme")]
DivisionLevel = Annotated[Level | None, says("区划层级", "level of the divisions")]
Kind = Annotated[DivisionKind | None, says("区划类型", "kind of division")]
Statuses = Annotated[
    tuple[NameStatus, ...],
    BeforeValidator(listed),
    says("地名状态，可多个", "status of the name, several with commas"),
]
