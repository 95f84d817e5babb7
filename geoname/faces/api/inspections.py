"""What can be asked about joint inspections (界线联检) as wholes: list, open, show, take a step, hand in."""

from __future__ import annotations

from typing import Annotated

from geoname.core.inspections.inspection import InspectionKind, Stretch, Trigger
from geoname.core.inspections.stages import Document, Stage, Step
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.faces.api.boundaries import LineId
from geoname.faces.api.inspection_parameters import (
    CHANGED,
    SEEN,
    Actor,
    CaseQuery,
    ChangeQuery,
    Given,
    LongText,
    Papers,
    Side,
    Why,
)
from geoname.faces.api.parameters import Cursor, PageSize, Text, Within, says
from geoname.faces.api.preconditions import Version, VersionIfTold
from geoname.faces.api.private import PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.inspect_boundary import (
    Asked,
    PaperGiven,
    add_paper,
    list_inspections,
    open_inspection,
    show_inspection,
    take_step,
)
from geoname.service.inspection_answers import InspectionPage, InspectionShown
from geoname.service.opened import Geoname

LineWanted = Annotated[Text | None, says("界线标识", "id of the line")]
Year = Annotated[int | None, says("年度", "year", ge=1990, le=2200)]
StageWanted = Annotated[Stage | None, says("所处阶段", "stage")]
LeadSide = Annotated[Text | None, says("牵头方代码；不写则轮换", "code of the leading side; taken in turn")]
Cause = Annotated[LongText, says("事由说明", "what happened")]
Marker = Annotated[Text | None, says("界桩编号", "number of a marker")]


class InspectionsQuery(Query):
    """Which inspections."""

    line: LineWanted = None
    year: Year = None
    stage: StageWanted = None
    within: Within = None
    limit: PageSize = 100
    cursor: Cursor = None


class LineInspectionsQuery(Query):
    """The inspections of which line."""

    id: LineId
    limit: PageSize = 100
    cursor: Cursor = None


class OpenQuery(Query):
    """A case to open."""

    line: Annotated[Text, says("界线标识", "id of the line", examples=["520102-520103"])]
    kind: Annotated[InspectionKind, says("定期或特别联检", "regular or special")] = InspectionKind.SPECIAL
    trigger: Annotated[Trigger | None, says("特别联检的事由", "what calls for a special inspection")] = None
    cause: Cause = ""
    from_marker: Marker = None
    to_marker: Marker = None
    year: Year = None
    lead: LeadSide = None
    third_side: Annotated[Text | None, says("三交点的第三方代码", "code of a third side at a tripoint")] = (
        None
    )
    parent: Annotated[Text | None, says("由哪次联检引出", "id of the inspection it came from")] = None
    on: Given = None
    side: Side = None
    actor: Actor = None


class StepQuery(ChangeQuery):
    """Which step with which case."""

    step: Annotated[Step, says("办理步骤", "the step")]
    version: Version
    papers: Papers = ()
    on: Given = None
    reason: Why = ""
    side: Side = None
    actor: Actor = None


class PaperQuery(ChangeQuery):
    """A paper for the file of a case."""

    kind: Annotated[Document, says("材料种类", "kind of paper")]
    title: Annotated[Text, says("标题", "title")]
    number: Annotated[Text, says("文号或回执号", "number of the document or receipt")] = ""
    text: Annotated[LongText, says("内容", "its text")] = ""
    attachment: Annotated[Text, says("附件的 SHA-256", "SHA-256 of the attachment")] = ""
    on: Given = None
    version: VersionIfTold = None
    side: Side = None
    actor: Actor = None


def _list(geoname: Geoname, asked: InspectionsQuery, caller: Caller) -> InspectionPage:
    return list_inspections(
        geoname, caller, asked.line, asked.year, asked.stage, asked.within, asked.limit, asked.cursor
    )


def _of_line(geoname: Geoname, asked: LineInspectionsQuery, caller: Caller) -> InspectionPage:
    return list_inspections(geoname, caller, asked.id, limit=asked.limit, cursor=asked.cursor)


def _open(geoname: Geoname, asked: OpenQuery, caller: Caller) -> InspectionShown:
    stretch = None
    if asked.from_marker or asked.to_marker:
        stretch = Stretch(asked.from_marker or "", asked.to_marker or "")
    return open_inspection(
        geoname,
        Asked(caller, asked.side, asked.actor, on=asked.on),
        asked.line,
        asked.kind,
        asked.year,
        asked.lead,
        asked.trigger,
        asked.cause,
        stretch,
        asked.third_side,
        asked.parent,
    )


def _show(geoname: Geoname, asked: CaseQuery, caller: Caller) -> InspectionShown:
    return show_inspection(geoname, caller, asked.id)


def _step(geoname: Geoname, asked: StepQuery, caller: Caller) -> InspectionShown:
    return take_step(
        geoname, asked.made_by(caller), asked.id, asked.step, [paper.value() for paper in asked.papers]
    )


def _paper(geoname: Geoname, asked: PaperQuery, caller: Caller) -> InspectionShown:
    who = asked.made_by(caller)
    given = PaperGiven(asked.kind, asked.title, asked.number, asked.text, asked.attachment)
    return add_paper(geoname, who, asked.id, given)


ROUTES = (
    PrivateRoute(
        path="/v1/inspections",
        query=InspectionsQuery,
        answer=InspectionPage,
        ask=_list,
        zh="本区划可见的联检，按年度和界线排列",
        en="The inspections that the token may see, by year and line",
        group="inspections",
        command="inspections list",
        needs=Role.READER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspections",
        query=OpenQuery,
        answer=InspectionShown,
        ask=_open,
        zh="提起一次联检：特定地段的特别联检，或计划外的定期联检",
        en="Open an inspection: a special one of a stretch, or a regular one outside a plan",
        group="inspections",
        command="inspections open",
        method="POST",
        needs=Role.OFFICER,
        problems=CHANGED,
        status=201,
        location="/v1/inspections/{id}",
    ),
    PrivateRoute(
        path="/v1/boundary-lines/{id}/inspections",
        query=LineInspectionsQuery,
        answer=InspectionPage,
        ask=_of_line,
        zh="一条界线的历次联检",
        en="The inspections of one line",
        group="inspections",
        command="inspections of-line",
        needs=Role.READER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}",
        query=CaseQuery,
        answer=InspectionShown,
        ask=_show,
        zh="一次联检：所处阶段、下一步、外业清单、材料",
        en="One inspection: where it stands, what comes next, field list, papers",
        group="inspections",
        command="inspections show",
        needs=Role.READER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/transitions",
        query=StepQuery,
        answer=InspectionShown,
        ask=_step,
        zh="办理一步；不具备条件时一并说明全部理由",
        en="Take a step; when it cannot be taken every reason is told",
        group="inspections",
        command="inspections advance",
        method="POST",
        version_in_body=True,
        needs=Role.OFFICER,
        problems=CHANGED,
    ),
    PrivateRoute(
        path="/v1/inspections/{id}/papers",
        query=PaperQuery,
        answer=InspectionShown,
        ask=_paper,
        zh="向案卷交一份材料",
        en="Put a paper into the file of a case",
        group="inspections",
        command="inspections paper",
        method="POST",
        version_in_body=True,
        needs=Role.RECORDER,
        problems=CHANGED,
        status=201,
    ),
)
