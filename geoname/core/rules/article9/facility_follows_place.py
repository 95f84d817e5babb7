"""A facility bears the name of the place where it stands (设施与所在地名统一)."""

from __future__ import annotations

from geoname.core.names.feature_class import BRIDGE, COUNTY, TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import PLACE_NAMES

RAILWAY_STATION = "23310"
AIRPORT = "23410"
_SHORTEST = 2


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a specific element that begins with no name of a place around."""
    specific, register = case.name.specific, facts.register
    if register is None or len(specific) < _SHORTEST:
        return NONE
    if any(register.bears(specific[:end], case) for end in range(len(specific), _SHORTEST - 1, -1)):
        return NONE
    words = Words(
        f"“{specific}”与所在地的区划、村居名称无关", f"{specific} is no name of a division or village around"
    )
    return (Hit(words, (0, len(specific))),)


RULE = NameRule(
    code="A9-10",
    title=Words("设施与所在地名统一", "Facilities named after the place"),
    criterion=Words(
        "设施的专名以所在或同县的区划、村居专名开头。",
        "The specific element begins with that of a division or village that holds it or lies in its county.",
    ),
    basis=(PLACE_NAMES(9, 10),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.FACILITY}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(
        Example(
            propose("花溪北站", RAILWAY_STATION, "520111101"),
            (propose("花溪区", COUNTY, "5201", place_id="520111"),),
        ),
        Example(
            propose("龙洞堡机场", AIRPORT, "520102"),
            (propose("龙洞堡街道", TOWNSHIP, "520102", place_id="520102020"),),
        ),
    ),
    rejects=(
        Example(
            propose("幸福大桥", BRIDGE, "520111101"),
            (propose("青岩镇", TOWNSHIP, "520111", place_id="520111101"),),
        ),
    ),
)
