"""A name of historic value is not changed without measures to protect it (历史地名保护)."""

from __future__ import annotations

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.procedure_cases import NamingApplication, Paper, RenamingCause
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: NamingApplication, facts: Facts) -> tuple[Hit, ...]:
    """Find the renaming of a protected name without such measures; with them, it is told of."""
    if not (case.is_renaming and case.is_protected):
        return NONE
    if Paper.PROTECTION in case.papers:
        words = Words("该名属保护地名，一般不更名", "the name is protected and as a rule not changed")
        return (Hit(words, severity=Severity.ADVICE),)
    return (
        Hit(
            Words(
                "更改保护地名须先有保护措施", "a protected name is changed only after measures to protect it"
            )
        ),
    )


def _renaming(*papers: Paper, protected: bool) -> Example[NamingApplication]:
    cause = RenamingCause.DIVISION_CHANGE
    return Example(
        NamingApplication(
            PlaceKind.DIVISION,
            frozenset(papers),
            cause,
            "撤镇设街道",
            is_renaming=True,
            is_protected=protected,
        )
    )


RULE = ProcedureRule(
    code="A10-2",
    title=Words("历史地名保护", "Protected names"),
    criterion=Words(
        "列入保护名录、有重要历史文化价值的地名一般不更名；更名前须有保护措施。",
        "A name on a list of protection, or of great historic value, is as a rule not changed, and never "
        "without measures to protect it.",
    ),
    basis=(PLACE_NAMES(10), PLACE_NAMES(25)),
    severity=Severity.BLOCKS,
    takes=NamingApplication,
    check=check,
    accepts=(_renaming(protected=False),),
    rejects=(_renaming(protected=True), _renaming(Paper.PROTECTION, protected=True)),
)
