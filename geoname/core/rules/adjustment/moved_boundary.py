"""A moved boundary is surveyed, marked, agreed and filed (界线变更手续)."""

from __future__ import annotations

from dataclasses import replace

from geoname.core.rules.adjustment_case import TownshipAdjustment
from geoname.core.rules.adjustment_example import SOUND
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import BOUNDARIES

_WANTED = {"survey": "勘测", "markers": "界桩", "agreement": "协议", "filing": "备案"}


def check(case: TownshipAdjustment, facts: Facts) -> tuple[Hit, ...]:
    """Find what is missing where the boundary moves."""
    missing = [paper for paper in _WANTED if paper not in case.boundary_papers]
    if not (case.boundary_moved and missing):
        return NONE
    listed = "、".join(_WANTED[paper] for paper in missing)
    return (Hit(Words(f"界线变动尚缺：{listed}", f"the moved boundary lacks: {', '.join(missing)}")),)


RULE = ProcedureRule(
    code="ADJ-7",
    title=Words("界线变更手续", "Moved boundary"),
    criterion=Words(
        "界线变动的，须有勘测、界桩、协议、备案；乡级界线参照执行。",
        "Where the boundary moves: survey, markers, agreement, filing; lines of townships by reference.",
    ),
    basis=(
        BOUNDARIES(9),
        BOUNDARIES(19),
    ),
    severity=Severity.ADVICE,
    takes=TownshipAdjustment,
    check=check,
    accepts=(
        Example(SOUND),
        Example(
            replace(
                SOUND,
                boundary_moved=True,
                boundary_papers=frozenset({"survey", "markers", "agreement", "filing"}),
            )
        ),
    ),
    rejects=(Example(replace(SOUND, boundary_moved=True, boundary_papers=frozenset({"survey"}))),),
)
