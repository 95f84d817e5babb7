"""Old codes are retired, new ones come from the range of their kind (调整与代码)."""

from __future__ import annotations

from dataclasses import replace

from geoname.core.divisions.division import DivisionKind
from geoname.core.rules.adjustment_case import TownshipAdjustment
from geoname.core.rules.adjustment_example import NEW, SOUND
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import Example, ProcedureRule
from geoname.core.rules.statutes import DIVISION_CODES, GB_10114

_RANGES = {
    DivisionKind.SUBDISTRICT: range(1, 100),
    DivisionKind.TOWN: range(100, 200),
    DivisionKind.TOWNSHIP: range(200, 400),
    DivisionKind.ETHNIC_TOWNSHIP: range(200, 400),
}


def check(case: TownshipAdjustment, facts: Facts) -> tuple[Hit, ...]:
    """Find a new unit that bears a retired code, an old unit's code, or one of another kind's range."""
    kept = {(unit.name, unit.code) for unit in case.before}
    old = {unit.code for unit in case.before}
    hits = []
    for unit in case.after:
        if (unit.name, unit.code) in kept:
            continue
        if unit.code in old or unit.code in case.retired_codes:
            words = Words(f"{unit.name}用了旧代码 {unit.code}", f"{unit.name} bears the old code {unit.code}")
            hits.append(Hit(words))
        elif unit.kind in _RANGES and int(unit.code[6:] or 0) not in _RANGES[unit.kind]:
            words = Words(
                f"{unit.name}的代码 {unit.code} 不在相应区段", f"{unit.code} is out of range for {unit.name}"
            )
            hits.append(Hit(words))
    return tuple(hits)


RULE = ProcedureRule(
    code="ADJ-5",
    title=Words("调整与代码", "Codes of a change"),
    criterion=Words(
        "改设、撤销、合并的旧码注销不再用；新码在相应区段。",
        "Codes of what ends are retired and not used again; new ones lie in the range of their kind.",
    ),
    basis=(
        DIVISION_CODES(),
        GB_10114(),
    ),
    severity=Severity.BLOCKS,
    takes=TownshipAdjustment,
    check=check,
    accepts=(Example(SOUND),),
    rejects=(
        Example(replace(SOUND, after=(replace(NEW, code="520111103"),))),
        Example(replace(SOUND, after=(replace(NEW, code="520111109"),))),
        Example(replace(SOUND, retired_codes=frozenset({"520111009"}))),
    ),
)
