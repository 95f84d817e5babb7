"""Spreads the lines over the years of a plan (联检排期): never late, as even as the due dates allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from geoname.core.inspections.advance import ROUND_YEARS
from geoname.core.inspections.plan import Assignment, YearLoad
from geoname.errors import InvalidInputError

TOLERANCE = 0.10
"""How far a year's kilometres and markers may be from the mean."""
MOST_YEARS = 20
_LINE_WEIGHT = 100.0
_EARLY = 5e-6
"""What a year too early weighs: far less than balance, enough to decide between equally balanced plans."""
_PASSES = 60

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line to plan: `last_filed` None when not known, which leaves it free in its first round."""

    id: str
    name: str
    level: str
    sides: tuple[str, ...]
    length_km: float
    markers: int
    last_filed: date | None = None
    last_lead: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Which line in which year; `forced` are the lines whose due dates keep a year out of balance."""

    assignments: tuple[Assignment, ...]
    loads: tuple[YearLoad, ...]
    forced: tuple[str, ...]


def schedule(lines: Sequence[PlanLine], first_year: int, years: int) -> Schedule:
    """The plan of the years from `first_year` on; the same lines give the same plan.

    A line is never planned later than five years after its last filing; one that is overdue comes in the
    first year. Within that, the years get the same number of lines, and kilometres and markers near their
    mean. With more than five years the round is repeated: each line comes again five years later, which
    keeps every year as even as the first five. InvalidInputError for no years or too many.
    """
    if not 1 <= years <= MOST_YEARS:
        raise InvalidInputError(
            f"{years} years cannot be planned: choose 1 to {MOST_YEARS}",
            zh=f"不能编排 {years} 年：请选 1 至 {MOST_YEARS} 年",
            field="years",
        )
    ordered = sorted(lines, key=lambda line: (-line.length_km, line.id))
    span = min(years, ROUND_YEARS)
    latest = np.array([_latest(line, first_year, span) for line in ordered], dtype=np.int64)
    weights = _weights(ordered)
    year_of = _spread(weights, latest, _earliness(ordered, latest, span), span)
    lead_of = _leads(ordered, year_of)
    made = []
    for position, line in enumerate(ordered):
        lead, year = lead_of[line.id], first_year + int(year_of[position])
        due = None if line.last_filed is None else line.last_filed.year + ROUND_YEARS
        while year < first_year + years:
            late = due is not None and due < year
            made.append(
                Assignment(
                    line.id, line.name, line.level, line.sides, lead, year,
                    line.length_km, line.markers, due, overdue=late,
                )
            )  # fmt: skip
            year, due = year + ROUND_YEARS, year + ROUND_YEARS
            lead = _next_side(line.sides, lead)
    loads = _loads(made, first_year, years)
    mean = len(made) / years
    crowded = {
        load.year for load in loads
        if not load.balanced
        and (load.lines > mean or load.length_off_percent > 0 or load.markers_off_percent > 0)
    }  # fmt: skip
    assignments = tuple(
        _marked(one, crowded) for one in sorted(made, key=lambda one: (one.year, one.line_id))
    )
    return Schedule(assignments, loads, tuple(sorted({one.line_id for one in assignments if one.forced})))


def _latest(line: PlanLine, first_year: int, span: int) -> int:
    """The last year, counted from the first, in which a line may come."""
    if line.last_filed is None:
        return span - 1
    return max(0, min(span - 1, line.last_filed.year + ROUND_YEARS - first_year))


def _weights(lines: Sequence[PlanLine]) -> Numbers:
    """For each line its share of lines, kilometres and markers; a share of nothing is nothing."""
    values = np.array([[1.0, line.length_km, line.markers] for line in lines], dtype=float).reshape(-1, 3)
    totals = values.sum(axis=0)
    return values / np.where(totals > 0, totals, 1.0)


def _earliness(lines: Sequence[PlanLine], latest: Whole, span: int) -> Numbers:
    """For each line and year what it weighs to come before it is due; nothing where no filing is known."""
    known = np.array([[line.last_filed is not None] for line in lines], dtype=float).reshape(-1, 1)
    before = np.maximum(latest[:, None] - np.arange(span)[None, :], 0)
    return np.asarray(_EARLY * known * before, dtype=float)


def _spread(weights: Numbers, latest: Whole, early: Numbers, span: int) -> Whole:
    """The year of each line: the hardest first into the emptiest year, then the best moves and exchanges."""
    year_of = np.zeros(len(weights), dtype=np.int64)
    sums = np.zeros((span, 3))
    order = sorted(range(len(weights)), key=lambda i: (int(latest[i]), -float(weights[i].max()), i))
    for i in order:
        open_years = sums[: int(latest[i]) + 1]
        cost = [_cost(_plus(sums, year, weights[i])) + early[i, year] for year in range(len(open_years))]
        year = int(np.argmin(np.round(cost, 12)))
        year_of[i] = year
        sums[year] += weights[i]
    for _ in range(_PASSES * max(1, len(weights))):
        if not _improve(weights, latest, early, year_of, sums):
            break
    return year_of


def _improve(weights: Numbers, latest: Whole, early: Numbers, year_of: Whole, sums: Numbers) -> bool:
    """Make the one move or exchange that betters the balance most; whether there was one."""
    span, best, found = len(sums), _cost(sums) - 1e-9, None
    for one in range(span):
        mine = np.flatnonzero(year_of == one)
        for other in range(span):
            if other == one:
                continue
            movable = mine[latest[mine] >= other]
            if len(movable) == 0:
                continue
            # An exchange with nothing is a move.
            back = np.flatnonzero((year_of == other) & (latest >= one)) if other > one else np.array([], int)
            theirs = np.vstack([np.zeros((1, 3)), weights[back]])
            change = weights[movable][:, None, :] - theirs[None, :, :]
            cost = _exchange_cost(sums, one, other, change)
            cost = cost + (early[movable, other] - early[movable, one])[:, None]
            cost[:, 1:] += (early[back, one] - early[back, other])[None, :]
            place = int(np.argmin(cost))
            if cost.flat[place] < best:
                best = float(cost.flat[place])
                i, j = divmod(place, len(theirs))
                found = (one, other, int(movable[i]), int(back[j - 1]) if j else None, change[i, j])
    if found is None:
        return False
    one, other, out, back_in, moved = found
    sums[one] -= moved
    sums[other] += moved
    year_of[out] = other
    if back_in is not None:
        year_of[back_in] = one
    return True


def _exchange_cost(sums: Numbers, one: int, other: int, change: Numbers) -> Numbers:
    mean = sums.sum(axis=0) / len(sums)
    rest = np.delete(sums, [one, other], axis=0)
    apart = _squares(sums[one] - change, mean) + _squares(sums[other] + change, mean)
    return np.asarray(apart + _squares(rest, mean).sum(), dtype=float)


def _plus(sums: Numbers, year: int, weight: Numbers) -> Numbers:
    after = sums.copy()
    after[year] += weight
    return after


def _cost(sums: Numbers) -> float:
    return float(_squares(sums, sums.sum(axis=0) / len(sums)).sum())


def _squares(sums: Numbers, mean: Numbers) -> Numbers:
    return np.asarray((sums - mean) ** 2 @ np.array([_LINE_WEIGHT, 1.0, 1.0]), dtype=float)


def _leads(lines: Sequence[PlanLine], year_of: Whole) -> dict[str, str]:
    """Who leads each line: not the side that led last; else the side that leads fewer lines in the plan."""
    led: Counter[str] = Counter()
    chosen: dict[str, str] = {}
    for _, line in sorted(zip(year_of.tolist(), lines, strict=True), key=lambda pair: (pair[0], pair[1].id)):
        if line.last_lead in line.sides and line.last_lead is not None:
            lead = _next_side(line.sides, line.last_lead)
        else:
            lead = min(line.sides, key=lambda side: (led[side], side))
        led[lead] += 1
        chosen[line.id] = lead
    return chosen


def _next_side(sides: tuple[str, ...], last: str) -> str:
    return sides[(sides.index(last) + 1) % len(sides)]


def _loads(made: Sequence[Assignment], first_year: int, years: int) -> tuple[YearLoad, ...]:
    by_year = {
        year: [one for one in made if one.year == year] for year in range(first_year, first_year + years)
    }
    km = {year: sum(one.length_km for one in ones) for year, ones in by_year.items()}
    markers = {year: sum(one.markers for one in ones) for year, ones in by_year.items()}
    # A repeated round has the same mean; a part of one at the end is held against it too.
    mean_km, mean_markers = sum(km.values()) / years, sum(markers.values()) / years
    counts = [len(ones) for ones in by_year.values()]
    loads = []
    for year, ones in by_year.items():
        off_km = km[year] / mean_km - 1 if mean_km else 0.0
        off_markers = markers[year] / mean_markers - 1 if mean_markers else 0.0
        even = max(counts) - min(counts) <= 1 or abs(len(ones) - len(made) / years) < 1
        balanced = even and abs(off_km) <= TOLERANCE and abs(off_markers) <= TOLERANCE
        loads.append(
            YearLoad(
                year, len(ones), round(km[year], 3), markers[year],
                round(100 * off_km, 2), round(100 * off_markers, 2), balanced,
            )
        )  # fmt: skip
    return tuple(loads)


def _marked(one: Assignment, crowded: set[int]) -> Assignment:
    """Whether a due date keeps a line in a year that has too much."""
    forced = one.due is not None and one.year in crowded and one.due <= one.year
    return replace(one, forced=forced)
