"""A place is not named after an enterprise or trade mark (不以企业名称、商标作地名)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.lexical import term_hits
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import PLACE_NAMES, PLACE_NAMES_MEASURES

CODE = "A9-6"
_WORDS = Words("“{term}”是企业名称或商标", "{term} is the name of an enterprise or a trade mark")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find words on the list of enterprises and trade marks; whether they are meant, an official judges."""
    return term_hits(case, facts, CODE, _WORDS)


RULE = NameRule(
    code=CODE,
    title=Words("不以企业名称、商标作地名", "No enterprises or trade marks"),
    criterion=Words(
        "不含名单中的企业名称、商标；名单由用户自备，不随附。",
        "No enterprise or trade mark of the list; the list is the user's own and not shipped.",
    ),
    basis=(PLACE_NAMES(9, 6), PLACE_NAMES_MEASURES(4)),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.ESTATE, PlaceKind.FACILITY, PlaceKind.STREET}),
    sign=Sign.TERM,
    needs=frozenset({Need.WORD_LIST}),
    check=check,
    accepts=(Example(propose("百花路", STREET)),),
    rejects=(Example(propose("某某集团花园", TOWN_SETTLEMENT), listed=("某某集团",)),),
    exceptions=(
        Allowance(
            Words(
                "与该企业没有特定联系的通用词语", "a common word without a specific link to the enterprise"
            ),
            ExceptionKind.NO_LINK,
        ),
        Allowance(
            Words("企业、品牌自身的名称", "the enterprise's own name"), ExceptionKind.ENTERPRISE_ITSELF
        ),
    ),
)
