"""How a line stands in its round (联检进度), as a map colours it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from geoname.core.inspections.deadlines import due_year
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.core.inspections.stages import Stage

WARNING_YEARS = 1
"""A line is shown as due from the year before its last possible one, and in that one."""


class LineState(StrEnum):
    """One word for a line; UNKNOWN when neither a filing nor a plan is known."""

    DONE = "done"
    REPORTING = "reporting"
    IN_FIELD = "in_field"
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


def case_of_line(cases: Sequence[Inspection], today: date) -> Inspection | None:
    """The regular case that tells how a line stands: one at work, else the next planned, else the last."""
    regular = [case for case in cases if case.kind is InspectionKind.REGULAR]
    begun = [case for case in regular if case.filed_on is None and case.stage.position >= Stage.DESK.position]
    if begun:
        return begun[0]
    filed = [case for case in regular if case.filed_on is not None]
    waiting = [case for case in regular if case.filed_on is None]
    last = max(filed, key=lambda case: case.filed_on or date.min, default=None)
    following = min(waiting, key=lambda case: case.year, default=None)
    if last is None or (following is not None and following.year <= today.year):
        return following or last
    return last


def line_state(case: Inspection | None, last_filed: date | None, today: date) -> LineState:
    """How a line stands on a day."""
    if case is not None and case.filed_on is None:
        if case.stage.position >= Stage.REPORT_DRAFT.position:
            return LineState.REPORTING
        if case.stage.position >= Stage.DESK.position:
            return LineState.IN_FIELD
        if case.year < today.year or (last_filed is not None and due_year(last_filed) < today.year):
            return LineState.OVERDUE
        return LineState.DUE if case.year == today.year else LineState.PLANNED
    if last_filed is None:
        return LineState.UNKNOWN
    year = due_year(last_filed)
    if year < today.year:
        return LineState.OVERDUE
    return LineState.DUE if year - WARNING_YEARS <= today.year else LineState.DONE
