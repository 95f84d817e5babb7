"""The words for a special zone and a capital outside names of divisions (特区、首府)."""

from __future__ import annotations

from geoname.core.names.feature_class import COUNTY, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import GRAND

CODE = "BIG-4"
_WORDS = Words("“{term}”让人误以为是政区", "{term} passes the place off as a seat of government")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("特区、首府", "Special zone, capital"),
    criterion=Words(
        "区划之外的名称不用这两个词；六枝特区是法定区划名称。",
        "Only divisions are called so; 六枝特区 is one by law.",
    ),
    basis=(GRAND(item=4),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(
        Example(propose("六枝特区", COUNTY)),
        Example(propose("阳光小区", TOWN_SETTLEMENT)),
    ),
    rejects=(
        Example(propose("中央首府", TOWN_SETTLEMENT)),
        Example(propose("花溪特区", TOWN_SETTLEMENT)),
    ),
    exceptions=(
        Allowance(
            Words("经批准使用的，历史上已经形成的", "an approved name, or one formed in history"),
            ExceptionKind.APPROVED,
        ),
    ),
)
