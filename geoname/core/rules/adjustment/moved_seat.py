"""A seat that leaves its village has moved in law (驻地迁移)."""

from __future__ import annotations

from dataclasses import replace

from geoname.core.divisions.changes import Operation
from geoname.core.rules.adjustment_case import TownshipAdjustment
from geoname.core.rules.adjustment_example import SOUND
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import DIVISIONS, DIVISIONS_MEASURES


def check(case: TownshipAdjustment, facts: Facts) -> tuple[Hit, ...]:
    """Find a seat that moves without being called so, and a move that is none."""
    if case.seat is None:
        return NONE
    crosses = case.seat[0] != case.seat[1]
    if crosses and case.operation is not Operation.MOVE_SEAT:
        words = Words(
            "驻地跨村（居）迁移，须作为驻地迁移一并报批",
            "the seat crosses into another village: a move of the seat",
        )
        return (Hit(words),)
    if not crosses and case.operation is Operation.MOVE_SEAT:
        return (
            Hit(Words("驻地仍在同一村（居），不属驻地迁移", "the seat stays in its village: no move in law")),
        )
    return NONE


RULE = ProcedureRule(
    code="ADJ-8",
    title=Words("驻地迁移", "Moved seat"),
    criterion=Words(
        "乡级驻地跨村（居）迁移属变更，须报批；在同一村（居）内不算。",
        "A seat that crosses into another village has moved in law and needs approval; within "
        "one it has not.",
    ),
    basis=(
        DIVISIONS_MEASURES(3),
        DIVISIONS(9),
    ),
    severity=Severity.ADVICE,
    takes=TownshipAdjustment,
    check=check,
    accepts=(
        Example(SOUND),
        Example(replace(SOUND, operation=Operation.MOVE_SEAT, seat=("a", "b"))),
    ),
    rejects=(
        Example(replace(SOUND, seat=("a", "b"))),
        Example(replace(SOUND, operation=Operation.MOVE_SEAT, seat=("a", "a"))),
    ),
)
