"""What can be done with names (命名办理): propose, record a step, correct, see what is due and by whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from geoname.core.coordinates.crs import Crs
from geoname.core.register.name import NameKind, Publication
from geoname.core.register.naming_lifecycle import NamingStep
from geoname.core.register.place import Exactness, Secrecy
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.core.rules.case import ExceptionKind
from geoname.core.rules.procedure_cases import Approver, Paper, RenamingCause
from geoname.core.validity.partial_date import parse_day
from geoname.errors import (
    AgainstRulesError,
    AmbiguousCodeError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    OutOfOrderError,
    UnauthenticatedError,
)
from geoname.faces.api.parameters import (
    CodeScheme,
    Day,
    Id,
    System,
    Text,
    Within,
    by_core,
    listed,
    says,
    whole_characters,
)
from geoname.faces.api.preconditions import Version
from geoname.faces.api.private import PrivateRoute
from geoname.faces.api.route import Query, Route
from geoname.service.list_deadlines import DeadlineList
from geoname.service.name_procedures_answers import MatrixShown, ProcedureShown
from geoname.service.opened import Geoname

Long = Annotated[str, Field(max_length=4000), AfterValidator(whole_characters)]
NewName = Annotated[Text, says("申请的地名", "the proposed name", min_length=1)]
OptionalName = Annotated[Text | None, says("更名后的新名", "the new name of a renaming")]
ClassOf = Annotated[
    Text | None, says("地名类别代码（GB/T 18521）", "feature class (GB/T 18521)", alias="class")
]
In = Annotated[Text | None, says("所在区划的代码", "code of the division that holds it")]
Why = Annotated[Long, says("理由", "the reason", min_length=1)]
OptionalWhy = Annotated[Long, says("理由；更名、销名必填", "the reason; a renaming or retirement needs one")]
Lon = Annotated[float | None, says("经度，度", "longitude in degrees", allow_inf_nan=False)]
Lat = Annotated[float | None, says("纬度，度", "latitude in degrees", allow_inf_nan=False)]
How = Annotated[Exactness, says("坐标的精度", "how exact the point is")]
Position = Annotated[Long, says("位置描述，公告用", "where it lies in words, for the announcement")]
Spelling = Annotated[Text, says("罗马字母拼写；不写则按规则拼出", "spelling; by the rules when not given")]
Origin = Annotated[Long, says("来历", "where the name comes from")]
Meaning = Annotated[Long, says("含义", "what the name means")]
Papers = Annotated[
    tuple[Paper, ...],
    BeforeValidator(listed),
    says("已提交的材料，可多个", "papers that were handed in, several"),
]
Replaces = Annotated[
    Text | None, says("要更改的地名的标识（更名申请）", "id of the name to be given up, for a renaming")
]
Cause = Annotated[RenamingCause | None, says("更名事由", "why the old name may be changed")]
Claimed = Annotated[ExceptionKind | None, says("主张的例外", "the exception that is claimed")]
ClaimReason = Annotated[Long, says("主张例外的理由", "the reason for the exception")]
HappenedOn = Annotated[
    date | None,
    by_core(parse_day),
    WithJsonSchema({"type": "string", "format": "date"}),
    says("哪一天，YYYY-MM-DD；不写则为今天", "the day, YYYY-MM-DD; today when not given"),
]
AcceptedOn = Annotated[
    date | None,
    by_core(parse_day),
    WithJsonSchema({"type": "string", "format": "date"}),
    says("备案被接收的日期", "the day on which the filing was accepted"),
]
Kind = Annotated[
    Literal["approve", "file", "announce", "rename", "retire"],
    says("事项：批准、备案、公告、更名、销名", "what was done"),
]
Authority = Annotated[Text, says("办理机关的名称", "the name of the organ that did it")]
ApproverKind = Annotated[Approver | None, says("批准机关的种类", "the kind of organ that approved")]
Document = Annotated[Text, says("文号", "the document's number")]
ApprovedSpelling = Annotated[Text, says("批准的拼写", "the spelling as it was approved")]
Successor = Annotated[Text | None, says("销名后承接的地名标识", "id of the name that took its place")]


class ProposeQuery(Query):
    """A name to be proposed."""

    name: NewName
    reason: Why
    feature_class: ClassOf = None
    within: In = None
    scheme: CodeScheme = None
    lon: Lon = None
    lat: Lat = None
    crs: System = Crs.WGS84
    exactness: How = Exactness.REPRESENTATIVE_POINT
    position: Position = ""
    romanization: Spelling = ""
    origin: Origin = ""
    meaning: Meaning = ""
    papers: Papers = ()
    replaces: Replaces = None
    cause: Cause = None
    exception: Claimed = None
    exception_reason: ClaimReason = ""
    on: HappenedOn = None


class EventQuery(Query):
    """What was done with which name."""

    id: Id
    kind: Kind
    on: HappenedOn = None
    authority: Authority = ""
    approver: ApproverKind = None
    document: Document = ""
    accepted_on: AcceptedOn = None
    papers: Papers = ()
    romanization: ApprovedSpelling = ""
    reason: OptionalWhy = ""
    successor: Successor = None
    name: OptionalName = None
    cause: Cause = None
    exception: Claimed = None
    exception_reason: ClaimReason = ""


class CorrectQuery(Query):
    """What is to stand in the record of which name from now on."""

    id: Id
    version: Version
    reason: Why
    name: Annotated[Text | None, says("地名（改正错字）", "the name, a slip of writing mended")] = None
    kind: Annotated[NameKind | None, says("名称种类", "what the name is to its place")] = None
    romanization: Annotated[Text | None, says("罗马字母拼写，经确认", "spelling, as a person confirmed")] = (
        None
    )
    name_language: Annotated[Text | None, says("语种", "language of the name")] = None
    minority_writing: Annotated[
        Text | None, says("少数民族文字", "the name in the minority language's script")
    ] = None
    publication: Annotated[Publication | None, says("公开与否", "whether the public sees it")] = None
    feature_class: ClassOf = None
    within: In = None
    scheme: CodeScheme = None
    lon: Lon = None
    lat: Lat = None
    crs: System = Crs.WGS84
    exactness: Annotated[Exactness | None, says("坐标的精度", "how exact the point is")] = None
    place_code: Annotated[Text | None, says("20 位地名代码", "the 20-digit place code")] = None
    secrecy: Annotated[Secrecy | None, says("坐标的公开程度", "who may see the point")] = None
    approved_by: Annotated[Text | None, says("批准机关的名称", "the organ that approved it")] = None
    approver: ApproverKind = None
    approved_on: Annotated[Text | None, says("批准日期，已知到哪一级写到哪一级", "day of approval")] = None
    document: Annotated[Text | None, says("批准文号", "number of the approval")] = None
    filed_on: Annotated[Text | None, says("报送备案日期", "day of the filing")] = None
    accepted_on: Annotated[Text | None, says("备案被接收的日期", "day the filing was accepted")] = None
    announced_on: Annotated[Text | None, says("公告日期", "day of the announcement")] = None
    origin: Annotated[Long | None, says("来历", "where the name comes from")] = None
    meaning: Annotated[Long | None, says("含义", "what the name means")] = None
    history: Annotated[Long | None, says("历史沿革", "the history of the place")] = None
    story: Annotated[Long | None, says("典故", "stories that are told of it")] = None
    description: Annotated[Long | None, says("实体概况、位置描述", "what the place is and where")] = None


class ProcedureQuery(Query):
    """Which name."""

    id: Id


class DeadlinesQuery(Query):
    """Which deadlines."""

    within: Within = None
    scheme: CodeScheme = None
    state: Annotated[
        tuple[Literal["late", "soon", "open"], ...],
        BeforeValidator(listed),
        says("逾期、将到期、未到期，可多个", "late, soon or open, several with commas"),
    ] = ()
    subject: Annotated[
        tuple[Literal["name", "line", "inspection", "division_change"], ...],
        BeforeValidator(listed),
        says(
            "地名、界线、联检或区划变更，可多个",
            "names, lines, joint inspections or changes of divisions, several with commas",
        ),
    ] = ()
    on: Day = None


class MatrixQuery(Query):
    """Which class."""

    feature_class: ClassOf = None


def _propose(geoname: Geoname, asked: ProposeQuery, caller: Caller) -> ProcedureShown:
    from geoname.service.name_procedures_place import Proposing
    from geoname.service.name_procedures_propose import propose_name

    return propose_name(geoname, Proposing(**dict(asked)), caller)


def _record(geoname: Geoname, asked: EventQuery, caller: Caller) -> ProcedureShown:
    from geoname.service.name_procedures_place import Proposing
    from geoname.service.name_procedures_step import take_step
    from geoname.service.name_procedures_taken import StepTaken

    renaming = None
    if asked.name is not None:
        renaming = Proposing(
            asked.name,
            asked.reason,
            romanization=asked.romanization,
            cause=asked.cause,
            exception=asked.exception,
            exception_reason=asked.exception_reason,
        )
    taken = StepTaken(
        NamingStep(asked.kind),
        asked.on,
        asked.authority,
        asked.approver,
        asked.document,
        asked.accepted_on,
        asked.papers,
        asked.romanization,
        asked.reason,
        asked.successor,
        renaming,
    )
    return take_step(geoname, asked.id, taken, caller)


def _correct(geoname: Geoname, asked: CorrectQuery, caller: Caller) -> ProcedureShown:
    from geoname.service.name_procedures_correct import FIELDS, Correction, correct_name

    correction = Correction(**{field: getattr(asked, field) for field in FIELDS})
    return correct_name(geoname, asked.id, correction, asked.reason, asked.version, caller)


def _procedure(geoname: Geoname, asked: ProcedureQuery, caller: Caller) -> ProcedureShown:
    from geoname.service.name_procedures import show_procedure

    return show_procedure(geoname, asked.id, caller)


def _deadlines(geoname: Geoname, asked: DeadlinesQuery, caller: Caller) -> DeadlineList:
    from geoname.service.list_deadlines import list_deadlines

    return list_deadlines(
        geoname,
        caller,
        within=asked.within,
        scheme=asked.scheme,
        states=asked.state,
        subjects=asked.subject,
        on=asked.on,
    )


def _matrix(geoname: Geoname, asked: MatrixQuery, _caller: Caller) -> MatrixShown:
    from geoname.service.name_procedures import show_matrix

    return show_matrix(geoname, asked.feature_class)


_ASKED = (InvalidInputError, UnauthenticatedError, ForbiddenError, NotFoundError)
_CHANGED = (*_ASKED, AmbiguousCodeError, AgainstRulesError)

ROUTES = (
    PrivateRoute(
        path="/v1/names",
        query=ProposeQuery,
        answer=ProcedureShown,
        ask=_propose,
        zh="申请命名或更名，按命名规则审查后登记为申请中",
        en="Propose a name, or a new name for one; checked against the naming rules",
        group="naming",
        command="names propose",
        method="POST",
        needs=Role.RECORDER,
        problems=_CHANGED,
        status=201,
        location="/v1/names/{id}",
    ),
    PrivateRoute(
        path="/v1/names/{id}",
        query=CorrectQuery,
        answer=ProcedureShown,
        ask=_correct,
        zh="更正一条地名的记录，留下经办人、理由和原值",
        en="Correct the record of a name; author, reason and what stood there are kept",
        group="naming",
        command="names correct",
        method="PATCH",
        needs=Role.RECORDER,
        problems=_CHANGED,
    ),
    PrivateRoute(
        path="/v1/names/{id}/events",
        query=EventQuery,
        answer=ProcedureShown,
        ask=_record,
        zh="记录批准、备案、公告、更名、销名",
        en="Record an approval, filing, announcement, renaming or retirement",
        group="naming",
        command="names record",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_CHANGED, OutOfOrderError),
        status=201,
        location="/v1/names/{id}",
    ),
    PrivateRoute(
        path="/v1/names/{id}/procedure",
        query=ProcedureQuery,
        answer=ProcedureShown,
        ask=_procedure,
        zh="一条地名办理到哪里、下一步和期限",
        en="Where a name stands, what may follow and what is due",
        group="naming",
        command="names procedure",
        needs=Role.READER,
        problems=_ASKED,
    ),
    PrivateRoute(
        path="/v1/deadlines",
        query=DeadlinesQuery,
        answer=DeadlineList,
        ask=_deadlines,
        zh="逾期、将到期和未到期的事项，注明依据",
        en="What is late, due soon or still open, with the law it rests on",
        group="naming",
        command="names deadlines",
        needs=Role.READER,
        problems=(*_ASKED, AmbiguousCodeError),
    ),
    Route(
        path="/v1/naming-matrix",
        query=MatrixQuery,
        answer=MatrixShown,
        ask=_matrix,
        zh="各类地名由谁批准、向谁备案、由谁公告、何时起算",
        en="Who approves, files and announces which kind of name, and from when the days run",
        group="naming",
        command="names matrix",
        problems=(InvalidInputError,),
    ),
)
