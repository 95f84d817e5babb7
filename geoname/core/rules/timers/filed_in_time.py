"""An approved name is filed within fifteen days (十五日内备案)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.deadlines import overdue
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.procedure_cases import Approver, NameApproval
from geoname.core.rules.rule import Example, ProcedureRule
from geoname.core.rules.statutes import PLACE_NAMES

_WHAT = Words("备案", "filing")


def check(case: NameApproval, facts: Facts) -> tuple[Hit, ...]:
    """Find a filing that is late, or not done and close to its last day."""
    return overdue(_WHAT, case.approved_on, case.filed_on, case.on)


def _approval(on: date, filed: date | None) -> Example[NameApproval]:
    return Example(NameApproval(PlaceKind.STREET, Approver.GOVERNMENT, date(2024, 5, 1), on, filed))


RULE = ProcedureRule(
    code="T-1",
    title=Words("十五日内备案", "Filed within fifteen days"),
    criterion=Words(
        "自批准之日起 15 日内报送备案；按自然日计，第 10 日起提醒。",
        "Filed within fifteen calendar days of the approval; told of from the tenth.",
    ),
    basis=(PLACE_NAMES(13),),
    severity=Severity.BLOCKS,
    takes=NameApproval,
    check=check,
    accepts=(_approval(date(2024, 5, 5), None), _approval(date(2024, 7, 1), date(2024, 5, 16))),
    rejects=(
        _approval(date(2024, 5, 11), None),
        _approval(date(2024, 5, 17), None),
        _approval(date(2024, 7, 1), date(2024, 5, 17)),
    ),
)
