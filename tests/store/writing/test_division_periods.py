"""Which kept period an incoming one stands for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import InvalidInputError
from geoname.store.writing.division_periods import assign_keys, overlap


def period(start: str | None = None, end: str | None = None, known: str | None = None) -> Period:
    return Period(
        PartialDate.parse(start) if start else None,
        PartialDate.parse(end) if end else None,
        date.fromisoformat(known) if known else None,
    )


def state(*dates: str | None) -> Division:
    return Division("d", "某县", Level.COUNTY, DivisionKind.COUNTY, None, (), period(*dates))


def keys(incoming: list[Division], kept: dict[str, Period]) -> list[str]:
    return [key for key, _ in assign_keys(incoming, kept.items())]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (period("2000", "2016"), period("2016-03-20"), False),
        (period("2000", "2016-03-20"), period("2016-03-20"), False),
        (period("2000", "2016-03-21"), period("2016-03-20"), True),
        (period("2000"), period("2016"), True),
        (period(None, "2016", None), period("2000", "2010"), False),
        (period(None, "2016", None), period("2000", "2017"), True),
        (period(None, None, "2023-06-30"), period("2000", "2016"), False),
        (period(None, None, "2023-06-30"), period("2016"), True),
        (period(), period("2016"), True),
        (period(), period("2000", "2016"), False),
        (period("2016", "2016"), period("2015", "2016"), False),
        (period("2016-02", "2016"), period("2015"), False),
    ],
)
def test_periods_overlap_when_they_share_a_day_for_certain(one, other, shared):
    assert overlap(one, other) is shared
    assert overlap(other, one) is shared


def test_new_periods_get_new_keys():
    assert keys([state("2000", "2016"), state("2016")], {}) == ["d@1", "d@2"]
    assert keys([state("2016")], {"d@7": period("2000", "2016")}) == ["d@8"]


def test_an_equal_period_goes_before_one_that_only_begins_alike():
    kept = {"d@1": period("2000", "2010"), "d@2": period("2010")}
    assert keys([state("2010"), state("2000", "2010")], kept) == ["d@2", "d@1"]


def test_two_states_that_began_in_one_year_are_told_apart():
    kept = {"d@1": period("2016", "2016"), "d@2": period("2016")}
    assert keys([state("2016")], kept) == ["d@2"]
    assert keys([state("2016", "2016")], kept) == ["d@1"]


def test_an_end_that_becomes_known_replaces():
    assert keys([state("2000", "2016"), state("2016")], {"d@1": period("2000")}) == ["d@1", "d@2"]


def test_a_newer_list_replaces_what_the_older_knew():
    assert keys([state(None, None, "2024-06-30")], {"d@1": period(None, None, "2023-06-30")}) == ["d@1"]


def test_two_states_at_once_are_refused():
    with pytest.raises(InvalidInputError) as raised:
        assign_keys([state("2000"), state("2016")], [])
    assert raised.value.field == "period"


def test_a_period_over_two_kept_ones_is_refused():
    kept = {"d@1": period("2000", "2010"), "d@2": period("2010")}
    with pytest.raises(InvalidInputError):
        keys([state("2000")], kept)


@given(st.lists(st.dates(date(1950, 1, 1), date(2030, 1, 1)), min_size=2, max_size=6, unique=True))
def test_a_history_keeps_its_keys_whichever_part_comes_again(days):
    days.sort()
    history = [state(first.isoformat(), then.isoformat()) for first, then in pairwise(days)]
    kept = {key: one.period for key, one in assign_keys(history, [])}
    assert len(kept) == len(history)
    for i, one in enumerate(history):
        assert keys([one], kept) == [f"d@{i + 1}"]
    assert keys(history[::-1], kept) == list(kept)[::-1]
