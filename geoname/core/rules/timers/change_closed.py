"""A change is closed when line, map, code and announcement are done (变更收尾)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.procedure_cases import ChangeStep, DivisionChange
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import DIVISIONS

_NAMES = {
    ChangeStep.SURVEY: "勘定界线",
    ChangeStep.MAP: "更新区划图",
    ChangeStep.CODE: "公布代码",
    ChangeStep.ANNOUNCEMENT: "向社会公告",
}


def check(case: DivisionChange, facts: Facts) -> tuple[Hit, ...]:
    """Find what is not done when the case is about to be closed."""
    missing = [step for step in ChangeStep if step not in case.done]
    if not (case.closing and missing):
        return NONE
    listed = "、".join(_NAMES[step] for step in missing)
    return (Hit(Words(f"结案前尚缺：{listed}", f"still to be done: {', '.join(missing)}")),)


def _closing(*done: ChangeStep, closing: bool = True) -> Example[DivisionChange]:
    day = date(2021, 3, 1)
    return Example(DivisionChange(frozenset(), day, day, done=frozenset(done), closing=closing))


RULE = ProcedureRule(
    code="T-6",
    title=Words("变更收尾", "Closing a change"),
    criterion=Words(
        "结案前勘定界线、更新区划图、公布代码、向社会公告。",
        "Before the case is closed: line surveyed, map renewed, code published, change announced.",
    ),
    basis=(DIVISIONS(16), DIVISIONS(17), DIVISIONS(18)),
    severity=Severity.BLOCKS,
    takes=DivisionChange,
    check=check,
    accepts=(_closing(*ChangeStep), _closing(closing=False)),
    rejects=(_closing(ChangeStep.SURVEY, ChangeStep.MAP, ChangeStep.CODE),),
)
