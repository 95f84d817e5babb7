"""A division does not borrow the name of a famous feature or heritage site (区划专名不借用名胜)."""

from __future__ import annotations

from geoname.core.names.feature_class import COUNTY, TOWNSHIP
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import PLACE_NAMES

CODE = "A9-9"
_WORDS = Words(
    "“{term}”是著名自然地理实体或遗产的名称",
    "{term} is the name of a famous natural feature or heritage site",
)


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a famous feature or heritage site as the specific element."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("区划专名不借用名胜", "No borrowed features"),
    criterion=Words(
        "区划专名不是著名自然地理实体、历史文化遗产遗址的名称。",
        "The specific element of a division is not the name of a famous natural feature or heritage site.",
    ),
    basis=(PLACE_NAMES(9, 9),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.DIVISION}),
    sign=Sign.TERM,
    check=check,
    accepts=(Example(propose("花溪区", COUNTY)), Example(propose("北京路街道", TOWNSHIP))),
    rejects=(Example(propose("黄果树镇", TOWNSHIP)),),
    exceptions=(Allowance(Words("历史上已经形成的", "a name formed in history"), ExceptionKind.HISTORICAL),),
)
