"""One place with several standard names (一地多名)."""

from __future__ import annotations

from geoname.core.names.feature_class import TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import CENSUS


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find other standard names in force of the same place."""
    if facts.register is None or case.place_id is None:
        return NONE
    others = [name for name in facts.register.current_names(case.place_id) if name != case.name.text]
    if not others:
        return NONE
    listed = "、".join(others)
    return (
        Hit(
            Words(f"该地还有现行标准地名：{listed}", f"the place has other standard names in force: {listed}")
        ),
    )


RULE = NameRule(
    code="Q-1",
    title=Words("一地多名", "One place, many names"),
    criterion=Words(
        "一地只有一个现行标准地名；别名、曾用名分别登记。",
        "A place has one standard name in force; aliases and former names are recorded as such.",
    ),
    basis=(CENSUS(),),
    severity=Severity.ADVICE,
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(
        Example(
            propose("青岩镇", TOWNSHIP, "520111", place_id="a"),
            (propose("花溪镇", TOWNSHIP, "520111", place_id="b"),),
        ),
    ),
    rejects=(
        Example(
            propose("青岩镇", TOWNSHIP, "520111", place_id="a"),
            (propose("青崖镇", TOWNSHIP, "520111", place_id="a"),),
        ),
    ),
)
