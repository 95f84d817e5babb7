"""A code is given once (代码唯一、不复用)."""

from __future__ import annotations

from geoname.core.rules.code_cases import NewCode
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, CodeRule, Example
from geoname.core.rules.statutes import DIVISION_CODES

_RANGE_STARTS = (1, 100, 200, 400)
_LAST = 999


def check(case: NewCode, facts: Facts) -> tuple[Hit, ...]:
    """Find a code that is in use, one that was retired, and one that leaves a gap in its range."""
    if case.code in case.in_use:
        return (Hit(Words(f"代码 {case.code} 已在使用", f"code {case.code} is in use")),)
    if case.code in case.retired:
        words = Words(
            f"代码 {case.code} 已注销，不得再用", f"code {case.code} was retired and is not used again"
        )
        return (Hit(words),)
    expected = _next(case)
    if expected is None or case.code == expected:
        return NONE
    words = Words(f"按顺序应为 {expected}", f"the next in order is {expected}")
    return (Hit(words, severity=Severity.ADVICE),)


def _next(case: NewCode) -> str | None:
    """The code after the last one given in the same county and range; None for a code above townships."""
    if len(case.code) != 9:
        return None
    county, number = case.code[:6], int(case.code[6:])
    start = max((first for first in _RANGE_STARTS if first <= number), default=1)
    end = next((first for first in _RANGE_STARTS if first > number), _LAST + 1)
    given = [
        int(code[6:])
        for code in (*case.in_use, *case.retired)
        if len(code) == 9 and code[:6] == county and start <= int(code[6:]) < end
    ]
    return f"{county}{max(given, default=start - 1) + 1:03d}"


_GIVEN = frozenset({"520111001", "520111002", "520111101"})

RULE = CodeRule(
    code="CD-2",
    title=Words("代码唯一、不复用", "Codes given once"),
    criterion=Words(
        "代码不与在用的重复，注销的不再用，按顺序编。",
        "No code is given twice, none that was retired again, and they follow in order.",
    ),
    basis=(DIVISION_CODES(),),
    severity=Severity.BLOCKS,
    takes=NewCode,
    check=check,
    accepts=(
        Example(NewCode("520111003", _GIVEN)),
        Example(NewCode("520111103", _GIVEN, frozenset({"520111102"}))),
    ),
    rejects=(
        Example(NewCode("520111101", _GIVEN)),
        Example(NewCode("520111102", _GIVEN, frozenset({"520111102"}))),
        Example(NewCode("520111005", _GIVEN)),
    ),
)
