"""Lost, private-use, compatibility and traditional characters (用字不规范)."""

from __future__ import annotations

from geoname.core.names.characters import faults, normal_form
from geoname.core.names.feature_class import TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import CENSUS, PLACE_NAMES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find what stands for a lost character, forms that normalising changes, and variants."""
    text = case.name.text
    lost = tuple(
        Hit(
            Words(
                f"第 {fault.position + 1} 字缺失，现为“{fault.char}”",
                f"character {fault.position + 1} was lost",
            ),
            (fault.position, fault.position + 1),
        )
        for fault in faults(text)
    )
    plain = normal_form(text)
    if plain != text:
        words = Words(f"用字形式不规范，规范形式为“{plain}”", f"the normal form of the text is {plain}")
        lost = (*lost, Hit(words, (0, len(text))))
    return (*lost, *_variants(text, facts))


def _variants(text: str, facts: Facts) -> tuple[Hit, ...]:
    """Traditional and variant characters; one that the general list holds is a character of its own."""
    standard = facts.variants.standard
    return tuple(
        Hit(
            Words(
                f"“{char}”是繁体字或异体字，对应的规范字是“{standard[char]}”，请核定",
                f"{char} is a traditional or variant form of {standard[char]}: settle which is right",
            ),
            (position, position + 1),
        )
        for position, char in enumerate(text)
        if char in standard and facts.characters.level(char) is None
    )


RULE = NameRule(
    code="Q-4",
    title=Words("用字不规范", "Damaged or nonstandard characters"),
    criterion=Words(
        "没有缺字、私用区字、兼容字形，没有异体、繁体写法。",
        "No lost, private-use or compatibility characters, no variant or traditional forms.",
    ),
    basis=(CENSUS(), PLACE_NAMES(15)),
    severity=Severity.ADVICE,
    sign=Sign.STRANGE | Sign.UNCOMMON,
    check=check,
    accepts=(Example(propose("㵲水街道", TOWNSHIP)),),
    rejects=(
        Example(propose("?水街道", TOWNSHIP)),
        Example(propose("_水街道", TOWNSHIP)),
        Example(propose("\ue863水街道", TOWNSHIP)),
        Example(propose("⻰场镇", TOWNSHIP)),
        Example(propose("龍場镇", TOWNSHIP)),
    ),
)
