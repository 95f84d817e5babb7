"""A marker's number: line, serial number, type; types of one number make a whole (界桩编号)."""

from __future__ import annotations

import re
from collections import defaultdict

from geoname.core.rules.code_cases import MarkerSet, NumberedMarker
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import CodeRule, Example
from geoname.core.rules.statutes import GB_17796

_FORM = re.compile(r"(\d{4})(\d{3})([QABCDEI])", re.ASCII)
_WHOLE = ({"Q"}, {"A", "B"}, {"C", "D", "E"}, {"I"})


def check(case: MarkerSet, facts: Facts) -> tuple[Hit, ...]:
    """Find numbers of another form or line, one given twice, and sets of which a marker is missing."""
    hits: list[Hit] = []
    line = "".join(sorted(case.provinces))
    types: dict[str, list[str]] = defaultdict(list)
    for marker in case.markers:
        read = _FORM.fullmatch(marker.number)
        if read is None or read[1] != line:
            words = Words(
                f"界桩号 {marker.number} 应为 {line} 加三位序号和类型字母",
                f"marker number {marker.number} must be {line}, three digits and a letter of type",
            )
            hits.append(Hit(words))
            continue
        types[read[2]].append(read[3])
    for serial, found in sorted(types.items()):
        if len(set(found)) != len(found):
            hits.append(Hit(Words(f"{serial} 号界桩编号重复", f"a number of serial {serial} is given twice")))
        elif set(found) not in _WHOLE:
            letters = "、".join(sorted(found))
            words = Words(
                f"{serial} 号界桩只有 {letters}，不成套",
                f"serial {serial} has {letters} alone: the set is not whole",
            )
            hits.append(Hit(words))
    return tuple(hits)


def _set(*numbers: str) -> Example[MarkerSet]:
    return Example(MarkerSet(("53", "52"), tuple(map(NumberedMarker, numbers))))


RULE = CodeRule(
    code="CD-7",
    title=Words("界桩编号", "Marker numbers"),
    criterion=Words(
        "省界界桩号 = 两省代码（小者在前）+ 三位序号 + 类型；单立 Q，同号双立 A、B，同号三立 C、D、E。",
        "On provincial lines: both provinces' codes, the smaller first, three digits, a letter: "
        "Q alone, A and "
        "B for two, C, D and E for three.",
    ),
    basis=(GB_17796(),),
    severity=Severity.ADVICE,
    takes=MarkerSet,
    check=check,
    accepts=(_set("5253001Q", "5253002A", "5253002B", "5253003C", "5253003D", "5253003E"),),
    rejects=(_set("5352001Q"), _set("5253002A"), _set("5253001Q", "5253001Q"), _set("5253-1Q")),
)
