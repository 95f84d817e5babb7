"""Periods as numbers say the same as periods."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from geoname.core.register.name_index.period_days import period_days, period_of
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
DATES = st.builds(
    lambda day, length: PartialDate.parse(day.isoformat()[:length]), DAYS, st.sampled_from([4, 7, 10])
)
PERIODS = st.builds(Period, st.none() | DATES, st.none() | DATES, st.none() | DAYS)


@given(PERIODS)
def test_a_period_comes_back(period):
    assert period_of(*period_days(period)) == period


@given(PERIODS, st.data())
def test_the_numbers_say_whether_it_may_hold(period, data):
    edges = [each.first for each in (period.start, period.end) if each] + [
        each.next_day for each in (period.start, period.end) if each
    ]
    day = data.draw(
        DAYS
        if not edges
        else st.builds(lambda edge, days: edge + timedelta(days), st.sampled_from(edges), st.integers(-2, 2))
    )
    start, end, *_ = period_days(period)
    before_its_end = period.end is None or not (period.start and period.end.first < period.start.last)
    if before_its_end:
        assert (start <= day.toordinal() < end) == period.may_hold_on(day)
