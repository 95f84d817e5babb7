"""A modifier of one syllable is joined to what it modifies (单音节修饰成分连写)."""

from __future__ import annotations

from geoname.core.names.feature_class import RIVER
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import BreakKind, spelling_hit, spelt, surplus_breaks
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find such breaks in the given spelling."""
    found = surplus_breaks(case, facts, BreakKind.MODIFIER)
    if not found:
        return NONE
    right = spelt(case, facts).expected.text
    return (
        spelling_hit(
            case,
            Words(
                f"单音节修饰成分与专名、通名连写，应为 {right}",
                f"a modifier of one syllable is joined: {right}",
            ),
        ),
    )


RULE = NameRule(
    code="PY-2",
    title=Words("单音节修饰成分连写", "Modifiers joined"),
    criterion=Words(
        "东西南北、新老大小等单音节修饰成分与所修饰的连写。",
        "Modifiers of one syllable (east, new, upper …) are joined to what they modify.",
    ),
    basis=(SPELLING(2),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(Example(propose("西辽河", RIVER, romanization="Xīliáo Hé")),),
    rejects=(Example(propose("西辽河", RIVER, romanization="Xī Liáo Hé")),),
)
