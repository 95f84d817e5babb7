"""Township codes are published twice a year (半年公布代码)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.procedure_cases import CodePublication
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import DIVISION_CODES

_JULY = 7


def check(case: CodePublication, facts: Facts) -> tuple[Hit, ...]:
    """Find that nothing was published since the January or July in which the day's half-year began."""
    began = date(case.on.year, _JULY if case.on.month >= _JULY else 1, 1)
    if case.last_published_on is not None and case.last_published_on >= began:
        return NONE
    words = Words(
        f"{began:%Y年%m月}起的乡级代码尚未公布", f"no township codes are published since {began:%Y-%m}"
    )
    return (Hit(words),)


RULE = ProcedureRule(
    code="T-7",
    title=Words("半年公布代码", "Codes twice a year"),
    criterion=Words(
        "乡级代码每年一月、七月各公布一次。", "Township codes are published each January and July."
    ),
    basis=(DIVISION_CODES(),),
    severity=Severity.INFORMATION,
    takes=CodePublication,
    check=check,
    accepts=(Example(CodePublication(date(2026, 1, 20), date(2026, 5, 1))),),
    rejects=(
        Example(CodePublication(date(2026, 1, 20), date(2026, 7, 2))),
        Example(CodePublication(None, date(2026, 2, 1))),
    ),
)
