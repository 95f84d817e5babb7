"""What can be asked of the naming rules (命名审查): one name, proposed or registered."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import WithJsonSchema

from geoname.core.register.token import Caller
from geoname.core.rules.case import ExceptionKind
from geoname.core.validity.partial_date import parse_day
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.faces.api.parameters import CodeScheme, Text, Words, by_core, says
from geoname.faces.api.route import Query, Route
from geoname.service.opened import Geoname
from geoname.service.rule_answers import CheckShown

ProposedText = Annotated[Words, says("要审查的地名", "the name to be checked", min_length=1)]
ClassOfName = Annotated[
    Text,
    says(
        "地名类别代码（GB/T 18521），如 21800 街路巷",
        "feature class (GB/T 18521), such as 21800",
        alias="class",
    ),
]
Where = Annotated[
    Text | None, says("地名所在的区划，写代码", "the division that holds, or shall hold, the name: its code")
]
Spelling = Annotated[Text, says("要审查的罗马字母拼写", "the spelling to be checked")]
Registered = Annotated[
    bool, says("不是新名，而是已登记的地名", "not a proposal, but a name that is registered already")
]
ApprovedOn = Annotated[
    date | None,
    by_core(parse_day),
    WithJsonSchema({"type": "string", "format": "date"}),
    says("批准日期，YYYY-MM-DD", "the day of its approval, YYYY-MM-DD"),
]
Claimed = Annotated[ExceptionKind | None, says("主张的例外", "the exception that is claimed")]
Reason = Annotated[Text, says("主张例外的理由", "the reason for the exception")]
Area = Annotated[float | None, says("占地面积，平方米", "area in square metres", ge=0, allow_inf_nan=False)]
FloorArea = Annotated[
    float | None, says("总建筑面积，平方米", "floor area in square metres", ge=0, allow_inf_nan=False)
]
Length = Annotated[float | None, says("长度，米", "length in metres", ge=0, allow_inf_nan=False)]
Buildings = Annotated[int | None, says("建筑栋数", "number of buildings", ge=0)]
Publishing = Annotated[
    bool, says("拼写即将公布：拼写问题按阻止计", "the spelling is about to be published: its faults block")
]


class CheckNameQuery(Query):
    """One name, and what its proposer tells of it."""

    name: ProposedText
    feature_class: ClassOfName
    within: Where = None
    scheme: CodeScheme = None
    romanization: Spelling = ""
    registered: Registered = False
    approved_on: ApprovedOn = None
    exception: Claimed = None
    exception_reason: Reason = ""
    area_m2: Area = None
    floor_area_m2: FloorArea = None
    length_m: Length = None
    buildings: Buildings = None
    publishing: Publishing = False


def _check(geoname: Geoname, asked: CheckNameQuery, caller: Caller) -> CheckShown:
    # The rules are ninety files, which only this question needs.
    from geoname.service.check_name import CheckQuery, check

    return check(geoname, CheckQuery(**dict(asked)), caller.role)


ROUTES = (
    Route(
        path="/v1/check",
        query=CheckNameQuery,
        answer=CheckShown,
        ask=_check,
        zh="按命名规则审查一个地名，每条意见注明依据",
        en="A name against the naming rules, each finding with its citation",
        group="rules",
        command="check",
        method="POST",
        problems=(InvalidInputError, NotFoundError, AmbiguousCodeError),
    ),
)
