"""A place without a name, a name without a place (有地无名、有名无地)."""

from __future__ import annotations

from geoname.core.names.feature_class import RURAL_SETTLEMENT
from geoname.core.rules.case import Circumstances, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import CENSUS


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find an empty name, or one whose place is said to have no location."""
    if not case.name.text.strip():
        return (Hit(Words("有地无名：该地没有标准地名", "a place without a name")),)
    if case.told.located is False:
        return (
            Hit(
                Words("有名无地：该地名没有位置", "a name without a location"), severity=Severity.INFORMATION
            ),
        )
    return NONE


RULE = NameRule(
    code="Q-3",
    title=Words("有地无名、有名无地", "Place without name, name without place"),
    criterion=Words("每个地有名称，每个名称有位置。", "Every place has a name, every name a location."),
    basis=(CENSUS(),),
    severity=Severity.ADVICE,
    check=check,
    accepts=(
        Example(propose("王家寨", RURAL_SETTLEMENT)),
        Example(propose("王家寨", RURAL_SETTLEMENT, told=Circumstances(located=True))),
    ),
    rejects=(
        Example(propose("", RURAL_SETTLEMENT)),
        Example(propose("王家寨", RURAL_SETTLEMENT, told=Circumstances(located=False))),
    ),
)
