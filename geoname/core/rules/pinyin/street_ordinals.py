"""Ordinals of streets are Arabic digits (街巷序数用数字)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find an ordinal that is spelt out where the expected spelling has digits."""
    one = spelt(case, facts)
    if any(char.isdigit() for char in one.text) or not any(char.isdigit() for char in one.expected.text):
        return NONE
    right = one.expected.text
    return (
        spelling_hit(
            case, Words(f"街巷的序数用阿拉伯数字：{right}", f"ordinals of streets are digits: {right}")
        ),
    )


RULE = NameRule(
    code="PY-7",
    title=Words("街巷序数用数字", "Street ordinals in digits"),
    criterion=Words(
        "街巷名称里的序数写阿拉伯数字；三八、五一等有含义的数词拼写。",
        "Ordinals in names of streets are digits; numerals with a meaning (三八, 五一) are spelt out.",
    ),
    basis=(SPELLING(7),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(
        Example(propose("二马路", STREET, romanization="2 Mǎlù")),
        Example(propose("三八路", STREET, romanization="Sānbā Lù")),
    ),
    rejects=(Example(propose("二马路", STREET, romanization="Èr Mǎlù")),),
)
