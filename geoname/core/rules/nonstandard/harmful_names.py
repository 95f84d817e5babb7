"""Foreign names of places that hurt territorial sovereignty (损害领土主权的外国语地名)."""

from __future__ import annotations

from geoname.core.law.citation import Known
from geoname.core.names.feature_class import STREET
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import PLACE_NAMES_MEASURES

CODE = "SOV-1"
_WORDS = Words("“{term}”在主管部门的禁用名单中", "{term} is on the office's list of names not to be used")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("有损领土主权的外国语地名", "Names against sovereignty"),
    criterion=Words(
        "不直接引用、不擅自译写名单中的名称；名单由主管部门掌握，不随附。",
        "No name of the office's list, quoted or translated; the list is the office's own and not shipped.",
    ),
    basis=(PLACE_NAMES_MEASURES(13, known=Known.SECONDARY),),
    severity=Severity.BLOCKS,
    sign=Sign.TERM,
    needs=frozenset({Need.WORD_LIST}),
    check=check,
    accepts=(Example(propose("沿河路", STREET)),),
    rejects=(Example(propose("某外文路", STREET), listed=("某外文",)),),
)
