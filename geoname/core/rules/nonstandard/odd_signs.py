"""Signs that are no characters (非文字符号)."""

from __future__ import annotations

import re

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import ODD

_SIGNS = re.compile(r"[·•・‧∙\-‐‑–—.。,，&＆@#/／\\+＋*'’“”\"()（）《》]+")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find dots, dashes, brackets and the like."""
    return tuple(
        Hit(
            Words(f"名称中有符号“{found.group()}”", f"the sign {found.group()} stands in the name"),
            found.span(),
        )
        for found in _SIGNS.finditer(case.name.text)
    )


RULE = NameRule(
    code="ODD-a3",
    title=Words("非文字符号", "Signs"),
    criterion=Words("名称中没有间隔号、连接号等符号。", "No dots, dashes or other signs stand in the name."),
    basis=(ODD(),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.STRANGE,
    check=check,
    accepts=(Example(propose("沿河路", STREET)),),
    rejects=(Example(propose("A-1小区", TOWN_SETTLEMENT)), Example(propose("水岸·花园", TOWN_SETTLEMENT))),
)
