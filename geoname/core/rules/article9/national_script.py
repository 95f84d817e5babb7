"""A name is written in the standard written language alone (国家通用语言文字)."""

from __future__ import annotations

import re

from geoname.core.names.characters import HAN, faults
from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import PLACE_NAMES

_STRANGE = re.compile(f"[^{HAN}]+")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find runs of letters, digits and signs; what stands for a lost character is not among them."""
    lost = {fault.position for fault in faults(case.name.text)}
    return tuple(
        Hit(
            Words(f"“{found.group()}”不是汉字", f"{found.group()!r} is not written in Han characters"),
            found.span(),
        )
        for found in _STRANGE.finditer(case.name.text)
        if not lost.issuperset(range(*found.span()))
    )


RULE = NameRule(
    code="A9-3a",
    title=Words("使用国家通用文字", "Standard script"),
    criterion=Words("只用汉字，不用字母、数字和符号。", "Han characters only: no letters, digits or signs."),
    basis=(PLACE_NAMES(9, 3),),
    severity=Severity.BLOCKS,
    sign=Sign.STRANGE,
    check=check,
    accepts=(Example(propose("三八路", STREET)), Example(propose("二马路", STREET))),
    rejects=(
        Example(propose("MOMOPARK", TOWN_SETTLEMENT)),
        Example(propose("8哩岛", TOWN_SETTLEMENT)),
        Example(propose("6号大院", TOWN_SETTLEMENT)),
    ),
)
