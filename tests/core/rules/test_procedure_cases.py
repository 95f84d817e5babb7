"""Months and days are counted as the calendar has them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.rules.deadlines import overdue
from geoname.core.rules.finding import Severity, Words
from geoname.core.rules.procedure_cases import months_after

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
WHAT = Words("备案", "filing")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2021, 12, 15), 1, date(2022, 1, 15)),
        (date(2021, 3, 1), 18, date(2022, 9, 1)),
        (date(2021, 3, 1), 0, date(2021, 3, 1)),
    ],
)
def test_months_end_where_the_calendar_does(day, months, expected):
    assert months_after(day, months) == expected


@given(DAYS, st.integers(0, 120), st.integers(0, 120))
def test_more_months_are_never_earlier(day, few, more):
    assert months_after(day, few) <= months_after(day, few + more)
    assert months_after(day, 12 * more).month == day.month


@given(DAYS, st.integers(0, 40))
def test_fifteen_days_are_fifteen_days(since, later):
    found = overdue(WHAT, since, None, since + timedelta(days=later))
    if later < 10:
        assert found == ()
    elif later <= 15:
        assert [hit.severity for hit in found] == [Severity.ADVICE]
    else:
        assert [hit.severity for hit in found] == [None]
    assert bool(overdue(WHAT, since, since + timedelta(days=later), since)) is (later > 15)
