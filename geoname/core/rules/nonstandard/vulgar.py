"""Vulgar or unhealthy words (低级庸俗)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import ODD

CODE = "ODD-c"
_WORDS = Words("“{term}”被指低俗或不吉", "{term} has been called vulgar or ominous")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("低级庸俗", "Vulgar"),
    criterion=Words(
        "不含被指低俗、不吉的词；贵州的猪场、牛场、狗场是赶场日名，属地方文化。",
        "No term that has been called vulgar; 猪场, 牛场, 狗场 are Guizhou's market days.",
    ),
    basis=(ODD(),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(
        Example(propose("牛场路", STREET)),
        Example(propose("狗场小区", TOWN_SETTLEMENT)),
    ),
    rejects=(
        Example(propose("哑巴路", STREET)),
        Example(propose("黄泉路", STREET)),
    ),
    exceptions=(Allowance(Words("历史上已经形成的", "a name formed in history"), ExceptionKind.HISTORICAL),),
)
