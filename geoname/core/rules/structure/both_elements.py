"""A name has a specific and a generic element (专名、通名齐全)."""

from __future__ import annotations

from geoname.core.names.feature_class import RIVER, STREET, TOWN_SETTLEMENT, TOWNSHIP
from geoname.core.names.generics import generics_of
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.generic_table import generic_of_any_class
from geoname.core.rules.kinds import EVERY_KIND, JOINED, PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import PLACE_NAMES

_BUILT = frozenset({PlaceKind.ESTATE, PlaceKind.STREET})


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a missing generic, or a generic that stands without a specific."""
    name = case.name
    if not name.text:
        return NONE
    generics = generics_of(case.feature_class)
    if name.generic:
        if name.text in generics or (case.kind in _BUILT and name.specific in generics):
            return (
                Hit(Words("只有通名，没有专名", "only a generic, no specific element"), (0, len(name.text))),
            )
        return NONE
    # A generic of another class is another rule's affair, and a class of no known generics nobody's.
    if not generics or generic_of_any_class(name.text):
        return NONE
    return (
        Hit(
            Words("没有通名，看不出是哪类地名", "no generic: it does not say what it names"),
            (0, len(name.text)),
        ),
    )


RULE = NameRule(
    code="A9-0a",
    title=Words("专名、通名齐全", "Specific and generic element"),
    criterion=Words(
        "名称须能拆成专名和通名；自然村寨和村居名称连写，不在此列。",
        "The name can be taken apart into both; villages, whose generic is part of the name, are left out.",
    ),
    basis=(PLACE_NAMES(9),),
    severity=Severity.BLOCKS,
    applies_to=EVERY_KIND - JOINED - {PlaceKind.OTHER},
    check=check,
    accepts=(
        Example(propose("沿河路", STREET)),
        Example(propose("龙场镇", TOWNSHIP)),
        Example(propose("清水江", RIVER)),
    ),
    rejects=(
        Example(propose("阳光", TOWN_SETTLEMENT)),
        Example(propose("大道", STREET)),
        Example(propose("花园小区", TOWN_SETTLEMENT)),
    ),
)
