"""A code carries its scheme and date, and schemes are not joined by code alone (代码体系)."""

from __future__ import annotations

from datetime import date

from geoname.core.divisions.code import Scheme
from geoname.core.rules.code_cases import SchemedCode
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, CodeRule, Example
from geoname.core.rules.statutes import PRACTICE

_COUNTY = 6


def check(case: SchemedCode, facts: Facts) -> tuple[Hit, ...]:
    """Find a code without scheme or date, and township codes matched across schemes."""
    if case.scheme is None or case.as_of is None:
        return (Hit(Words(f"{case.code} 没有注明代码体系或日期", f"{case.code} has no scheme or no date")),)
    if case.joined_with not in (None, case.scheme) and len(case.code) > _COUNTY:
        words = Words(
            "民政与统计的乡级代码不同，不能只凭代码对应",
            "township codes of two schemes differ: match by name too",
        )
        return (Hit(words),)
    return NONE


_DAY = date(2023, 6, 30)

RULE = CodeRule(
    code="CD-5",
    title=Words("注明代码体系", "Scheme of codes"),
    criterion=Words(
        "代码注明体系和日期；县级以下不得跨体系只凭代码对应。",
        "A code carries scheme and date; below the county no two schemes are joined by code alone.",
    ),
    basis=(PRACTICE(),),
    severity=Severity.BLOCKS,
    takes=SchemedCode,
    check=check,
    accepts=(
        Example(SchemedCode("520111009", Scheme.NBS, _DAY)),
        Example(SchemedCode("520111", Scheme.NBS, _DAY, Scheme.MCA)),
    ),
    rejects=(
        Example(SchemedCode("520111009", None, _DAY)),
        Example(SchemedCode("520111009", Scheme.NBS, _DAY, Scheme.MCA)),
    ),
)
