"""Names of buildings and institutions are written by their words (建筑物名称按词分写)."""

from __future__ import annotations

from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import SPELLING

STADIUM = "26310"
_LONGEST = 3


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find words of more than three syllables."""
    one = spelt(case, facts)
    if one.syllables is None:
        return NONE
    ends = [*sorted(one.breaks), len(one.syllables)]
    longest = max(end - start for start, end in zip([0, *ends], ends, strict=False))
    if longest <= _LONGEST:
        return NONE
    return (
        spelling_hit(
            case,
            Words("建筑物、单位名称按词分写", "names of buildings and institutions are written by words"),
        ),
    )


RULE = NameRule(
    code="PY-14",
    title=Words("按词分写", "By words"),
    criterion=Words(
        "建筑物、纪念地、单位的名称按词分写。",
        "Names of buildings, monuments and institutions are written word by word.",
    ),
    basis=(SPELLING(14),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.ESTATE, PlaceKind.OTHER, PlaceKind.PARK}),
    sign=Sign.SPELT,
    check=check,
    accepts=(Example(propose("北京工人体育馆", STADIUM, romanization="Běijīng Gōngrén Tǐyùguǎn")),),
    rejects=(Example(propose("北京工人体育馆", STADIUM, romanization="Běijīnggōngrén Tǐyùguǎn")),),
)
