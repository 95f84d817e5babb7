"""A person's name in a place name is one word (人名连写)."""

from __future__ import annotations

from geoname.core.names.feature_class import COUNTY
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import BreakKind, spelling_hit, spelt, surplus_breaks
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find such breaks in the given spelling."""
    found = surplus_breaks(case, facts, BreakKind.PERSON)
    if not found:
        return NONE
    right = spelt(case, facts).expected.text
    return (spelling_hit(case, Words(f"人名连写，应为 {right}", f"a person's name is one word: {right}")),)


RULE = NameRule(
    code="PY-5",
    title=Words("人名连写", "Persons as one word"),
    criterion=Words(
        "以人名命名的，姓与名连写。",
        "Surname and given name are one word.",
    ),
    basis=(SPELLING(5),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(Example(propose("左权县", COUNTY, romanization="Zuǒquán Xiàn")),),
    rejects=(Example(propose("左权县", COUNTY, romanization="Zuǒ Quán Xiàn")),),
)
