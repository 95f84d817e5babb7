"""A generic that has become part of the specific element is written with it (通名专化连写)."""

from __future__ import annotations

from geoname.core.names.feature_class import PREFECTURE, PROVINCE
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import BreakKind, spelling_hit, spelt, surplus_breaks
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find such breaks in the given spelling."""
    found = surplus_breaks(case, facts, BreakKind.OLD_GENERIC)
    if not found:
        return NONE
    right = spelt(case, facts).expected.text
    return (
        spelling_hit(
            case,
            Words(
                f"已成为专名的通名与专名连写，应为 {right}",
                f"a generic that has become part of the specific element is joined: {right}",
            ),
        ),
    )


RULE = NameRule(
    code="PY-4",
    title=Words("通名专化连写", "Former generics joined"),
    criterion=Words(
        "黑龙江省的“江”一类通名已是专名的一部分，连写。",
        "A generic inside the specific element, as 江 in 黑龙江省, is joined to it.",
    ),
    basis=(SPELLING(4),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(
        Example(propose("黑龙江省", PROVINCE, romanization="Hēilóngjiāng Shěng")),
        Example(propose("景德镇市", PREFECTURE, romanization="Jǐngdézhèn Shì")),
    ),
    rejects=(Example(propose("黑龙江省", PROVINCE, romanization="Hēilóng Jiāng Shěng")),),
)
