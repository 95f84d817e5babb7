"""Generics piled one upon the other (通名叠用)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.names.generics import generics_of
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import GRAND

BUILDING = "26300"
# One character is too often a part of the specific element (沿河, 龙塘, 官庄) to count.
_LONG = {
    generic: None
    for code in (TOWN_SETTLEMENT, BUILDING)
    for generic in generics_of(code)
    if len(generic) > 1
}  # fmt: skip


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a specific element that itself ends in a generic of estates and buildings."""
    specific = case.name.specific
    if not case.name.generic:
        return NONE
    for length in (3, 2):
        if specific[-length:] in _LONG and len(specific) > length:
            words = Words(
                f"“{specific[-length:]}”与“{case.name.generic}”两个通名叠用",
                f"two generics, {specific[-length:]} and {case.name.generic}, stand one after the other",
            )
            return (Hit(words, (len(specific) - length, len(case.name.text))),)
    return NONE


RULE = NameRule(
    code="BIG-5",
    title=Words("通名叠用、层级混乱", "Piled generics"),
    criterion=Words("住宅区、楼宇名称只用一个通名。", "Names of estates and buildings have one generic."),
    basis=(GRAND(item=5),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.ESTATE}),
    check=check,
    accepts=(Example(propose("西小巷", STREET)), Example(propose("锦绣花园", TOWN_SETTLEMENT))),
    rejects=(
        Example(propose("金阳广场花园小区城", TOWN_SETTLEMENT)),
        Example(propose("锦绣花园小区", TOWN_SETTLEMENT)),
    ),
)
