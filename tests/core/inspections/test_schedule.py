"""Plans are even, never late, the same every time, and name what a due date forces."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.inspections.schedule import TOLERANCE, PlanLine, schedule
from geoname.errors import InvalidInputError


def line(number, km=50.0, markers=10, filed=None, lead=None):
    sides = (f"5201{number % 90:02d}", f"5202{number % 90:02d}")
    return PlanLine(f"line{number:03d}", f"线{number}", "county", sides, km, markers, filed, lead)


LINES = [line(i, 5.0 + (i * 37) % 120, 2 + (i * 13) % 40) for i in range(226)] + [
    line(300 + i, 400.0 + 130 * i, 60 + 20 * i) for i in range(5)
]


def test_the_years_of_a_round_are_even():
    made = schedule(LINES, 2026, 5)
    counts = [load.lines for load in made.loads]
    assert sum(counts) == len(LINES)
    assert max(counts) - min(counts) <= 1
    assert all(abs(load.length_off_percent) <= 100 * TOLERANCE for load in made.loads)
    assert all(abs(load.markers_off_percent) <= 100 * TOLERANCE for load in made.loads)
    assert all(load.balanced for load in made.loads)
    assert made.forced == ()


def test_the_same_lines_in_any_order_give_the_same_plan():
    assert schedule(LINES, 2026, 5) == schedule(LINES[::-1], 2026, 5)


dates = st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2026, 12, 31)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(1, 900), st.integers(0, 80), dates), min_size=1, max_size=60))
def test_every_line_comes_once_in_a_round_and_never_late(given_lines):
    lines = [line(i, km, markers, filed) for i, (km, markers, filed) in enumerate(given_lines)]
    made = schedule(lines, 2026, 5)
    assert sorted(one.line_id for one in made.assignments) == sorted(one.id for one in lines)
    for one in made.assignments:
        assert 2026 <= one.year <= 2030
        if one.due is not None:
            assert one.year <= max(one.due, 2026)
            assert one.overdue is (one.due < one.year)
        assert one.lead in one.sides


def test_a_year_that_due_dates_crowd_names_them():
    lines = [line(i, filed=date(2021, 5, 1) if i < 30 else None) for i in range(50)]
    made = schedule(lines, 2026, 5)
    first = made.loads[0]
    assert first.lines == 30
    assert not first.balanced
    assert set(made.forced) == {f"line{i:03d}" for i in range(30)}


def test_a_line_comes_again_after_five_years_with_the_other_side_leading():
    made = schedule([line(1, filed=date(2021, 5, 1), lead="520101")], 2026, 10)
    assert [(one.year, one.lead) for one in made.assignments] == [(2026, "520201"), (2031, "520101")]


def test_of_equally_even_plans_the_one_that_comes_near_the_due_year():
    lines = [line(i, filed=date(2025, 5, 1) if i < 5 else None) for i in range(25)]
    years = [one.year for one in schedule(lines, 2026, 5).assignments if one.due]
    assert years == [2030] * 5


@pytest.mark.parametrize("years", [0, -1, 21])
def test_years_out_of_reach_are_refused(years):
    with pytest.raises(InvalidInputError, match="choose 1 to 20"):
        schedule(LINES, 2026, years)


def test_leads_are_shared_out_where_nobody_led_before():
    lines = [PlanLine(f"l{i}", "线", "county", ("520102", f"5202{i:02d}"), 10.0, 3) for i in range(20)]
    leads = [one.lead for one in schedule(lines, 2026, 5).assignments]
    assert 1 <= leads.count("520102") <= 10
