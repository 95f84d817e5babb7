"""Natural villages of one township have names of their own (自然村寨不重名)."""

from __future__ import annotations

from geoname.core.names.feature_class import RURAL_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.repeats import identical, same_sound
from geoname.core.rules.rule import Example, NameRule
from geoname.core.rules.statutes import GUIZHOU, OLD_RULES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find the same name, or the same sound, in the scope."""
    return (*identical(case, facts), *same_sound(case, facts, Severity.ADVICE, toned=True))


RULE = NameRule(
    code="A9-8e",
    title=Words("自然村寨同一乡镇不重名", "Natural villages unique in a township"),
    criterion=Words(
        "同一乡镇内自然村寨名称不重名，并避免同音；省规章未见比对范围，依旧细则取乡镇。",
        "No natural village of a township has the name or sound of another; the scope is that "
        "of the old rules, since the province's is not known.",
    ),
    basis=(
        GUIZHOU(),
        OLD_RULES(),
    ),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.NATURAL_VILLAGE}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(
        Example(
            propose("大寨", RURAL_SETTLEMENT, "520111101"), (propose("大寨", RURAL_SETTLEMENT, "520111102"),)
        ),
    ),
    rejects=(
        Example(
            propose("大寨", RURAL_SETTLEMENT, "520111101"), (propose("大寨", RURAL_SETTLEMENT, "520111101"),)
        ),
        Example(
            propose("官寨", RURAL_SETTLEMENT, "520111101"), (propose("关寨", RURAL_SETTLEMENT, "520111101"),)
        ),
    ),
)
