"""What can be asked about findings (审查意见): those that wait, those that are decided, one; to decide."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.core.rules.finding import Outcome
from geoname.errors import (
    AmbiguousCodeError,
    ChangedSinceError,
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    UnauthenticatedError,
)
from geoname.faces.api.parameters import CodeScheme, Text, Within, says
from geoname.faces.api.private import PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.finding_answers import KeptFindingList, KeptFindingShown
from geoname.service.opened import Geoname

FindingId = Annotated[Text, says("审查意见标识", "id of a finding, as a check gave it")]
OnName = Annotated[Text | None, says("意见所在的登记地名标识", "id of the registered name it was found on")]
OnText = Annotated[
    Text | None, says("意见所在的拟用地名，须连同类别和所在", "the proposed name, with class and within")
]
OfClass = Annotated[
    Text | None, says("拟用地名的类别代码（GB/T 18521）", "feature class of the proposed name", alias="class")
]
Where_ = Annotated[Text | None, says("拟用地名所在区划的代码", "code of the division of the proposed name")]
Ruling = Annotated[
    Outcome,
    says("决定：overruled 可用，upheld 须改", "overruled: the name may stand; upheld: it must be changed"),
]
Why = Annotated[
    str, Field(min_length=1, max_length=2000), says("决定的理由，必填", "why it is decided so; required")
]
Earlier = Annotated[
    int | None,
    Field(ge=1),
    says("改定时，原决定的版本", "to decide anew: the version of the decision so far", alias="replaces"),
]
WhichFindings = Annotated[
    Literal["waiting", "decided"] | None,
    says("只要待定的或已定的", "only those that wait, or those that are decided"),
]


class FindingsQuery(Query):
    """Which findings."""

    state: WhichFindings = None
    within: Within = None
    scheme: CodeScheme = None


class FindingQuery(Query):
    """Which finding, and where it was seen if it is not kept yet."""

    id: FindingId
    name_id: OnName = None
    name: OnText = None
    feature_class: OfClass = None
    within: Where_ = None
    scheme: CodeScheme = None


class DecisionQuery(FindingQuery):
    """What is decided on which finding."""

    outcome: Ruling
    reason: Why
    version: Earlier = None


def _list(geoname: Geoname, asked: FindingsQuery, caller: Caller) -> KeptFindingList:
    from geoname.service.decide_finding import list_findings

    decided = None if asked.state is None else asked.state == "decided"
    return list_findings(geoname, decided, asked.within, asked.scheme, caller)


def _show(geoname: Geoname, asked: FindingQuery, caller: Caller) -> KeptFindingShown:
    from geoname.service.decide_finding import Where, show_finding

    where = Where(asked.name_id, asked.name, asked.feature_class, asked.within, asked.scheme)
    return show_finding(geoname, asked.id, where, caller)


def _decide(geoname: Geoname, asked: DecisionQuery, caller: Caller) -> KeptFindingShown:
    from geoname.service.decide_finding import Where, decide_finding

    where = Where(asked.name_id, asked.name, asked.feature_class, asked.within, asked.scheme)
    return decide_finding(geoname, asked.id, asked.outcome, asked.reason, where, caller, asked.version)


_ASKED = (InvalidInputError, UnauthenticatedError, ForbiddenError, NotFoundError, AmbiguousCodeError)

ROUTES = (
    PrivateRoute(
        path="/v1/findings",
        query=FindingsQuery,
        answer=KeptFindingList,
        ask=_list,
        zh="待定的和已定的审查意见",
        en="Findings that wait for a decision, and those that are decided",
        group="rules",
        command="findings list",
        needs=Role.READER,
        problems=_ASKED,
    ),
    PrivateRoute(
        path="/v1/findings/{id}",
        query=FindingQuery,
        answer=KeptFindingShown,
        ask=_show,
        zh="一条审查意见和对它的决定",
        en="One finding, with the decision on it",
        group="rules",
        command="findings show",
        needs=Role.READER,
        problems=_ASKED,
    ),
    PrivateRoute(
        path="/v1/findings/{id}/decision",
        query=DecisionQuery,
        answer=KeptFindingShown,
        ask=_decide,
        zh="对一条审查意见作出决定：可用或须改，写明理由；以后不再提出",
        en="Decide on a finding, with a reason; it is not asked for again",
        group="rules",
        command="findings decide",
        method="POST",
        needs=Role.OFFICER,
        problems=(*_ASKED, ConflictError, ChangedSinceError),
    ),
)
