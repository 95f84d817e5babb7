"""Each word begins with a capital (分段首字母大写)."""

from __future__ import annotations

from geoname.core.names.feature_class import PREFECTURE
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find words that begin small, or hold a capital elsewhere though not all are capitals."""
    one = spelt(case, facts)
    wrong = [
        word
        for word in one.words
        if not one.text.isupper()
        and word[:1].isalpha()
        and (word[:1].islower() or word[1:] != word[1:].lower())
    ]
    if not wrong:
        return NONE
    listed = "、".join(wrong)
    return (
        spelling_hit(
            case, Words(f"每段首字母大写，其余小写：{listed}", f"capitals begin words: {', '.join(wrong)}")
        ),
    )


RULE = NameRule(
    code="PY-10",
    title=Words("首字母大写", "Capitals"),
    criterion=Words(
        "每段第一个字母大写，也可全部大写。",
        "Each word begins with a capital, or all letters are capitals.",
    ),
    basis=(SPELLING(10),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(
        Example(propose("贵阳市", PREFECTURE, romanization="Guìyáng Shì")),
        Example(propose("贵阳市", PREFECTURE, romanization="GUÌYÁNG SHÌ")),
    ),
    rejects=(Example(propose("贵阳市", PREFECTURE, romanization="guìyáng shì")),),
)
