"""The same name within the county, for kinds that article 9 names no scope for (其他地名重名)."""

from __future__ import annotations

from geoname.core.names.feature_class import BRIDGE
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.repeats import identical
from geoname.core.rules.rule import Example, NameRule
from geoname.core.rules.statutes import REPEATED

PARK = "25200"


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the same name in the county."""
    return identical(case, facts)


RULE = NameRule(
    code="DUP-1",
    title=Words("重名", "Repeated name"),
    criterion=Words(
        "条例没有写明比对范围的设施、公园、自然实体等，在同一县级行政区内不重名。",
        "Facilities, parks and others, for which no scope is stated, do not repeat a name within the county.",
    ),
    basis=(REPEATED(),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.FACILITY, PlaceKind.PARK, PlaceKind.OTHER, PlaceKind.NATURAL}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(Example(propose("人民公园", PARK, "520111101"), (propose("人民公园", PARK, "520112101"),)),),
    rejects=(Example(propose("幸福大桥", BRIDGE, "520111101"), (propose("幸福大桥", BRIDGE, "520111102"),)),),
)
