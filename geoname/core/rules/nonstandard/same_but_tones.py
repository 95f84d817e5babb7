"""Names that sound the same but for their tones (同音不同调)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.repeats import same_sound
from geoname.core.rules.rule import Example, NameRule
from geoname.core.rules.statutes import REPEATED, TONGLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find specific elements in the scope that differ in tones alone."""
    return same_sound(case, facts, toned=False)


RULE = NameRule(
    code="DUP-3",
    title=Words("同音（不计声调）", "Same sound but for tones"),
    criterion=Words(
        "比对范围内没有只差声调的专名；外省以不计声调为同音。",
        "No specific element in the scope differs in tones alone; another city counts that as "
        "the same sound.",
    ),
    basis=(REPEATED(), TONGLING()),
    severity=Severity.ADVICE,
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(
        Example(propose("青岩镇", TOWNSHIP, "520111"), (propose("羊场镇", TOWNSHIP, "520222"),)),
        Example(propose("金华路", STREET, "520111101"), (propose("进化巷", STREET, "520111101"),)),
    ),
    rejects=(
        Example(propose("羊昌镇", TOWNSHIP, "520112"), (propose("羊场镇", TOWNSHIP, "520222"),)),
        Example(propose("金华路", STREET, "520111101"), (propose("进化路", STREET, "520111101"),)),
    ),
)
