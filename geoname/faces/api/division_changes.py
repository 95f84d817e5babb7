"""What became of divisions, and changes of divisions (区划沿革与变更)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema

from geoname.core.divisions.changes import Operation
from geoname.core.divisions.division import DivisionKind
from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.core.rules.procedure_cases import Approver
from geoname.core.validity.partial_date import parse_day
from geoname.errors import (
    AmbiguousCodeError,
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    UnauthenticatedError,
)
from geoname.faces.api.parameters import CodeScheme, CodeText, Text, by_core, fault, says
from geoname.faces.api.private import PrivateRoute
from geoname.faces.api.route import Query, Route
from geoname.service.change_divisions_answers import ChangeList, DivisionChangeShown
from geoname.service.change_divisions_request import BoundaryAsked, ChangeAsked, SeatAsked, ToAsked
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


OperationAsked = Annotated[Operation, says("变更种类", "the operation")]
Document = Annotated[Text, says("批准文号，如 黔府函〔2021〕27号", "number of the document of approval")]
Authority = Annotated[Text, says("批准机关的名称", "the name of the government that approved")]
ApproverKind = Annotated[
    Approver | None,
    says(
        "批准机关的种类；不写则由名称看出",
        "kind of the government that approved; told by its name if not given",
    ),
]
Wording = Annotated[Text, says("批复的措辞，如 撤镇设街道", "the wording of the document")]
Sentence = Annotated[
    Text, says("批复中的结果表述，如 全区辖9个街道、4个镇", "the sentence of the result in the document")
]
ApprovedOn = Annotated[date, by_core(parse_day), _DAY, says("批准日期", "the day of the approval")]
EffectiveOn = Annotated[
    date | None,
    by_core(parse_day),
    _DAY,
    says("生效日期；不写则为批准日期", "the day it takes effect; that of the approval if not given"),
]
AnnouncedOn = Annotated[date | None, by_core(parse_day), _DAY, says("公告日期", "the day it was announced")]
FromCodes = Annotated[
    tuple[Text, ...],
    Field(max_length=200),
    says(
        "变更前的乡级或县级区划，写代码，同为一级",
        "the townships or counties before, by their codes, all of one level",
        alias="from",
    ),
]
DryRun = Annotated[bool, says("只预演，不办理", "show what it does, and do nothing")]
Villages = Annotated[
    tuple[Text, ...] | None,
    Field(max_length=2000),
    says("归入此乡级区划的村（居），写代码或名称", "the villages that go to this township, by code or name"),
]
Townships = Annotated[
    tuple[Text, ...] | None,
    Field(max_length=500),
    says("归入此县级区划的乡级区划，写代码或名称", "the townships that go to this county, by code or name"),
]
ChangeId = Annotated[Text, says("变更标识", "id of the change")]


class ToBody(BaseModel):
    """A township or county as it shall be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[Text | None, says("名称", "its name")] = None
    kind: Annotated[DivisionKind | None, says("类型；不写则由名称看出", "its kind; told by its name")] = None
    code: Annotated[
        Text | None,
        says("现行区划的代码，或要给的新代码；不写则按规则拟定", "code of one in force, or the code to give"),
    ] = None
    parent: Annotated[Text | None, says("所属上级区划的代码", "code of the division it lies in")] = None
    villages: Villages = None
    townships: Townships = None


class SeatBody(BaseModel):
    """A seat that moves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    from_village: Annotated[
        Text, says("迁出的村（居）；县级为乡级区划", "the village, or township, it leaves", alias="from")
    ]
    to_village: Annotated[
        Text, says("迁入的村（居）；县级为乡级区划", "the village, or township, it goes to", alias="to")
    ]


class BoundaryBody(BaseModel):
    """Whether the boundary moves, and which papers there are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    moved: Annotated[bool, says("界线是否变动", "whether the boundary moves")] = False
    papers: Annotated[
        tuple[Text, ...],
        Field(max_length=20),
        says("已有的材料：survey、markers、agreement、filing", "papers: survey, markers, agreement, filing"),
    ] = ()
    note: Annotated[Text, says("界线变动的说明", "a note on the boundary")] = ""


class ChangeBody(Query):
    """One change of townships or counties."""

    operation: OperationAsked
    document: Document
    authority: Authority
    approved_on: ApprovedOn
    from_codes: FromCodes = ()
    to: Annotated[tuple[ToBody, ...], Field(max_length=200), says("变更后的区划", "the divisions after")] = ()
    scheme: CodeScheme = None
    effective_on: EffectiveOn = None
    announced_on: AnnouncedOn = None
    wording: Wording = ""
    sentence: Sentence = ""
    approver: ApproverKind = None
    seat: Annotated[SeatBody | None, says("驻地迁移", "a seat that moves")] = None
    boundary: Annotated[BoundaryBody, says("界线变动", "a boundary that moves")] = BoundaryBody()
    dry_run: DryRun = False


class ChangesQuery(Query):
    """Every change that was done here."""


class ChangeQuery(Query):
    """Which change."""

    id: ChangeId


class CompletionBody(Query):
    """Which change, and when it was completed."""

    id: ChangeId
    on: Annotated[date, by_core(parse_day), _DAY, says("完成日期，YYYY-MM-DD", "the day it was completed")]


class ExtensionBody(Query):
    """Which change, and by which leave it may take longer."""

    id: ChangeId
    document: Annotated[Text, says("批准延期的文号", "number of the document that allows it")]


def _change(geoname: Geoname, asked: ChangeBody, caller: Caller) -> DivisionChangeShown:
    # The rules are ninety files, which only this question needs.
    from geoname.service.change_divisions import change_divisions

    wanted = ChangeAsked(
        asked.operation,
        asked.document,
        asked.authority,
        asked.approved_on,
        asked.from_codes,
        tuple(
            ToAsked(one.name, one.kind, one.code, one.parent, one.villages, one.townships) for one in asked.to
        ),
        asked.scheme,
        asked.effective_on,
        asked.announced_on,
        asked.wording,
        asked.sentence,
        asked.approver,
        None if asked.seat is None else SeatAsked(asked.seat.from_village, asked.seat.to_village),
        BoundaryAsked(asked.boundary.moved, asked.boundary.papers, asked.boundary.note),
    )
    return change_divisions(geoname, wanted, caller, _actor(caller), dry_run=asked.dry_run)


def _undo(geoname: Geoname, asked: ChangeQuery, caller: Caller) -> dict[str, Any]:
    from geoname.service.change_divisions import undo_change

    return undo_change(geoname, asked.id, caller, _actor(caller))


def _complete(geoname: Geoname, asked: CompletionBody, caller: Caller) -> dict[str, Any]:
    from geoname.service.change_divisions import complete_change

    return complete_change(geoname, asked.id, asked.on, caller, _actor(caller))


def _extend(geoname: Geoname, asked: ExtensionBody, caller: Caller) -> dict[str, Any]:
    from geoname.service.change_divisions import extend_change

    return extend_change(geoname, asked.id, asked.document, caller, _actor(caller))


def _list(geoname: Geoname, _asked: ChangesQuery, _caller: Caller) -> ChangeList:
    from geoname.service.change_divisions import list_changes

    return list_changes(geoname)


def _show(geoname: Geoname, asked: ChangeQuery, _caller: Caller) -> dict[str, Any]:
    from geoname.service.change_divisions import show_change

    return show_change(geoname, asked.id)


def _actor(caller: Caller) -> str:
    return caller.actor if caller == KEEPER else f"token:{caller.token_id}"


_WHO = (InvalidInputError, UnauthenticatedError, ForbiddenError)

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
    PrivateRoute(
        path="/v1/division-changes",
        query=ChangesQuery,
        answer=ChangeList,
        ask=_list,
        zh="已办理的区划变更及其期限",
        en="Changes of divisions done here, with their deadlines",
        group="divisions",
        command="divisions changes",
        needs=Role.READER,
        problems=_WHO,
    ),
    PrivateRoute(
        path="/v1/division-changes",
        query=ChangeBody,
        answer=DivisionChangeShown,
        ask=_change,
        zh="预演或办理一次区划变更",
        en="Show what a change of divisions does, or do it",
        group="divisions",
        command="divisions change",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_WHO, NotFoundError, AmbiguousCodeError, ConflictError),
    ),
    PrivateRoute(
        path="/v1/division-changes/{id}",
        query=ChangeQuery,
        answer=DivisionChangeShown,
        ask=_show,
        zh="一次已办理的区划变更",
        en="One change of divisions done here",
        group="divisions",
        command="divisions show-change",
        needs=Role.READER,
        problems=(*_WHO, NotFoundError),
    ),
    PrivateRoute(
        path="/v1/division-changes/{id}/completion",
        query=CompletionBody,
        answer=DivisionChangeShown,
        ask=_complete,
        zh="记下区划变更完成的日期",
        en="Note the day on which a change of divisions was completed",
        group="divisions",
        command="divisions complete",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_WHO, NotFoundError, ConflictError),
    ),
    PrivateRoute(
        path="/v1/division-changes/{id}/extension",
        query=ExtensionBody,
        answer=DivisionChangeShown,
        ask=_extend,
        zh="记下批准区划变更延期六个月的文件",
        en="Note the document that gives a change of divisions six months more",
        group="divisions",
        command="divisions extend",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_WHO, NotFoundError, ConflictError),
    ),
    PrivateRoute(
        path="/v1/division-changes/{id}/undo",
        query=ChangeQuery,
        answer=DivisionChangeShown,
        ask=_undo,
        zh="撤回最近一次区划变更",
        en="Undo the newest change of divisions",
        group="divisions",
        command="divisions undo",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_WHO, NotFoundError, ConflictError),
    ),
)
