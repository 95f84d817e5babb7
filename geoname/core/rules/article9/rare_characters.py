"""A name avoids characters that few can read (避免生僻字)."""

from __future__ import annotations

from geoname.core.names.characters import is_han
from geoname.core.names.feature_class import COUNTY, STREET, TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.statutes import PLACE_NAMES

_RARE = 3


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find characters outside the general standard list; those of its third level are only told of."""
    hits = []
    for position, char in enumerate(case.name.text):
        if not is_han(char):
            continue
        level, at = facts.characters.level(char), (position, position + 1)
        if level is None:
            words = Words(
                f"“{char}”（U+{ord(char):04X}）不在《通用规范汉字表》中",
                f"{char} (U+{ord(char):04X}) is not in the general list of standard characters",
            )
            hits.append(Hit(words, at))
        elif level == _RARE:
            words = Words(
                f"“{char}”是《通用规范汉字表》三级字",
                f"{char} is of the third level of the standard characters",
            )
            hits.append(Hit(words, at, Severity.INFORMATION))
    return tuple(hits)


RULE = NameRule(
    code="A9-3b",
    title=Words("避免生僻字", "No rare characters"),
    criterion=Words(
        "用字在《通用规范汉字表》之内；三级字只作提示。",
        "Every character is in the general list; those of its third level are only told of.",
    ),
    basis=(PLACE_NAMES(9, 3),),
    severity=Severity.ADVICE,
    sign=Sign.UNCOMMON,
    check=check,
    accepts=(Example(propose("花溪区", COUNTY)), Example(propose("清水镇", TOWNSHIP))),
    rejects=(
        Example(propose("㵲河路", STREET)),
        Example(propose("桴㯊镇", TOWNSHIP)),
        Example(propose("濛江街道", TOWNSHIP)),
    ),
)
