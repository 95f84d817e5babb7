"""Words of emperors, princes and their courts used without approval (封建色彩)."""

from __future__ import annotations

from geoname.core.names.feature_class import RURAL_SETTLEMENT, STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import ODD

CODE = "FEU-1"
_WORDS = Words("“{term}”带封建色彩", "{term} is a word of emperors and courts")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("封建色彩", "Feudal titles"),
    criterion=Words(
        "未经批准的新名称不用帝王府邸、官衔一类的词；单个的王、皇、官、府不算。",
        "Names that nobody approved use no word for emperors, courts or ranks; 王, 皇, 官, 府 alone "
        "are none.",
    ),
    basis=(ODD(),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(
        Example(propose("王寨路", STREET)),
        Example(propose("官渡路", STREET)),
        Example(propose("东皇小区", TOWN_SETTLEMENT)),
        Example(propose("王家寨", RURAL_SETTLEMENT)),
    ),
    rejects=(
        Example(propose("王府花园", TOWN_SETTLEMENT)),
        Example(propose("帝豪大厦", "26300")),
        Example(propose("御花园", TOWN_SETTLEMENT)),
    ),
    exceptions=(
        Allowance(Words("历史上已经形成的", "a name formed in history"), ExceptionKind.HISTORICAL),
        Allowance(Words("有特定宗教背景的", "a religious background"), ExceptionKind.RELIGIOUS),
    ),
)
