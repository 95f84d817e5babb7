"""Specific and generic element are written apart (专名通名分写)."""

from __future__ import annotations

from geoname.core.names.feature_class import COUNTY, MOUNTAIN
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import BreakKind, spelling_hit, spelt, surplus_breaks
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a generic that is not set apart, and breaks inside a specific element without a cause."""
    one = spelt(case, facts)
    if not one.is_comparable:
        return NONE
    right = one.expected.text
    if one.wanted - one.breaks:
        return (
            spelling_hit(
                case, Words(f"专名与通名应分写：{right}", f"specific and generic stand apart: {right}")
            ),
        )
    if surplus_breaks(case, facts, BreakKind.OTHER):
        return (
            spelling_hit(case, Words(f"专名、通名各自连写：{right}", f"each element is one word: {right}")),
        )
    return NONE


RULE = NameRule(
    code="PY-1",
    title=Words("专名与通名分写", "Elements apart"),
    criterion=Words(
        "专名、通名各连写，中间空一格。",
        "Each element is one word, with a space between.",
    ),
    basis=(SPELLING(1),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(
        Example(propose("花溪区", COUNTY, romanization="Huāxī Qū")),
        Example(propose("太行山", MOUNTAIN, romanization="Tàiháng Shān")),
    ),
    rejects=(
        Example(propose("太行山", MOUNTAIN, romanization="TàihángShān")),
        Example(propose("开阳县", COUNTY, romanization="Kāi Yáng Xiàn")),
    ),
)
