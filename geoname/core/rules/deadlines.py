"""Days that run out (期限): told of before, found when over."""

from __future__ import annotations

from datetime import date, timedelta

from geoname.core.rules.finding import Hit, Severity, Words

LIMIT_DAYS = 15
"""The text says 15日 and not working days: calendar days are counted."""
WARN_DAYS = 10


def overdue(what: Words, since: date, done_on: date | None, on: date) -> tuple[Hit, ...]:
    """A hit when something was done late, is overdue, or falls due within a few days."""
    last = since + timedelta(days=LIMIT_DAYS)
    if done_on is not None:
        if done_on <= last:
            return ()
        return (
            Hit(Words(f"{what.zh}逾期：{done_on}，期限 {last}", f"{what.en} late: {done_on}, due {last}")),
        )
    if on > last:
        return (Hit(Words(f"{what.zh}逾期：期限 {last}", f"{what.en} overdue since {last}")),)
    if on >= since + timedelta(days=WARN_DAYS):
        words = Words(f"{what.zh}将到期：{last}", f"{what.en} falls due on {last}")
        return (Hit(words, severity=Severity.ADVICE),)
    return ()
