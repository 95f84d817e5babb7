"""A generic of a town or city on a few buildings (以城镇通名命名小片建筑)."""

from __future__ import annotations

from geoname.core.names.feature_class import TOWN_SETTLEMENT
from geoname.core.rules.case import Circumstances, ExceptionKind, Extent, ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Allowance, Example, NameRule
from geoname.core.rules.statutes import GRAND

_SETTLEMENTS = ("城", "镇", "县", "市", "都")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find such an ending where the application counts no more than a few buildings."""
    extent, text = case.told.extent, case.name.text
    if extent is None or extent.buildings is None or extent.buildings > facts.few_buildings:
        return NONE
    if not text.endswith(_SETTLEMENTS):
        return NONE
    words = Words(
        f"“{text[-1]}”是城镇的通名，而实体只有 {extent.buildings} 栋建筑",
        f"{text[-1]} is a generic of towns, and there are {extent.buildings} buildings",
    )
    return (Hit(words, (len(text) - 1, len(text))),)


RULE = NameRule(
    code="BIG-1",
    title=Words("含义远超实体", "Far more than there is"),
    criterion=Words(
        "几栋楼不以城、镇等通名命名；栋数界限可设置，其余由人判断。",
        "A few buildings are not called a city or town; how many are few can be set, a person "
        "judges the rest.",
    ),
    basis=(GRAND(item=1),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.ESTATE}),
    needs=frozenset({Need.EXTENT}),
    check=check,
    accepts=(Example(propose("花果园新城", TOWN_SETTLEMENT, told=Circumstances(Extent(buildings=220)))),),
    rejects=(Example(propose("阳光城", TOWN_SETTLEMENT, told=Circumstances(Extent(buildings=3)))),),
    exceptions=(
        Allowance(
            Words("经批准使用的，历史上已经形成的", "an approved name, or one formed in history"),
            ExceptionKind.APPROVED,
        ),
    ),
)
