"""Names that hold the old township's name are listed, not changed (派生地名)."""

from __future__ import annotations

from dataclasses import replace

from geoname.core.rules.adjustment_case import TownshipAdjustment
from geoname.core.rules.adjustment_example import SOUND
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import PLACE_NAMES


def check(case: TownshipAdjustment, facts: Facts) -> tuple[Hit, ...]:
    """List the names that hold an old unit's name."""
    if not case.names_holding:
        return NONE
    listed = "、".join(case.names_holding)
    return (Hit(Words(f"以下名称含原单位名：{listed}", f"names that hold the old one: {listed}")),)


RULE = ProcedureRule(
    code="ADJ-6",
    title=Words("派生地名", "Derived names"),
    criterion=Words(
        "含原单位名称的村居、街巷名称列出备查，不自动更名。",
        "Names of villages and streets that hold the old name are listed for review and never "
        "changed by themselves.",
    ),
    basis=(PLACE_NAMES(10),),
    severity=Severity.INFORMATION,
    takes=TownshipAdjustment,
    check=check,
    accepts=(Example(SOUND),),
    rejects=(Example(replace(SOUND, names_holding=("党武镇路",))),),
)
