"""The last three digits of a township's code tell its kind (乡级代码区段)."""

from __future__ import annotations

from geoname.core.divisions.division import DivisionKind
from geoname.core.rules.code_cases import TownshipCode
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, CodeRule, Example
from geoname.core.rules.statutes import GB_10114

_RANGES = {
    DivisionKind.SUBDISTRICT: (1, 99),
    DivisionKind.TOWN: (100, 199),
    DivisionKind.TOWNSHIP: (200, 399),
    DivisionKind.ETHNIC_TOWNSHIP: (200, 399),
    DivisionKind.OTHER_TOWNSHIP: (400, 599),
}


def check(case: TownshipCode, facts: Facts) -> tuple[Hit, ...]:
    """Find a code that is not nine digits, or outside the range of its kind."""
    if len(case.code) != 9 or not (case.code.isascii() and case.code.isdigit()):
        return (Hit(Words(f"{case.code} 不是九位数字", f"{case.code} is not nine digits")),)
    wanted = _RANGES.get(case.kind)
    if wanted is None or wanted[0] <= int(case.code[6:]) <= wanted[1]:
        return NONE
    first, last = wanted
    words = Words(
        f"{case.code} 的末三位应在 {first:03d}–{last:03d} 之间",
        f"the last three digits of {case.code} must lie in {first:03d}–{last:03d}",
    )
    return (Hit(words),)


RULE = CodeRule(
    code="CD-1",
    title=Words("乡级代码区段", "Range of township codes"),
    criterion=Words(
        "末三位：街道 001–099，镇 100–199，乡、民族乡 200–399，政企合一 400–599。",
        "Last three digits: subdistricts 001–099, towns 100–199, townships 200–399, enterprises with "
        "government functions 400–599.",
    ),
    basis=(GB_10114(),),
    severity=Severity.BLOCKS,
    takes=TownshipCode,
    check=check,
    accepts=(
        Example(TownshipCode("520111101", DivisionKind.TOWN)),
        Example(TownshipCode("520111009", DivisionKind.SUBDISTRICT)),
        Example(TownshipCode("520111204", DivisionKind.ETHNIC_TOWNSHIP)),
    ),
    rejects=(
        Example(TownshipCode("520111101", DivisionKind.SUBDISTRICT)),
        Example(TownshipCode("52011110", DivisionKind.TOWN)),
    ),
)
