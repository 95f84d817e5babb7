"""Divisions from the county up, and famous natural features, have names of their own (全国不重名)."""

from __future__ import annotations

from geoname.core.names.feature_class import COUNTY, MOUNTAIN, TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.lexical import said_of
from geoname.core.rules.repeats import identical, same_sound, same_specific
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import PLACE_NAMES

_FAMOUS = "A9-9"
_WORDS = Words(
    "“{term}”是著名自然地理实体或遗产的名称", "{term} is the name of a famous feature or heritage site"
)


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the same name, specific element or sound among the counties loaded, or a famous feature."""
    if case.kind is PlaceKind.NATURAL:
        return tuple(
            Hit(said_of(found.term, _WORDS), found.span, known=found.term.known)
            for found in facts.lexicons.found(case.name, _FAMOUS)
            if found.span[1] == len(case.name.text)
        )
    if case.feature_class == TOWNSHIP:
        return NONE
    return (
        *identical(case, facts),
        *same_specific(case, facts, Severity.ADVICE),
        *same_sound(case, facts, Severity.ADVICE, toned=True),
    )


RULE = NameRule(
    code="A9-7",
    title=Words("全国不重名", "Unique in the nation"),
    criterion=Words(
        "县级以上区划的名称、专名在全国不重名，并避免同音；自然地理实体不与著名者重名。只能比对已载入的省份。",
        "No county or higher division has the name, specific element or sound of another; no natural feature "
        "that of a famous one. Only the provinces that are loaded can be compared.",
    ),
    basis=(PLACE_NAMES(9, 7),),
    severity=Severity.BLOCKS,
    applies_to=frozenset({PlaceKind.DIVISION, PlaceKind.NATURAL}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(
        Example(propose("花溪区", COUNTY, "5201"), (propose("云岩区", COUNTY, "5201"),)),
        Example(propose("团山", MOUNTAIN, "520111")),
    ),
    rejects=(
        Example(propose("江北区", COUNTY, "5201"), (propose("江北区", COUNTY, "5001"),)),
        Example(propose("泰山", MOUNTAIN, "520111")),
    ),
)
