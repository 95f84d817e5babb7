"""What can be asked about the round as a whole (联检统筹): plans, progress, deadlines."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated

from pydantic import Field

from geoname.core.inspections.deadlines import Urgency
from geoname.core.inspections.plan import InspectionPlan
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError
from geoname.faces.api.inspection_parameters import CHANGED, SEEN, Given
from geoname.faces.api.parameters import Day, Within, says
from geoname.faces.api.private import Download, PrivateRoute
from geoname.faces.api.route import Query
from geoname.service.handing_in import ClosableBlocks
from geoname.service.inspection_deadlines import DeadlineList, deadline_calendar, list_deadlines
from geoname.service.inspection_progress import Progress, show_progress
from geoname.service.opened import Geoname
from geoname.service.plan_inspections import PlanList, adopt_plan, list_plans, preview_plan

Year = Annotated[int | None, says("年度", "year", ge=1990, le=2200)]
Standing = Annotated[Urgency | None, says("逾期、临近或以后", "late, soon or later")]
Until = Annotated[Day, says("只要此日之前的", "only those until this day")]


class PlansQuery(Query):
    """All plans; nothing to choose."""


class PlanQuery(Query):
    """The years to plan."""

    first_year: Annotated[
        int, Field(alias="from"), says("起始年度", "the first year", ge=1990, le=2200, alias="from")
    ]
    years: Annotated[int, says("几年", "how many years", ge=1, le=20)] = 5
    within: Within = None
    adopt: Annotated[
        bool, says("采用：保存计划并立案；不写则只试排", "keep it and open its cases; else only shown")
    ] = False
    on: Given = None


class ProgressQuery(Query):
    """Which lines, on which day."""

    within: Within = None
    year: Year = None
    on: Day = None


class DeadlinesQuery(Query):
    """Which deadlines."""

    within: Within = None
    urgency: Standing = None
    until: Until = None
    on: Day = None


def _plans(geoname: Geoname, _: PlansQuery, caller: Caller) -> PlanList:
    return list_plans(geoname, caller)


def _plan(geoname: Geoname, asked: PlanQuery, caller: Caller) -> InspectionPlan:
    if asked.adopt:
        return adopt_plan(geoname, caller, asked.first_year, asked.years, asked.within, asked.on)
    return preview_plan(geoname, caller, asked.first_year, asked.years, asked.within)


def _progress(geoname: Geoname, asked: ProgressQuery, _caller: Caller) -> Progress:
    return show_progress(geoname, asked.within, asked.year, asked.on)


def _deadlines(geoname: Geoname, asked: DeadlinesQuery, caller: Caller) -> DeadlineList:
    return list_deadlines(geoname, caller, asked.within, asked.urgency, asked.on, asked.until)


def _calendar(geoname: Geoname, asked: DeadlinesQuery, caller: Caller) -> Download:
    body = deadline_calendar(geoname, _deadlines(geoname, asked, caller))
    return Download("text/calendar; charset=utf-8", "inspections.ics", ClosableBlocks(BytesIO(body)))


ROUTES = (
    PrivateRoute(
        path="/v1/inspection-plans",
        query=PlansQuery,
        answer=PlanList,
        ask=_plans,
        zh="已采用的联检计划；县级只见本县界线",
        en="The plans that were adopted; a county sees its own lines",
        group="inspections",
        command="inspections plans",
        needs=Role.READER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspection-plans",
        query=PlanQuery,
        answer=InspectionPlan,
        ask=_plan,
        zh="排出若干年的联检计划；采用则立案",
        en="Plan the inspections of several years; adopted, its cases are opened",
        group="inspections",
        command="inspections plan",
        method="POST",
        needs=Role.READER,
        problems=CHANGED,
    ),
    PrivateRoute(
        path="/v1/inspection-progress",
        query=ProgressQuery,
        answer=Progress,
        ask=_progress,
        zh="联检进度：按层级、市州、年度，以及每条界线的状态",
        en="Progress by level, prefecture and year, and the state of each line",
        group="inspections",
        command="inspections progress",
        problems=(InvalidInputError,),
    ),
    PrivateRoute(
        path="/v1/inspections/deadlines",
        query=DeadlinesQuery,
        answer=DeadlineList,
        ask=_deadlines,
        zh="联检时限：逾期、临近、以后，附依据",
        en="Deadlines: late, soon and later, each with its origin",
        group="inspections",
        command="inspections deadlines",
        needs=Role.READER,
        problems=SEEN,
    ),
    PrivateRoute(
        path="/v1/inspections/deadlines.ics",
        query=DeadlinesQuery,
        answer=Download,
        ask=_calendar,
        zh="联检时限，iCalendar",
        en="Deadlines as iCalendar",
        group="inspections",
        command="inspections deadlines --ics",
        media="text/calendar",
        needs=Role.READER,
        problems=SEEN,
    ),
)
