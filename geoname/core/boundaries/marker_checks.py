"""Checks of a line's markers (界桩检查): numbers, places, order, reference objects, the register's counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from geoname.core.boundaries.course import Course
from geoname.core.boundaries.marker import LEAST_REFERENCES, Marker
from geoname.core.boundaries.marker_number import MarkerNumber, Standing, check_numbers
from geoname.core.boundaries.registered_line import MarkerCounts


class MarkerTrouble(StrEnum):
    """What can be wrong with markers, apart from what their numbers say."""

    OFF_LINE = "off_line"
    WRONG_LINE = "wrong_line"
    ORDER = "order"
    FEW_REFERENCES = "few_references"
    NO_POSITION = "no_position"
    NOT_CONVERTED = "not_converted"
    NO_RESPONSIBLE_SIDE = "no_responsible_side"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class MarkerFinding:
    """One thing wrong with markers of a line: which, in both languages, and a length where it has one."""

    kind: str
    numbers: tuple[str, ...]
    zh: str
    en: str
    metres: float | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a marker lies along its line: piece, metres along it, metres off it; None without a position."""

    marker: Marker
    piece: int | None
    chainage_m: float | None
    off_m: float | None


def place_markers(markers: Sequence[Marker], course: Course) -> tuple[Placed, ...]:
    """Each marker held against the course, in the order given."""
    has = [one.position is not None and one.position.lon is not None for one in markers]
    known = [one.position for one, there in zip(markers, has, strict=True) if there and one.position]
    lon = np.array([at.lon for at in known], dtype=np.float64)
    lat = np.array([at.lat for at in known], dtype=np.float64)
    along = course.along(lon, lat)
    columns = iter(zip(along.piece.tolist(), along.chainage_m.tolist(), along.off_m.tolist(), strict=True))
    placed = []
    for marker, there in zip(markers, has, strict=True):
        piece, chainage, off = next(columns) if there else (-1, None, None)
        is_on = there and piece >= 0
        placed.append(
            Placed(
                marker,
                piece if is_on else None,
                chainage if is_on else None,
                off if is_on else None,
            )
        )
    return tuple(placed)


def check_markers(
    placed: Sequence[Placed],
    *,
    line_code: str = "",
    tolerance_m: float,
    counts: MarkerCounts | None = None,
    nearer: Sequence[tuple[str, float] | None] = (),
) -> tuple[MarkerFinding, ...]:
    """Every finding of one line's markers, which come in the order of their numbers.

    `tolerance_m` is how far off the line a marker may stand; `nearer[i]`, where it is given, is the name of
    another line plainly nearer to marker i, and its distance. `counts` is what the register says.
    """
    markers = [one.marker for one in placed]
    numbers = [MarkerNumber(one.line_code, one.serial, one.type) for one in markers]
    found = [
        MarkerFinding(one.kind.value, one.numbers, one.zh, one.en)
        for one in check_numbers(numbers, line_code)
    ]
    others = [*nearer, *([None] * (len(placed) - len(nearer)))]
    for one, other in zip(placed, others, strict=True):
        found += _of_one(one, other, tolerance_m)
    found += _order(placed)
    if counts is not None:
        found += _counted(markers, counts)
    return tuple(found)


def _of_one(placed: Placed, other: tuple[str, float] | None, tolerance_m: float) -> list[MarkerFinding]:
    marker, found = placed.marker, []
    number = (marker.number,)
    if marker.position is None:
        found.append(MarkerFinding(MarkerTrouble.NO_POSITION, number, "没有坐标", "has no coordinates"))
    elif marker.position.lon is None:
        crs = marker.position.given_crs
        found.append(
            MarkerFinding(
                MarkerTrouble.NOT_CONVERTED,
                number,
                f"坐标为 {crs}，转换参数不公开，只照录而未上图",
                f"coordinates are {crs}, whose shift is not public: kept as given, not placed",
            )
        )
    if placed.off_m is not None and placed.off_m > tolerance_m:
        if other is not None:
            found.append(
                MarkerFinding(
                    MarkerTrouble.WRONG_LINE,
                    number,
                    f"离本线 {placed.off_m:.0f} 米，离{other[0]} {other[1]:.0f} 米：可能编错界线",
                    f"stands {placed.off_m:.0f} m off its line and {other[1]:.0f} m off {other[0]}: "
                    "it may be numbered on the wrong line",
                    round(placed.off_m, 1),
                )
            )
        else:
            found.append(
                MarkerFinding(
                    MarkerTrouble.OFF_LINE,
                    number,
                    f"离界线 {placed.off_m:.0f} 米，超过 {tolerance_m:g} 米",
                    f"stands {placed.off_m:.0f} m off the line, more than {tolerance_m:g} m",
                    round(placed.off_m, 1),
                )
            )
    if len(marker.references) < LEAST_REFERENCES:
        found.append(
            MarkerFinding(
                MarkerTrouble.FEW_REFERENCES,
                number,
                f"方位物 {len(marker.references)} 个，至少应有 {LEAST_REFERENCES} 个",
                f"has {len(marker.references)} reference objects, at least {LEAST_REFERENCES} are wanted",
            )
        )
    if not marker.responsible_side:
        found.append(
            MarkerFinding(
                MarkerTrouble.NO_RESPONSIBLE_SIDE,
                number,
                "未定管理责任方：由双方签订协议",
                "no responsible side is stated: both sides sign an agreement on it",
            )
        )
    return found


def _order(placed: Sequence[Placed]) -> list[MarkerFinding]:
    """Neighbours along a piece whose serials run against the others."""
    found = []
    pieces = sorted({one.piece for one in placed if one.piece is not None})
    for piece in pieces:
        along = sorted(
            (one.chainage_m or 0.0, one.marker.serial, one.marker.number) for one in placed
             if one.piece == piece
        )  # fmt: skip
        rising = sum(after[1] > before[1] for before, after in pairwise(along))
        falling = sum(after[1] < before[1] for before, after in pairwise(along))
        sign = 1 if rising >= falling else -1
        for before, after in pairwise(along):
            if (after[1] - before[1]) * sign < 0:
                found.append(
                    MarkerFinding(
                        MarkerTrouble.ORDER,
                        (before[2], after[2]),
                        f"沿线排列时 {before[2]} 与 {after[2]} 次序颠倒",
                        f"{before[2]} and {after[2]} stand along the line in the wrong order",
                    )
                )
    return found


def _counted(markers: Sequence[Marker], counts: MarkerCounts) -> list[MarkerFinding]:
    """Where the register counts places, a double or triple marker counts once."""
    places = {(one.serial, one.standing) for one in markers}
    here = Counter(standing for _, standing in places)
    found = []
    said = (
        (Standing.SINGLE, counts.single), (Standing.DOUBLE, counts.double), (Standing.TRIPLE, counts.triple)
    )  # fmt: skip
    for standing, count in said:
        if count is not None and count != here[standing]:
            found.append(
                MarkerFinding(
                    MarkerTrouble.COUNT,
                    (),
                    f"登记{standing.zh}界桩 {count} 处，实有 {here[standing]} 处",
                    f"the register says {count} places with {standing} markers, there are {here[standing]}",
                )
            )
    return found
