"""The same specific element with another generic (专名相同)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.repeats import same_specific
from geoname.core.rules.rule import Example, NameRule
from geoname.core.rules.statutes import REPEATED


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the same specific element in the scope."""
    return same_specific(case, facts)


RULE = NameRule(
    code="DUP-2",
    title=Words("专名相同", "Same specific element"),
    criterion=Words(
        "街巷、楼宇等专名与他名相同而通名不同的，只作提示；区划和村居见第九条各规则。",
        "Streets, buildings and others that share a specific element are told of; for divisions and villages "
        "the rules of article 9 speak.",
    ),
    basis=(REPEATED(),),
    severity=Severity.INFORMATION,
    applies_to=frozenset({PlaceKind.STREET, PlaceKind.ESTATE, PlaceKind.FACILITY, PlaceKind.PARK}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(Example(propose("建设路", STREET, "520111101"), (propose("民主路", STREET, "520111101"),)),),
    rejects=(Example(propose("建设路", STREET, "520111101"), (propose("建设巷", STREET, "520111101"),)),),
)
