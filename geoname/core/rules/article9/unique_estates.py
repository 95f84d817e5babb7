"""Estates and buildings of one built-up area have names of their own (住宅区、楼宇不重名)."""

from __future__ import annotations

from geoname.core.names.feature_class import TOWN_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.repeats import identical, same_sound
from geoname.core.rules.rule import Example, NameRule
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the same name, or the same sound, in the scope."""
    return (*identical(case, facts), *same_sound(case, facts, Severity.ADVICE, toned=True))


RULE = NameRule(
    code="A9-8d",
    title=Words("住宅区、楼宇同一建成区不重名", "Estates unique in a built-up area"),
    criterion=Words(
        "同一建成区内住宅区、楼宇名称不重名，并避免同音；未载入建成区范围时按县级行政区比对。",
        "No estate or building of a built-up area has the name or sound of another; the county "
        "stands for it where no built-up area is loaded.",
    ),
    basis=(PLACE_NAMES(9, 8),),
    severity=Severity.BLOCKS,
    applies_to=frozenset({PlaceKind.ESTATE}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(
        Example(
            propose("阳光小区", TOWN_SETTLEMENT, "520111101"),
            (propose("阳光小区", TOWN_SETTLEMENT, "520112101"),),
        ),
    ),
    rejects=(
        Example(
            propose("阳光小区", TOWN_SETTLEMENT, "520111101"),
            (propose("阳光小区", TOWN_SETTLEMENT, "520111102"),),
        ),
        Example(
            propose("锦绣花园", TOWN_SETTLEMENT, "520111101"),
            (propose("锦秀花园", TOWN_SETTLEMENT, "520111102"),),
        ),
    ),
)
