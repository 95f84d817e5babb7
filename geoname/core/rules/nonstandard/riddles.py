"""Names against common understanding (违背公众认知)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import ODD

CODE = "ODD-b1"
_WORDS = Words("“{term}”让人不知所指", "nobody can tell what {term} is")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("违背公众认知", "Against common understanding"),
    criterion=Words(
        "让人不知所指的名称；词表只收文件示例，其余由人判断。",
        "Nobody can tell what is meant; the list holds published examples, a person judges the rest.",
    ),
    basis=(ODD(),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(Example(propose("沿河路", STREET)),),
    rejects=(
        Example(propose("一瓶八斗", TOWN_SETTLEMENT)),
        Example(propose("蔚澜香醍", TOWN_SETTLEMENT)),
    ),
)
