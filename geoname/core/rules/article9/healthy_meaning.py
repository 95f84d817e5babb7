"""A name has a clear and healthy meaning (含义健康)."""

from __future__ import annotations

from geoname.core.names.feature_class import RURAL_SETTLEMENT, STREET, TOWNSHIP
from geoname.core.rules.case import LISTED, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import PLACE_NAMES

_WORDS = Words("“{term}”含义不雅或不吉，请斟酌", "{term} may be thought vulgar or ominous")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find terms that have been called vulgar or ominous; what they mean here, a person must judge."""
    return term_hits(case, facts, "ODD-c", _WORDS)


RULE = NameRule(
    code="A9-1",
    title=Words("含义健康", "Healthy meaning"),
    criterion=Words(
        "不含被指低俗、不吉的词；是否如此由人判断。",
        "No term that has been called vulgar or ominous; a person judges.",
    ),
    basis=(PLACE_NAMES(9, 1),),
    severity=Severity.ADVICE,
    sign=Sign.TERM,
    check=check,
    accepts=(
        Example(propose("龙洞", RURAL_SETTLEMENT)),
        Example(propose("猪场坪镇", TOWNSHIP, standing=LISTED)),
    ),
    rejects=(Example(propose("哑巴路", STREET)), Example(propose("黄泉路", STREET))),
)
