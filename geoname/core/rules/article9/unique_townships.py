"""Townships of one province have names of their own (乡镇全省不重名)."""

from __future__ import annotations

from geoname.core.names.feature_class import COUNTY, TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.repeats import identical, same_sound, same_specific
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the same name, specific element or sound among the townships of the province."""
    if case.feature_class != TOWNSHIP:
        return NONE
    # The item speaks of townships and towns; a subdistrict is an agency, and the reviewer is told.
    subdistrict = Severity.ADVICE if case.name.generic.startswith("街道") else None
    return (
        *identical(case, facts, subdistrict),
        *same_specific(case, facts, Severity.ADVICE),
        *same_sound(case, facts, Severity.ADVICE, toned=True),
    )


RULE = NameRule(
    code="A9-8a",
    title=Words("乡镇全省不重名", "Townships unique in the province"),
    criterion=Words(
        "省内乡、镇名称不重名；街道重名，以及专名相同、同音的，作提示。",
        "No township or town of the province has the name of another; subdistricts of one name, and the same "
        "specific element or sound, are told of.",
    ),
    basis=(PLACE_NAMES(9, 8),),
    severity=Severity.BLOCKS,
    applies_to=frozenset({PlaceKind.DIVISION}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(
        Example(propose("龙场镇", TOWNSHIP, "520524"), (propose("龙场镇", TOWNSHIP, "430102"),)),
        Example(propose("青岩镇", TOWNSHIP, "520111"), (propose("花溪区", COUNTY, "5201"),)),
    ),
    rejects=(
        Example(propose("龙场镇", TOWNSHIP, "520524"), (propose("龙场镇", TOWNSHIP, "520222"),)),
        Example(propose("龙场乡", TOWNSHIP, "520524"), (propose("龙场镇", TOWNSHIP, "520222"),)),
        Example(propose("金钟镇", TOWNSHIP, "520524"), (propose("金中镇", TOWNSHIP, "520122"),)),
    ),
)
