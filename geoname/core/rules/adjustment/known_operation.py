"""The change is one of those the law knows (变更种类)."""

from __future__ import annotations

from dataclasses import replace

from geoname.core.divisions.changes import Operation
from geoname.core.rules.adjustment_case import TownshipAdjustment
from geoname.core.rules.adjustment_example import SOUND
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import DIVISIONS_MEASURES

_MANY = 2


def check(case: TownshipAdjustment, facts: Facts) -> tuple[Hit, ...]:
    """Find a wording that is no operation, and units that do not fit the operation."""
    if case.operation is None:
        words = Words(f"“{case.wording}”不是法定变更种类", f"{case.wording} is no operation of the law")
        return (Hit(words),)
    before, after = len(case.before), len(case.after)
    fits = {
        Operation.ESTABLISH: after > before,
        Operation.ABOLISH: before > after,
        Operation.MERGE: before >= _MANY and after < before,
        Operation.SPLIT: after > before >= 1,
        Operation.REPLACE: before >= 1 and after >= 1,
    }.get(case.operation, before == after)
    if fits:
        return NONE
    words = Words(
        f"变更前 {before} 个、变更后 {after} 个单位，与变更种类不符",
        f"{before} units before and {after} after do not fit {case.operation}",
    )
    return (Hit(words),)


RULE = ProcedureRule(
    code="ADJ-2",
    title=Words("变更种类", "Kind of change"),
    criterion=Words(
        "设立、撤销、撤设、合并、析置、隶属、界线、驻地、更名之一，前后单位与之相符。",
        "One of the operations of the law, and the units before and after fit it.",
    ),
    basis=(DIVISIONS_MEASURES(3),),
    severity=Severity.BLOCKS,
    takes=TownshipAdjustment,
    check=check,
    accepts=(Example(SOUND),),
    rejects=(
        Example(replace(SOUND, operation=None, wording="优化")),
        Example(replace(SOUND, operation=Operation.MERGE)),
        Example(replace(SOUND, operation=Operation.ESTABLISH, after=())),
    ),
)
