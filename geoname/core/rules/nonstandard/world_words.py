"""Words for the world, its continents and the nation used without approval (世界、环球、中华等)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT, TOWNSHIP
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import GRAND

CODE = "BIG-3"
_WORDS = Words("“{term}”把名称说得远大于实体", "{term} says far more than there is")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the terms of this list; whether they offend in this name, a reviewer judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("世界、洲名、中国、中华、全国、万国", "World, continents, nation"),
    criterion=Words(
        "未经批准的新名称不用这几个词；“世纪”不在其列。",
        "Names that nobody approved do not use these words; 世纪 is not one of them.",
    ),
    basis=(GRAND(item=3),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.TERM,
    check=check,
    accepts=(
        Example(propose("世纪城街道", TOWNSHIP)),
        Example(propose("世纪花园", TOWN_SETTLEMENT)),
        Example(propose("中华南路街道", TOWNSHIP)),
    ),
    rejects=(
        Example(propose("恒亿欧洲城", TOWN_SETTLEMENT)),
        Example(propose("万国城", TOWN_SETTLEMENT)),
        Example(propose("环球路", STREET)),
    ),
    exceptions=(
        Allowance(
            Words("经批准使用的，历史上已经形成的", "an approved name, or one formed in history"),
            ExceptionKind.APPROVED,
        ),
    ),
)
