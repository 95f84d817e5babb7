"""Which kept period (时期) of a division an incoming one stands for: a division is one thing at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from geoname.core.divisions.division import Division
from geoname.core.validity.period import Period
from geoname.errors import InvalidInputError


def assign_keys(
    incoming: Sequence[Division], kept: Iterable[tuple[str, Period]]
) -> list[tuple[str, Division]]:
    """Row keys for the incoming periods of one division: those of the kept periods they replace, or new ones.

    `kept` are (row key, period). A period replaces the one that is equal, else the one with the same start,
    else the one that it certainly overlaps. InvalidInputError when two would hold at once.
    """
    free = dict(kept)
    taken: dict[int, str] = {}
    next_number = 1 + max((int(key.rpartition("@")[2]) for key in free), default=0)
    for fits in (_equal, _same_start, overlap):
        for i, division in enumerate(incoming):
            if i not in taken and (key := _first(free, division.period, fits)) is not None:
                taken[i] = key
                del free[key]
    for i, division in enumerate(incoming):
        others = [other.period for other in incoming[:i]]
        if any(overlap(division.period, period) for period in (*others, *free.values())):
            raise InvalidInputError(
                f"division {division.id} has two states at once, one of them {division.name} from "
                f"{division.period.start or '?'} until {division.period.end or 'now'}: "
                "end the earlier state where the later begins",
                zh=f"区划 {division.id} 在同一时间有两种状态，其一为 {division.name}"
                f"（{division.period.start or '?'} 至 {division.period.end or '今'}）："
                "请使前一状态止于后一状态之始",
                field="period",
            )
        if i not in taken:
            taken[i] = f"{division.id}@{next_number}"
            next_number += 1
    return [(taken[i], division) for i, division in enumerate(incoming)]


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day for certain."""
    (one_from, one_until), (other_from, other_until) = _certain(one), _certain(other)
    return max(one_from, other_from) < min(one_until, other_until)


def _certain(period: Period) -> tuple[float, float]:
    """The days, as ordinals and half-open, on which the period holds for certain; there may be none."""
    until = math.inf if period.end is None else float(period.end.first.toordinal())
    if period.start is not None:
        since = float(period.start.last.toordinal())
    elif period.known_on is not None:
        since = float(period.known_on.toordinal())
    else:
        # Nothing is known but that it held before its end, or holds still.
        since = min(float(date.max.toordinal()), until - 1)
    return since, until


def _equal(one: Period, other: Period) -> bool:
    return one == other


def _same_start(one: Period, other: Period) -> bool:
    return one.start is not None and one.start == other.start


def _first(kept: dict[str, Period], period: Period, fits: Callable[[Period, Period], bool]) -> str | None:
    return next((key for key, other in kept.items() if fits(period, other)), None)
