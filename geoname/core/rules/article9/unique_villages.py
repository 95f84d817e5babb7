"""Seats of village and residents' committees of one county have names of their own (村居全县不重名)."""

from __future__ import annotations

from geoname.core.names.feature_class import VILLAGE_COMMITTEE
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.repeats import identical, same_sound, same_specific
from geoname.core.rules.rule import Example, NameRule
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the same name, specific element or sound among the villages of the county."""
    return (
        *identical(case, facts),
        *same_specific(case, facts, Severity.ADVICE),
        *same_sound(case, facts, Severity.ADVICE, toned=True),
    )


RULE = NameRule(
    code="A9-8b",
    title=Words("村居全县不重名", "Villages unique in the county"),
    criterion=Words(
        "县内村（居）民委员会所在地名称不重名；专名相同、同音的提示。",
        "No village of the county has the name of another; the same specific element or sound is told of.",
    ),
    basis=(PLACE_NAMES(9, 8),),
    severity=Severity.BLOCKS,
    applies_to=frozenset({PlaceKind.VILLAGE}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(
        Example(
            propose("大坪村", VILLAGE_COMMITTEE, "520111101"),
            (propose("大坪村", VILLAGE_COMMITTEE, "520112101"),),
        ),
    ),
    rejects=(
        Example(
            propose("大坪村", VILLAGE_COMMITTEE, "520111101"),
            (propose("大坪村", VILLAGE_COMMITTEE, "520111102"),),
        ),
        Example(
            propose("大坪社区", VILLAGE_COMMITTEE, "520111101"),
            (propose("大坪村", VILLAGE_COMMITTEE, "520111102"),),
        ),
    ),
)
