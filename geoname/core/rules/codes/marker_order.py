"""Serial numbers of markers rise along the line (界桩序号顺序)."""

from __future__ import annotations

from itertools import pairwise

from geoname.core.rules.code_cases import MarkerSet, NumberedMarker
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import CodeRule, Example
from geoname.core.rules.statutes import GB_17796


def check(case: MarkerSet, facts: Facts) -> tuple[Hit, ...]:
    """Find neighbours along the line whose serial numbers fall; chainage runs from west to east or north."""
    placed = sorted(
        (marker.chainage_m, marker.number) for marker in case.markers if marker.chainage_m is not None
    )
    return tuple(
        Hit(
            Words(
                f"{after} 排在 {before} 之后，序号却较小",
                f"{after} comes after {before} and has a smaller number",
            )
        )
        for (_, before), (_, after) in pairwise(placed)
        if after[4:7] < before[4:7]
    )


def _set(*chainages: float) -> Example[MarkerSet]:
    markers = tuple(NumberedMarker(f"5253{i:03d}Q", chainage) for i, chainage in enumerate(chainages, 1))
    return Example(MarkerSet(("52", "53"), markers))


RULE = CodeRule(
    code="CD-8",
    title=Words("界桩序号顺序", "Order of markers"),
    criterion=Words(
        "序号由西向东或由北向南递增。",
        "Serial numbers rise from west to east or north to south along the line.",
    ),
    basis=(GB_17796(),),
    severity=Severity.INFORMATION,
    takes=MarkerSet,
    check=check,
    accepts=(_set(0, 900, 2_400),),
    rejects=(_set(0, 2_400, 900),),
)
