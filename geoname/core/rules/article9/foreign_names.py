"""A place is not named after a foreign person or place (不以外国人名、地名作地名)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.lexical import said_of
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import PLACE_NAMES, PLACE_NAMES_MEASURES

PARK = "25200"
_LISTS = ("FOR-1", "A9-5")
_WORDS = Words("“{term}”是外国人名或地名", "{term} is a foreign person's or place's name")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find foreign names; one that is the whole specific element blocks."""
    return tuple(
        Hit(
            said_of(found.term, _WORDS),
            found.span,
            Severity.BLOCKS if found.span == (0, len(case.name.specific)) else None,
            known=found.term.known,
        )
        for listed in _LISTS
        for found in facts.lexicons.found(case.name, listed)
    )


RULE = NameRule(
    code="A9-5",
    title=Words("不以外国人名、地名作地名", "No foreign names"),
    criterion=Words(
        "专名不是、也不含外国人名、地名。", "The specific element is not, and does not hold, a foreign name."
    ),
    basis=(PLACE_NAMES(9, 5), PLACE_NAMES_MEASURES(3)),
    severity=Severity.ADVICE,
    sign=Sign.TERM,
    check=check,
    accepts=(Example(propose("列宁公园", PARK)), Example(propose("百花路", STREET))),
    rejects=(
        Example(propose("维多利亚花园", TOWN_SETTLEMENT)),
        Example(propose("洛杉矶城", TOWN_SETTLEMENT)),
    ),
    exceptions=(
        Allowance(Words("历史上已经形成的", "a name formed in history"), ExceptionKind.HISTORICAL),
        Allowance(
            Words("表示国际友好、纪念的", "a sign of friendship or commemoration"), ExceptionKind.FRIENDSHIP
        ),
        Allowance(
            Words("与该人没有特定联系的词语", "a word without a specific link to the person"),
            ExceptionKind.NO_LINK,
        ),
    ),
)
