"""Foreign persons' and places' names, or short forms of them (外国人名、地名)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import FOREIGN

CODE = "FOR-1"
_WORDS = Words("“{term}”是外国人名或地名", "{term} is a foreign name")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("外国人名、地名", "Foreign names"),
    criterion=Words(
        "不用外国人名、地名及其简称，以免误解。",
        "No names of foreign persons or places, nor short forms of them.",
    ),
    basis=(FOREIGN(item=1),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(
        Example(propose("沿河路", STREET)),
        Example(propose("列宁公园", "25200")),
    ),
    rejects=(
        Example(propose("加州商业广场", "26310")),
        Example(propose("东方巴黎广场", "26310")),
    ),
    exceptions=(
        Allowance(Words("历史上已经形成的", "a name formed in history"), ExceptionKind.HISTORICAL),
        Allowance(
            Words("表示国际友好、纪念的", "a sign of friendship or commemoration"), ExceptionKind.FRIENDSHIP
        ),
        Allowance(
            Words("企业、品牌自身的名称", "the name of an enterprise or brand itself"),
            ExceptionKind.ENTERPRISE_ITSELF,
        ),
    ),
)
