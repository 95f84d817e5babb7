"""ü stands after l and n alone, and is never v or u: (ü 的写法)."""

from __future__ import annotations

import re

from geoname.core.names.feature_class import PREFECTURE
from geoname.core.names.syllables import untoned
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import PLACE_NAMES

_WRONG = re.compile("v|u:|(?<=[jqxy])ü", re.IGNORECASE)
_MUST_HAVE = re.compile("[ln]ü")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find v and u: for ü, dots after j, q, x and y, and dots that are missing after l and n."""
    one = spelt(case, facts)
    plain = untoned(one.text).lower()
    wrong = _WRONG.search(plain)
    right = one.expected.text
    if wrong is not None:
        return (
            spelling_hit(
                case, Words(f"“{wrong.group()}”写法不对，应为 {right}", f"not {wrong.group()}: {right}")
            ),
        )
    wanted = untoned(right).lower()
    if _MUST_HAVE.search(wanted) and plain == wanted.replace("ü", "u"):
        return (spelling_hit(case, Words(f"缺 ü 的两点：{right}", f"the dots of ü are missing: {right}")),)
    return NONE


RULE = NameRule(
    code="PY-U",
    title=Words("ü 的写法", "The letter ü"),
    criterion=Words(
        "ü 只在 l、n 之后写两点，不用 v 或 u: 代替。",
        "ü has its dots after l and n alone; v and u: are no letters of names.",
    ),
    basis=(PLACE_NAMES(15),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(Example(propose("吕梁市", PREFECTURE, romanization="Lǚliáng Shì")),),
    rejects=(
        Example(propose("吕梁市", PREFECTURE, romanization="Lvliang Shi")),
        Example(propose("吕梁市", PREFECTURE, romanization="Luliang Shi")),
    ),
)
