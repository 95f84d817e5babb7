"""Words that other provinces' lists name; here they only inform (外省词表)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import OTHER_PROVINCES

CODE = "BIG-x"
_WORDS = Words("“{term}”见于外省不规范地名标准", "{term} is on another province's list")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("外省标准所列词", "Words on other provinces' lists"),
    criterion=Words(
        "词表来自外省标准，在贵州只作提示。",
        "The lists are other provinces'; in Guizhou they only inform.",
    ),
    basis=(OTHER_PROVINCES(),),
    severity=Severity.INFORMATION,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(Example(propose("沿河路", STREET)),),
    rejects=(
        Example(propose("银河花园", TOWN_SETTLEMENT)),
        Example(propose("国际公寓", TOWN_SETTLEMENT)),
    ),
)
