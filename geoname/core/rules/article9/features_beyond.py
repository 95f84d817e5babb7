"""A division does not bear the name of a feature that reaches beyond it (区划专名不超出本区域)."""

from __future__ import annotations

from geoname.core.names.feature_class import TOWNSHIP
from geoname.core.rules.case import ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Allowance, Example, NameRule
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a feature of the specific element's name that is known to reach beyond the division."""
    specific, division = case.name.specific, case.place_id or case.division_id
    if facts.territory is None or division is None:
        return NONE
    if not facts.territory.extends_beyond(specific, division):
        return NONE
    words = Words(
        f"“{specific}”所指的地理实体超出本行政区域", f"the feature {specific} reaches beyond the division"
    )
    return (Hit(words, (0, len(specific))),)


RULE = NameRule(
    code="A9-9b",
    title=Words("区划专名不超出本区域", "No feature reaching beyond"),
    criterion=Words(
        "区划专名所指的河流、山脉等不超出本行政区域；需要实体范围数据。",
        "The river or range that the specific element names lies within the division; its "
        "extent must be known.",
    ),
    basis=(PLACE_NAMES(9, 9),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.DIVISION}),
    needs=frozenset({Need.TERRITORY}),
    check=check,
    accepts=(Example(propose("龙井镇", TOWNSHIP, "520111")),),
    rejects=(Example(propose("格凸河镇", TOWNSHIP, "520425")),),
    exceptions=(Allowance(Words("历史上已经形成的", "a name formed in history"), ExceptionKind.HISTORICAL),),
)
