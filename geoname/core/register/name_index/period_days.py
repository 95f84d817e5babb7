"""Periods of validity as whole numbers (日序), so that thousands are compared with a day at once."""

from __future__ import annotations

from datetime import date

from geoname.core.validity.partial_date import PartialDate, Precision
from geoname.core.validity.period import Period

NEVER_STARTED = -(2**31)
"""Start that is not recorded: no day is certainly before it."""
NEVER_ENDS = 2**31 - 1
"""End of what is still in force: no day is certainly after it."""
KNOWN_ON_NO_DAY = 2**31 - 1
PRECISIONS = tuple(Precision)
_POSITION = {precision: i for i, precision in enumerate(PRECISIONS)}


def period_days(period: Period) -> tuple[int, int, int, int, int]:
    """Start, end, known-on as proleptic ordinals, and the precisions of start and end.

    A period may hold on a day d exactly when start ≤ d < end: `start` is the first day that the start may
    mean, `end` the first day on which it has certainly ended.
    """
    start, end = period.start, period.end
    return (
        NEVER_STARTED if start is None else start.first.toordinal(),
        NEVER_ENDS if end is None else _ended_by(end),
        KNOWN_ON_NO_DAY if period.known_on is None else period.known_on.toordinal(),
        0 if start is None else _POSITION[start.precision],
        0 if end is None else _POSITION[end.precision],
    )


def period_of(start: int, end: int, known_on: int, start_precision: int, end_precision: int) -> Period:
    """The period that `period_days` turned into these numbers."""
    return Period(
        None if start == NEVER_STARTED else PartialDate(date.fromordinal(start), PRECISIONS[start_precision]),
        None if end == NEVER_ENDS else _end_of(end, PRECISIONS[end_precision]),
        None if known_on == KNOWN_ON_NO_DAY else date.fromordinal(known_on),
    )


def _ended_by(end: PartialDate) -> int:
    """A day's own ordinal; for a month or year the day after, since it may end on its last day."""
    if end.precision is Precision.DAY:
        return end.first.toordinal()
    return end.last.toordinal() + 1


def _end_of(ended_by: int, precision: Precision) -> PartialDate:
    if precision is Precision.DAY:
        return PartialDate(date.fromordinal(ended_by), precision)
    last = date.fromordinal(ended_by - 1)
    if precision is Precision.MONTH:
        return PartialDate(last.replace(day=1), precision)
    return PartialDate(last.replace(month=1, day=1), precision)
