"""Nothing is lost: each old village is in one new township, area and people add up (守恒)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from geoname.core.rules.adjustment_case import TownshipAdjustment
from geoname.core.rules.adjustment_example import NEW, SOUND
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import PRACTICE

_AREA_SHARE = 0.01


def check(case: TownshipAdjustment, facts: Facts) -> tuple[Hit, ...]:
    """Find villages that are lost or counted twice, and sums that differ (area by more than one per cent)."""
    if not case.before:
        return NONE
    old = {village for unit in case.before for village in unit.villages}
    new = Counter(village for unit in case.after for village in unit.villages)
    hits = []
    lost = sorted(old - new.keys())
    if lost:
        hits.append(Hit(Words(f"遗漏 {len(lost)} 个村居", f"{len(lost)} villages are lost")))
    twice = sorted(village for village, times in new.items() if times > 1)
    if twice:
        hits.append(Hit(Words(f"{len(twice)} 个村居重复归属", f"{len(twice)} villages are in two units")))
    areas = _sums([unit.area_km2 for unit in case.before], [unit.area_km2 for unit in case.after])
    if areas and abs(areas[0] - areas[1]) > _AREA_SHARE * areas[0]:
        words = Words(
            f"面积之和由 {areas[0]:g} 变为 {areas[1]:g} 平方千米",
            f"the area changes from {areas[0]:g} to {areas[1]:g} km²",
        )
        hits.append(Hit(words))
    people = _sums([unit.population for unit in case.before], [unit.population for unit in case.after])
    if people and people[0] != people[1]:
        words = Words(
            f"人口之和由 {people[0]:g} 变为 {people[1]:g}",
            f"the population changes from {people[0]:g} to {people[1]:g}",
        )
        hits.append(Hit(words))
    return tuple(hits)


def _sums(before: Sequence[float | None], after: Sequence[float | None]) -> tuple[float, float] | None:
    """Both sums, None where a figure is not told."""
    old, new = [each for each in before if each is not None], [each for each in after if each is not None]
    return (sum(old), sum(new)) if len(old) == len(before) and len(new) == len(after) else None


RULE = ProcedureRule(
    code="ADJ-3",
    title=Words("不重不漏", "Nothing lost"),
    criterion=Words(
        "原单位的每个村居恰在一个新单位里；面积、人口之和不变。",
        "Each village of the old units is in exactly one new one; areas and people add up.",
    ),
    basis=(PRACTICE(),),
    severity=Severity.BLOCKS,
    takes=TownshipAdjustment,
    check=check,
    accepts=(
        Example(SOUND),
        Example(replace(SOUND, before=(), after=(NEW,))),
    ),
    rejects=(
        Example(replace(SOUND, after=(replace(NEW, villages=frozenset({"a", "b"})),))),
        Example(replace(SOUND, after=(NEW, replace(NEW, name="某街道")))),
        Example(replace(SOUND, after=(replace(NEW, area_km2=60.0),))),
    ),
)
