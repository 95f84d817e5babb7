"""Names of villages are one word (自然村镇名称连写)."""

from __future__ import annotations

from geoname.core.names.feature_class import RURAL_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import BreakKind, spelling_hit, spelt, surplus_breaks
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find such breaks in the given spelling."""
    found = surplus_breaks(case, facts, BreakKind.JOINED_NAME)
    if not found:
        return NONE
    right = spelt(case, facts).expected.text
    return (
        spelling_hit(case, Words(f"村镇名称连写，应为 {right}", f"names of villages are one word: {right}")),
    )


RULE = NameRule(
    code="PY-3",
    title=Words("村镇名称连写", "Villages as one word"),
    criterion=Words(
        "自然村寨、集镇名称不分专名、通名，连写。",
        "Names of villages and small towns are one word, their generic with them.",
    ),
    basis=(SPELLING(3),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(
        Example(propose("李庄", RURAL_SETTLEMENT, romanization="Lǐzhuāng")),
        Example(propose("王家寨", RURAL_SETTLEMENT, romanization="Wángjiāzhài")),
    ),
    rejects=(Example(propose("李庄", RURAL_SETTLEMENT, romanization="Lǐ Zhuāng")),),
)
