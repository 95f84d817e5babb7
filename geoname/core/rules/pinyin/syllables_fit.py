"""There is a syllable for each character, and it is one of its readings (音节与汉字对应)."""

from __future__ import annotations

from geoname.core.names.feature_class import PREFECTURE
from geoname.core.names.syllables import untoned
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find letters that are no syllables, too many or too few, and syllables that no reading allows."""
    one = spelt(case, facts)
    if one.syllables is None:
        return (spelling_hit(case, Words("拼写不是汉语拼音音节", "the letters are no syllables")),)
    if not one.is_comparable:
        counts = len(one.syllables), len(one.wanted_syllables)
        return (
            spelling_hit(
                case,
                Words(f"音节 {counts[0]} 个，应为 {counts[1]} 个", f"{counts[0]} syllables, not {counts[1]}"),
            ),
        )
    # The dictionary is heavy and is asked only about spellings.
    from geoname.core.names.dictionary import all_readings

    text = case.name.text
    if len(text) != len(one.syllables):
        return NONE
    strange = [
        f"{char} {given}"
        for char, given, wanted in zip(text, one.syllables, one.wanted_syllables, strict=True)
        if untoned(given) != untoned(wanted) and given != "r" and untoned(given) not in all_readings(char)
    ]
    if not strange:
        return NONE
    listed = "、".join(strange)
    return (
        spelling_hit(
            case, Words(f"不是该字的读音：{listed}", f"no reading of the character: {', '.join(strange)}")
        ),
    )


RULE = NameRule(
    code="PY-CONS",
    title=Words("音节与汉字对应", "Syllables fit characters"),
    criterion=Words(
        "一字一音节，音节是该字的读音之一。",
        "One syllable for each character, and it is one of the character's readings.",
    ),
    basis=(PLACE_NAMES(15),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(Example(propose("贵阳市", PREFECTURE, romanization="Guìyáng Shì")),),
    rejects=(
        Example(propose("贵阳市", PREFECTURE, romanization="Guìlín Shì")),
        Example(propose("贵阳市", PREFECTURE, romanization="Guì Shì")),
        Example(propose("贵阳市", PREFECTURE, romanization="Gweiyang Shi")),
    ),
)
