"""A new code is published within a month of the change (一个月内公布代码)."""

from __future__ import annotations

from datetime import date

from geoname.core.divisions.changes import Operation
from geoname.core.rules.code_cases import CodeChange
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.procedure_cases import months_after
from geoname.core.rules.rule import NONE, CodeRule, Example
from geoname.core.rules.statutes import DIVISIONS


def check(case: CodeChange, facts: Facts) -> tuple[Hit, ...]:
    """Find a changed code that was published late, or is not published and overdue."""
    due = months_after(case.approved_on, 1)
    if case.old_code == case.new_code or (case.published_on or case.on) <= due:
        return NONE
    return (Hit(Words(f"代码应于 {due} 前公布", f"the code was to be published by {due}")),)


def _change(on: date, published: date | None) -> Example[CodeChange]:
    return Example(CodeChange(Operation.ESTABLISH, None, "520327003", date(2021, 1, 31), on, published))


RULE = CodeRule(
    code="CD-4",
    title=Words("一个月内公布代码", "Code within a month"),
    criterion=Words(
        "批准后一个月内确定并公布代码。", "The code is fixed and published within a month of the approval."
    ),
    basis=(DIVISIONS(17),),
    severity=Severity.ADVICE,
    takes=CodeChange,
    check=check,
    accepts=(_change(date(2021, 2, 28), None), _change(date(2022, 1, 1), date(2021, 2, 20))),
    rejects=(_change(date(2021, 3, 1), None), _change(date(2022, 1, 1), date(2021, 3, 5))),
)
