"""The generic says what kind of thing bears the name (通名与类别相符)."""

from __future__ import annotations

from geoname.core.names.feature_class import LAKE, RESERVOIR, STREET, TOWN_SETTLEMENT, TOWNSHIP
from geoname.core.names.generics import generics_of
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.generic_table import generic_of_any_class
from geoname.core.rules.kinds import EVERY_KIND, JOINED, PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import OLD_RULES, PLACE_NAMES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find an ending that is a generic of another class and of none of this."""
    if case.name.generic or not generics_of(case.feature_class):
        return NONE
    text = case.name.text
    other = generic_of_any_class(text)
    if not other:
        return NONE
    words = Words(
        f"“{other}”是别类地名的通名，与所报类别不符",
        f"{other} is a generic of another class than the one stated",
    )
    return (Hit(words, (len(text) - len(other), len(text))),)


RULE = NameRule(
    code="A9-0b",
    title=Words("通名与类别相符", "Generic of the right class"),
    criterion=Words(
        "末尾的通名应是该类别可用的通名。", "The generic at the end is one that names of the class may have."
    ),
    basis=(PLACE_NAMES(9, 2), OLD_RULES(14)),
    severity=Severity.ADVICE,
    applies_to=EVERY_KIND - JOINED - {PlaceKind.OTHER},
    check=check,
    accepts=(
        Example(propose("红枫湖", LAKE)),
        Example(propose("百花水库", RESERVOIR)),
        Example(propose("阳光小区", TOWN_SETTLEMENT)),
    ),
    rejects=(
        Example(propose("红枫山庄", LAKE)),
        Example(propose("清溪公园", TOWNSHIP)),
        Example(propose("沿河公园", STREET)),
    ),
)
