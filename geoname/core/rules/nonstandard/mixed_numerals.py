"""Characters mixed with digits or capital numerals (汉字与数字混用)."""

from __future__ import annotations

import re

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.rule import Allowance, Example, NameRule
from geoname.core.rules.statutes import ODD

# One capital numeral alone is an ordinary character or a surname (陆, 伍).
_MIXED = re.compile("[0-9０-９]+|[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find digits, and capital numerals in a row."""
    return tuple(
        Hit(
            Words(
                f"“{found.group()}”是混在名称里的数字", f"the number {found.group()} is mixed into the name"
            ),
            found.span(),
        )
        for found in _MIXED.finditer(case.name.text)
    )


RULE = NameRule(
    code="ODD-a2",
    title=Words("汉字与数字混用", "Characters and digits mixed"),
    criterion=Words(
        "未经批准的新名称不把汉字与阿拉伯数字、大写数字混用。",
        "Names that nobody approved do not mix Han characters with Arabic digits or capital numerals.",
    ),
    basis=(ODD(),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    check=check,
    accepts=(Example(propose("二马路", STREET)), Example(propose("陆家桥路", STREET))),
    rejects=(
        Example(propose("8哩岛", TOWN_SETTLEMENT)),
        Example(propose("24克拉", TOWN_SETTLEMENT)),
        Example(propose("保利叁仟栋", TOWN_SETTLEMENT)),
    ),
    exceptions=(Allowance(Words("经批准使用的", "an approved name"), ExceptionKind.APPROVED),),
)
