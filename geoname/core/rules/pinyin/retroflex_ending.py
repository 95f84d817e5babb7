"""A 儿 that only colours the syllable before it is written r (儿化)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET
from geoname.core.names.syllables import untoned
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import SPELLING

_RETROFLEX = "儿"


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a 儿 inside a street's name that is spelt as a syllable; whether it is one, a person must say."""
    one = spelt(case, facts)
    if one.syllables is None or len(one.syllables) < len(case.name.specific):
        return NONE
    found = any(
        char == _RETROFLEX and i > 0 and untoned(one.syllables[i]) == "er"
        for i, char in enumerate(case.name.specific)
    )
    if not found:
        return NONE
    words = Words("“儿”若是儿化，应写作 r", "where 儿 only colours the syllable before it, it is written r")
    return (spelling_hit(case, words, Severity.INFORMATION),)


RULE = NameRule(
    code="PY-12",
    title=Words("儿化写 r", "Retroflex ending"),
    criterion=Words(
        "街巷名称里的儿化音写 r；是否儿化须由人确认。",
        "A 儿 that colours the syllable before it is written r; a person must say whether it does.",
    ),
    basis=(SPELLING(12),),
    severity=Severity.INFORMATION,
    applies_to=frozenset({PlaceKind.STREET}),
    sign=Sign.SPELT,
    check=check,
    accepts=(Example(propose("盆儿胡同", STREET, romanization="Pénr Hútong")),),
    rejects=(Example(propose("盆儿胡同", STREET, romanization="Pén’ér Hútong")),),
)
