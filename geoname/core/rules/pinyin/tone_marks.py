"""Syllables carry tone marks (标调)."""

from __future__ import annotations

from geoname.core.names.feature_class import PREFECTURE
from geoname.core.names.syllables import NEUTRAL, tone
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import SPELLING


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find syllables that have lost their tone marks."""
    one = spelt(case, facts)
    if one.syllables is None or not one.is_comparable:
        return NONE
    pairs = [
        (given, wanted)
        for given, wanted in zip(one.syllables, one.wanted_syllables, strict=True)
        if tone(wanted) != NEUTRAL
    ]
    bare = [given for given, _ in pairs if tone(given) == NEUTRAL]
    if not bare:
        return NONE
    if len(bare) == len(pairs):
        # A wholly untoned spelling is a form of its own, for signs and lists; books need the tones.
        severity = None if case.told.publishing else Severity.INFORMATION
        return (
            spelling_hit(case, Words("未标声调；出版物应标调", "no tone marks; books need them"), severity),
        )
    listed = "、".join(bare)
    return (spelling_hit(case, Words(f"缺声调：{listed}", f"tone marks are missing: {', '.join(bare)}")),)


RULE = NameRule(
    code="PY-9",
    title=Words("标声调", "Tone marks"),
    criterion=Words(
        "音节标声调；整体不标调的写法只用于标志、名单。",
        "Syllables carry tone marks; only signs and lists may leave all of them out.",
    ),
    basis=(SPELLING(9),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(Example(propose("贵阳市", PREFECTURE, romanization="Guìyáng Shì")),),
    rejects=(
        Example(propose("贵阳市", PREFECTURE, romanization="Guiyang Shi")),
        Example(propose("贵阳市", PREFECTURE, romanization="Guìyang Shì")),
    ),
)
