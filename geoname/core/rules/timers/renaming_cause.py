"""A name is changed only where it no longer fits, and for a cause the law names (更名事由)."""

from __future__ import annotations

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.procedure_cases import NamingApplication, RenamingCause
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: NamingApplication, facts: Facts) -> tuple[Hit, ...]:
    """Find a renaming without such a cause, or without a reason in words."""
    if not case.is_renaming:
        return NONE
    if case.cause in (None, RenamingCause.OTHER):
        return (Hit(Words("更名事由不在法定范围内", "the cause of the renaming is none that the law names")),)
    if not case.reason.strip():
        return (Hit(Words("更名没有写明理由", "no reason for the renaming is given")),)
    return NONE


def _renaming(cause: RenamingCause, reason: str) -> Example[NamingApplication]:
    return Example(NamingApplication(PlaceKind.DIVISION, frozenset(), cause, reason, is_renaming=True))


RULE = ProcedureRule(
    code="A10-1",
    title=Words("更名事由", "Cause of renaming"),
    criterion=Words(
        "更名因区划变更、城乡建设、自然变化致名不副实，或原名违反命名规则，并写明理由。",
        "Renamed because divisions, building or nature changed and the name no longer fits, or "
        "because it was "
        "against the rules; and the reason is given.",
    ),
    basis=(PLACE_NAMES(10),),
    severity=Severity.BLOCKS,
    takes=NamingApplication,
    check=check,
    accepts=(
        _renaming(RenamingCause.DIVISION_CHANGE, "撤镇设街道"),
        Example(NamingApplication(PlaceKind.STREET, frozenset())),
    ),
    rejects=(_renaming(RenamingCause.OTHER, "领导喜欢"), _renaming(RenamingCause.CONSTRUCTION, " ")),
)
