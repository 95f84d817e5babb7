"""A change of divisions is done within a year, or eighteen months with leave (变更期限)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.procedure_cases import DivisionChange, months_after
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import DIVISIONS

_MONTHS, _EXTENDED, _WARN = 12, 18, 2


def check(case: DivisionChange, facts: Facts) -> tuple[Hit, ...]:
    """Find a change that was completed late, is overdue, or falls due within two months."""
    months = _EXTENDED if case.extension_approved else _MONTHS
    last = months_after(case.approved_on, months)
    if (case.completed_on or case.on) > last:
        more = "" if case.extension_approved else "；可报批延长六个月"
        words = Words(f"变更应于 {last} 前完成{more}", f"the change was to be done by {last}")
        return (Hit(words),)
    if case.completed_on is None and case.on >= months_after(case.approved_on, months - _WARN):
        words = Words(f"变更期限将到：{last}", f"the change falls due on {last}")
        return (Hit(words, severity=Severity.ADVICE),)
    return NONE


def _change(on: date, done: date | None = None, *, extended: bool = False) -> Example[DivisionChange]:
    return Example(DivisionChange(frozenset(), date(2021, 3, 1), on, done, extended))


RULE = ProcedureRule(
    code="T-4",
    title=Words("变更期限", "Change done in time"),
    criterion=Words(
        "自批准起 12 个月内完成；经批准可延长 6 个月，只一次。",
        "Done within twelve months of the approval; six more with leave, once.",
    ),
    basis=(DIVISIONS(15),),
    severity=Severity.BLOCKS,
    takes=DivisionChange,
    check=check,
    accepts=(
        _change(date(2021, 9, 1)),
        _change(date(2023, 1, 1), date(2022, 3, 1)),
        _change(date(2022, 4, 1), extended=True),
    ),
    rejects=(_change(date(2022, 3, 2)), _change(date(2022, 2, 1)), _change(date(2022, 9, 2), extended=True)),
)
