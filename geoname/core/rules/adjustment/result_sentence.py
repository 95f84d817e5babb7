"""The sentence of the result agrees with the register (结果表述)."""

from __future__ import annotations

import re
from dataclasses import replace

from geoname.core.divisions.division import DivisionKind
from geoname.core.rules.adjustment_case import TownshipAdjustment
from geoname.core.rules.adjustment_example import SOUND
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import Example, ProcedureRule
from geoname.core.rules.statutes import PRACTICE

_COUNTED = re.compile(r"(\d+)个(街道|镇|乡)")
_KINDS = {
    "街道": (DivisionKind.SUBDISTRICT,),
    "镇": (DivisionKind.TOWN,),
    "乡": (DivisionKind.TOWNSHIP, DivisionKind.ETHNIC_TOWNSHIP),
}


def check(case: TownshipAdjustment, facts: Facts) -> tuple[Hit, ...]:
    """Find numbers in the sentence that are not those of the result."""
    hits = []
    for number, generic in _COUNTED.findall(case.sentence) if case.result else ():
        counted = sum(case.result.get(kind, 0) for kind in _KINDS[generic])
        if counted != int(number):
            words = Words(
                f"表述 {number} 个{generic}，登记 {counted} 个", f"{number} {generic} told, {counted} counted"
            )
            hits.append(Hit(words))
    return tuple(hits)


RULE = ProcedureRule(
    code="ADJ-4",
    title=Words("结果表述", "Result sentence"),
    criterion=Words(
        "批复中“X个街道、Y个镇、Z个乡”与登记相符。",
        "The numbers of subdistricts, towns and townships in the document are those of the register.",
    ),
    basis=(PRACTICE(),),
    severity=Severity.ADVICE,
    takes=TownshipAdjustment,
    check=check,
    accepts=(
        Example(SOUND),
        Example(replace(SOUND, sentence="")),
    ),
    rejects=(Example(replace(SOUND, sentence="全区辖8个街道、4个镇、6个乡")),),
)
