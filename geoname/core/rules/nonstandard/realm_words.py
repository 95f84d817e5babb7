"""Words for the universe, the centre and the realm used without approval (宇宙、中央、天下)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import GRAND

CODE = "BIG-2"
_WORDS = Words("“{term}”把名称说得远大于实体", "{term} says far more than there is")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("宇宙、中央、天下", "Universe, centre, realm"),
    criterion=Words(
        "未经批准的新名称不用这几个词。",
        "Names that nobody approved do not use these words.",
    ),
    basis=(GRAND(item=2),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(
        Example(propose("沿河路", STREET)),
        Example(propose("中心路", STREET)),
    ),
    rejects=(
        Example(propose("宇宙城", TOWN_SETTLEMENT)),
        Example(propose("中央首府", TOWN_SETTLEMENT)),
        Example(propose("龙御天下", TOWN_SETTLEMENT)),
        Example(propose("中央大道", STREET)),
    ),
    exceptions=(
        Allowance(
            Words("经批准使用的，历史上已经形成的", "an approved name, or one formed in history"),
            ExceptionKind.APPROVED,
        ),
    ),
)
