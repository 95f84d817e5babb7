"""Names in a foreign script (直接使用外文)."""

from __future__ import annotations

import re

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import BUILT
from geoname.core.rules.rule import Allowance, Example, NameRule, Sign
from geoname.core.rules.statutes import FOREIGN

# Three letters make a word; one or two are an initial, which is another rule's.
_FOREIGN = re.compile("[A-Za-zＡ-Ｚａ-ｚÀ-ɏ]{3,}|[Ͱ-ӿ\u3040-\u30ff\uac00-\ud7a3]+")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find words in Latin, Greek or Cyrillic letters, kana or hangul."""
    return tuple(
        Hit(Words(f"“{found.group()}”是外文", f"{found.group()} is in a foreign script"), found.span())
        for found in _FOREIGN.finditer(case.name.text)
    )


RULE = NameRule(
    code="FOR-2",
    title=Words("直接使用外文", "Foreign script"),
    criterion=Words(
        "名称中没有外文词语；单位自己的标识不是地名。",
        "No word in a foreign script; a firm's own sign is no place name.",
    ),
    basis=(FOREIGN(item=2),),
    severity=Severity.ADVICE,
    applies_to=BUILT,
    sign=Sign.STRANGE,
    check=check,
    accepts=(Example(propose("沿河路", STREET)), Example(propose("EE新城小区", TOWN_SETTLEMENT))),
    rejects=(Example(propose("MOMOPARK", TOWN_SETTLEMENT)), Example(propose("さくら花园", TOWN_SETTLEMENT))),
    exceptions=(
        Allowance(
            Words("企业、品牌自身的名称", "the name of an enterprise or brand itself"),
            ExceptionKind.ENTERPRISE_ITSELF,
        ),
    ),
)
