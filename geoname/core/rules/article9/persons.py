"""A place is not named after a person (不以人名作地名)."""

from __future__ import annotations

from geoname.core.names.feature_class import RURAL_SETTLEMENT, STREET
from geoname.core.rules.case import Claim, ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.lexical import said_of
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import PLACE_NAMES, PLACE_NAMES_MEASURES

CODE = "A9-4"
LEADERS = "office-leaders"
_WORDS = Words("“{term}”是人名", "{term} is a person's name")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find names of persons; those on the office's own list of state leaders block."""
    return tuple(
        Hit(
            said_of(found.term, _WORDS),
            found.span,
            Severity.BLOCKS if found.term.tier == LEADERS else None,
            known=found.term.known,
        )
        for found in facts.lexicons.found(case.name, CODE)
    )


RULE = NameRule(
    code=CODE,
    title=Words("不以人名作地名", "No names of persons"),
    criterion=Words(
        "不以人名（本名、别名、化名、文学人物名）作地名；国家领导人名单由用户自备。姓氏不算人名。",
        "No name of a person, pen names and characters of literature among them; the list of "
        "state leaders is "
        "the office's own. A surname is no person's name.",
    ),
    basis=(PLACE_NAMES(9, 4), PLACE_NAMES_MEASURES(3)),
    severity=Severity.ADVICE,
    sign=Sign.TERM,
    needs=frozenset({Need.WORD_LIST}),
    check=check,
    accepts=(Example(propose("王家寨", RURAL_SETTLEMENT)), Example(propose("人民路", STREET))),
    rejects=(
        Example(propose("诸葛亮路", STREET)),
        Example(propose("孙悟空大道", STREET, claim=Claim(ExceptionKind.NO_LINK))),
    ),
    exceptions=(
        Allowance(
            Words("与该人没有特定联系的词语", "a word without a specific link to the person"),
            ExceptionKind.NO_LINK,
        ),
        Allowance(Words("历史上已经形成的", "a name formed in history"), ExceptionKind.HISTORICAL),
    ),
)
