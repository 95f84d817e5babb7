"""One or two letters that mean nothing (无含义字母)."""

from __future__ import annotations

import re

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import ODD

_LETTERS = re.compile("(?<![A-Za-zＡ-Ｚａ-ｚ])[A-Za-zＡ-Ｚａ-ｚ]{1,2}(?![A-Za-zＡ-Ｚａ-ｚ])")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find single letters and pairs of letters; longer runs are words, which is another rule's."""
    return tuple(
        Hit(
            Words(f"字母“{found.group()}”没有含义", f"the letters {found.group()} mean nothing"), found.span()
        )
        for found in _LETTERS.finditer(case.name.text)
    )


RULE = NameRule(
    code="ODD-b2",
    title=Words("无含义字母", "Letters without meaning"),
    criterion=Words("名称中没有无含义的字母。", "No letters without a meaning stand in the name."),
    basis=(ODD(),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.STRANGE,
    check=check,
    accepts=(Example(propose("沿河路", STREET)), Example(propose("MOMOPARK", TOWN_SETTLEMENT))),
    rejects=(Example(propose("EE新城小区", TOWN_SETTLEMENT)), Example(propose("A区花园", TOWN_SETTLEMENT))),
)
