"""The kinds of parameter (参数类型) that the routes of joint inspections share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from geoname.core.inspections.field_record import Presence, ReferenceCheck
from geoname.core.inspections.stages import Document
from geoname.core.register.token import Caller
from geoname.core.validity.partial_date import parse_day
from geoname.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    OutOfOrderError,
    UnauthenticatedError,
)
from geoname.faces.api.parameters import Text, by_core, fault, says
from geoname.faces.api.route import Query
from geoname.service.inspect_boundary import Asked, PaperGiven

MOST_TEXT = 4000
MOST_ITEMS = 500


def _whole(value: str) -> str:
    if "\0" in value:
        raise fault("nul")
    if any("\ud800" <= mark <= "\udfff" for mark in value):
        raise fault("string_unicode")
    return value


LongText = Annotated[str, Field(max_length=MOST_TEXT), AfterValidator(_whole)]
CaseId = Annotated[Text, says("联检标识", "id of an inspection")]
Side = Annotated[
    Text | None,
    says("代表哪一方，写其代码；令牌只能代表自己一方", "code of the side acted for; its own for a token"),
]
Actor = Annotated[Text | None, says("经办人姓名", "name of the person who acts")]
Why = Annotated[LongText, says("理由", "the reason")]
Given = Annotated[
    date | None,
    by_core(parse_day),
    WithJsonSchema({"type": "string", "format": "date"}),
    says("何日办理，YYYY-MM-DD；不写则为今日", "the day it was done, YYYY-MM-DD; today when not given"),
]
SideCode = Annotated[Text, says("一方的代码", "code of a side")]


def _apart(names: tuple[str, ...], separator: str = ":") -> Callable[[object], object]:
    """Reads `CODE:NAME` of a command line into the object that a body writes out."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = value.replace("：", separator).split(separator, len(names) - 1)
        return dict(zip(names, parts, strict=False))

    return read


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PresentPart(_Part):
    """Somebody who was there."""

    side: SideCode
    name: Annotated[Text, says("姓名", "name")]

    def value(self) -> Presence:
        """As records keep it."""
        return Presence(self.side, self.name)


class ReferencePart(_Part):
    """A reference object as it was found."""

    name: Annotated[Text, says("方位物", "the object")]
    azimuth: Annotated[
        float | None, says("坐标方位角，度", "azimuth in degrees", ge=0, le=360, allow_inf_nan=False)
    ] = None
    distance_m: Annotated[
        float | None, says("距离，米", "distance in metres", ge=0, le=100_000, allow_inf_nan=False)
    ] = None
    changed: Annotated[bool, says("是否变化", "whether it changed")] = False

    def value(self) -> ReferenceCheck:
        """As records keep it."""
        return ReferenceCheck(self.name, self.azimuth, self.distance_m, self.changed)


class PaperPart(_Part):
    """A paper handed in."""

    kind: Annotated[Document, says("材料种类", "kind of paper")]
    title: Annotated[Text, says("标题", "title")]
    number: Annotated[Text, says("文号或回执号", "number of the document or receipt")] = ""
    text: Annotated[LongText, says("内容", "its text")] = ""
    attachment: Annotated[Text, says("附件的 SHA-256", "SHA-256 of the attachment")] = ""

    def value(self) -> PaperGiven:
        """As the service takes it."""
        return PaperGiven(self.kind, self.title, self.number, self.text, self.attachment)


def _few(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise fault("list_type")
    if len(value) > MOST_ITEMS:
        raise fault("too_many", count=len(value), most=MOST_ITEMS)
    return value


Few = BeforeValidator(_few)
"""At most 500 of a list."""


Present = Annotated[
    tuple[Annotated[PresentPart, BeforeValidator(_apart(("side", "name")))], ...],
    Few,
    says("在场人员，每人写作“代码：姓名”", "who was present, each as CODE:NAME"),
]
References = Annotated[
    tuple[Annotated[ReferencePart, BeforeValidator(_apart(("name", "azimuth", "distance_m")))], ...],
    Few,
    says("方位物，每个写作“名称：方位角：距离”", "reference objects, each as NAME:AZIMUTH:DISTANCE"),
]
Papers = Annotated[
    tuple[Annotated[PaperPart, BeforeValidator(_apart(("kind", "title", "number")))], ...],
    Few,
    says("随附材料，每份写作“种类：标题：文号”", "papers handed in, each as KIND:TITLE:NUMBER"),
]
SideCodes = Annotated[tuple[Text, ...], Few, says("各方代码", "codes of sides")]
Photos = Annotated[tuple[Text, ...], Few, says("照片附件的 SHA-256", "SHA-256 of photographs")]


class CaseQuery(Query):
    """Which case."""

    id: CaseId


class ChangeQuery(CaseQuery):
    """A change to a case; its side, actor, version, day and reason, where it has them, say who makes it."""

    def made_by(self, caller: Caller) -> Asked:
        """Who asks for the change, for which side, on which day and why."""
        side, actor, version, day = (getattr(self, name, None) for name in ("side", "actor", "version", "on"))
        return Asked(caller, side, actor, version, day, getattr(self, "reason", ""))


SEEN = (InvalidInputError, UnauthenticatedError, ForbiddenError, NotFoundError)
CHANGED = (*SEEN, ConflictError, OutOfOrderError)
