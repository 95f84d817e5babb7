"""Streets of one built-up area have names of their own (街路巷不重名)."""

from __future__ import annotations

from geoname.core.names.feature_class import STREET
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
    code="A9-8c",
    title=Words("街路巷同一建成区不重名", "Streets unique in a built-up area"),
    criterion=Words(
        "同一建成区内街路巷名称不重名，并避免同音；未载入建成区范围时按县级行政区比对。",
        "No street of a built-up area has the name or sound of another; the county stands for "
        "it where no built-up area is loaded.",
    ),
    basis=(PLACE_NAMES(9, 8),),
    severity=Severity.BLOCKS,
    applies_to=frozenset({PlaceKind.STREET}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(Example(propose("建设路", STREET, "520111101"), (propose("建设路", STREET, "520112101"),)),),
    rejects=(
        Example(propose("建设路", STREET, "520111101"), (propose("建设路", STREET, "520111102"),)),
        Example(propose("进化路", STREET, "520111101"), (propose("近画路", STREET, "520111102"),)),
    ),
)
