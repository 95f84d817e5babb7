"""One name written in several ways (一名多写)."""

from __future__ import annotations

from geoname.core.names.feature_class import TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import CENSUS


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a name that another official list writes otherwise."""
    other = facts.other_spellings.get(case.name.text)
    if other is None:
        return NONE
    words = Words(
        f"另一官方名单写作“{other}”，请核定用字",
        f"another official list writes {other}: settle which is right",
    )
    return (Hit(words, (0, len(case.name.text))),)


RULE = NameRule(
    code="Q-2",
    title=Words("一名多写", "One name, many spellings"),
    criterion=Words("官方名单之间写法一致。", "Official lists write the name in one way."),
    basis=(CENSUS(),),
    severity=Severity.ADVICE,
    check=check,
    accepts=(Example(propose("青岩镇", TOWNSHIP)),),
    rejects=(Example(propose("舞阳镇", TOWNSHIP)), Example(propose("㵲阳镇", TOWNSHIP))),
)
