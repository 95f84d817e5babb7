"""Cells of a marker file: states merge once, dates and units as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.boundaries.marker import MarkerState, StateChange
from geoname.core.boundaries.marker_number import MarkerType
from geoname.core.validity.partial_date import PartialDate
from geoname.service.line_files import CellError, listed, read_count, read_date, read_number, read_yes
from geoname.service.marker_cells import merged_states, standing_agrees, states_of

CHANGES = st.builds(
    StateChange,
    st.sampled_from(MarkerState),
    st.none() | st.integers(1990, 2030).map(lambda year: PartialDate.parse(str(year))),
)


@given(st.lists(CHANGES, max_size=5), st.lists(CHANGES, max_size=3))
def test_what_is_on_record_stays_and_comes_once(known, told):
    merged = merged_states(known, told)
    rest = iter(merged)
    assert all(one in rest for one in known)  # in their order
    dated = [one for one in told if one.on is not None]
    assert merged_states(merged, dated) == merged


def test_an_older_state_comes_before_a_newer_one():
    intact = StateChange(MarkerState.INTACT, PartialDate.parse("2021"))
    erected = StateChange(MarkerState.ERECTED, PartialDate.parse("1998"))
    assert merged_states((intact,), (erected,)) == (erected, intact)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2023-9-5", "2023-09-05"), ("2023.09", "2023-09"), ("2023年9月5日", "2023-09-05"),
        ("2023年", "2023"), ("2023年9月", "2023-09"), ("20230905", "2023-09-05"), ("2023", "2023"),
        ("2023/09/05", "2023-09-05"), ("2023-09-05 00:00:00", "2023-09-05"), ("２０２３", "2023"),
    ],
)  # fmt: skip
def test_dates(written, date):
    assert str(read_date(written, "on")) == date


@pytest.mark.parametrize("written", ["去年", "2023-13-01", "05/09/2023", "2023-2-30", "20231301", "-"])
def test_what_is_no_date(written):
    with pytest.raises(CellError):
        read_date(written, "on")


def test_empty_cells_say_nothing():
    assert read_date(" ", "on") is None
    assert read_number("", "x") is None
    assert read_count("", "x") is None
    assert read_yes("", "x") is False
    assert states_of({}) == ()
    assert listed(" a，b；c、 d ") == ("a", "b", "c", "d")


@pytest.mark.parametrize("written", ["nan", "inf", "1e400", "很多", "1..2", "--3"])
def test_what_is_no_number(written):
    with pytest.raises(CellError):
        read_number(written, "x")


def test_a_standing_must_agree_with_the_letter():
    standing_agrees("单立", MarkerType.Q)
    standing_agrees("", MarkerType.A)
    with pytest.raises(CellError, match="double"):
        standing_agrees("单立", MarkerType.A)
