"""Foreign words written by sound in Han characters (外语词汉字译写)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import FOREIGN

CODE = "FOR-3"
_WORDS = Words("“{term}”是外语词的汉字译写", "{term} is a foreign word written by its sound")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("外语词的汉字译写", "Transliterated words"),
    criterion=Words(
        "不用汉字译写的外语词；已成汉语习用词的不在其列。",
        "No foreign words written by their sound; those long used in Chinese are left out.",
    ),
    basis=(FOREIGN(item=3),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(Example(propose("沿河路", STREET)),),
    rejects=(
        Example(propose("帕提欧公馆", TOWN_SETTLEMENT)),
        Example(propose("阳光巴洛克", TOWN_SETTLEMENT)),
    ),
    exceptions=(
        Allowance(Words("历史上已经形成的", "a name formed in history"), ExceptionKind.HISTORICAL),
        Allowance(
            Words("企业、品牌自身的名称", "the name of an enterprise or brand itself"),
            ExceptionKind.ENTERPRISE_ITSELF,
        ),
    ),
)
