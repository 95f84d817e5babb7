"""Numerals are spelt out (数词拼写)."""

from __future__ import annotations

from geoname.core.names.feature_class import MOUNTAIN, STREET
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find digits where the expected spelling has none."""
    one = spelt(case, facts)
    if not any(char.isdigit() for char in one.text) or any(char.isdigit() for char in one.expected.text):
        return NONE
    right = one.expected.text
    return (spelling_hit(case, Words(f"数词一般用汉语拼音：{right}", f"numerals are spelt out: {right}")),)


RULE = NameRule(
    code="PY-6",
    title=Words("数词拼写", "Numerals spelt out"),
    criterion=Words(
        "名称里的数词用汉语拼音拼写；街巷序数另有规定。",
        "Numerals in names are spelt out; ordinals of streets are another matter.",
    ),
    basis=(SPELLING(6),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(
        Example(propose("五指山", MOUNTAIN, romanization="Wǔzhǐ Shān")),
        Example(propose("三八路", STREET, romanization="Sānbā Lù")),
    ),
    rejects=(Example(propose("五指山", MOUNTAIN, romanization="5 Zhǐ Shān")),),
)
