"""A name is announced within fifteen days, from the approval or from the filing (十五日内公告)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.deadlines import overdue
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.procedure_cases import Approver, NameApproval
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import PLACE_NAMES

_WHAT = Words("公告", "announcement")
_FROM_FILING = (Approver.HOUSING_OFFICE, Approver.SECTOR_OFFICE)


def check(case: NameApproval, facts: Facts) -> tuple[Hit, ...]:
    """Find an announcement that is late, or not done and close to its last day."""
    if case.approver not in _FROM_FILING:
        return overdue(_WHAT, case.approved_on, case.announced_on, case.on)
    # The clock of a name that another department approved starts with its filing.
    return NONE if case.filed_on is None else overdue(_WHAT, case.filed_on, case.announced_on, case.on)


def _approval(approver: Approver, filed: date | None, announced: date | None) -> Example[NameApproval]:
    on = date(2024, 6, 10)
    return Example(NameApproval(PlaceKind.ESTATE, approver, date(2024, 5, 1), on, filed, announced))


RULE = ProcedureRule(
    code="T-2",
    title=Words("十五日内公告", "Announced within fifteen days"),
    criterion=Words(
        "政府或地名主管部门批准的，自批准起 15 日内公告；其他部门批准的，自报送备案起 15 日内公告。",
        "Within fifteen days of the approval by a government or place-name office, of the "
        "filing where another "
        "department approved.",
    ),
    basis=(PLACE_NAMES(14),),
    severity=Severity.BLOCKS,
    takes=NameApproval,
    check=check,
    accepts=(
        _approval(Approver.GOVERNMENT, date(2024, 5, 9), date(2024, 5, 16)),
        _approval(Approver.HOUSING_OFFICE, date(2024, 5, 15), date(2024, 5, 30)),
        _approval(Approver.HOUSING_OFFICE, None, None),
    ),
    rejects=(
        _approval(Approver.GOVERNMENT, date(2024, 5, 15), date(2024, 5, 30)),
        _approval(Approver.HOUSING_OFFICE, date(2024, 5, 15), date(2024, 5, 31)),
        _approval(Approver.GOVERNMENT, None, None),
    ),
)
