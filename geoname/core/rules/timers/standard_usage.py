"""Documents, signs and maps use the standard name (使用标准地名)."""

from __future__ import annotations

from geoname.core.names.keys import name_key
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.procedure_cases import UsageSeen
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: UsageSeen, facts: Facts) -> tuple[Hit, ...]:
    """Find a spelling other than the standard name; that a name stands in full width is none."""
    if name_key(case.text) == name_key(case.standard):
        return NONE
    words = Words(
        f"{case.medium}写作“{case.text}”，标准地名是“{case.standard}”",
        f"{case.medium} writes {case.text}; the standard name is {case.standard}",
    )
    return (Hit(words),)


RULE = ProcedureRule(
    code="T-10",
    title=Words("使用标准地名", "Standard names in use"),
    criterion=Words(
        "公文、标志、地图、媒体用标准地名；不符的先告知改正。",
        "Documents, signs, maps and media use the standard name; whoever does not is first told to mend it.",
    ),
    basis=(PLACE_NAMES(18), PLACE_NAMES(37)),
    severity=Severity.ADVICE,
    takes=UsageSeen,
    check=check,
    accepts=(Example(UsageSeen("青岩镇", "青岩镇", "地图")),),
    rejects=(
        Example(UsageSeen("青岸镇", "青岩镇", "地图")),
        Example(UsageSeen("貴陽市", "贵阳市", "标志")),
    ),
)
