"""Deadlines follow law and practice, and a line's state follows its cases and its last filing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geoname.core.inspections.deadlines import DueLine, Urgency, deadlines
from geoname.core.inspections.inspection import InspectionKind
from geoname.core.inspections.progress import LineState, case_of_line, line_state
from geoname.core.inspections.stages import Stage
from geoname.core.law.citation import Known
from geoname.formats.shipped_terms import read_terms

TODAY = date(2026, 5, 1)
TERMS = read_terms()


def line(filed, level="county"):
    return DueLine("520102-520103", "南云线", level, ("520102", "520103"), filed)


def terms_of(cases, lines=()):
    return {one.term: (one.day, one.urgency) for one in deadlines(lines, cases, TERMS, TODAY)}


def test_a_line_is_due_at_the_end_of_the_fifth_year():
    found = deadlines([line(date(2021, 6, 1))], [], TERMS, TODAY)
    assert [(one.term, one.day, one.urgency) for one in found] == [
        ("round_years", date(2026, 12, 31), Urgency.LATER)
    ]
    assert found[0].known is Known.FULL_TEXT
    assert deadlines([line(date(2020, 6, 1))], [], TERMS, TODAY)[0].urgency is Urgency.LATE
    assert deadlines([line(None)], [], TERMS, TODAY) == ()


def test_a_plan_is_soon_to_be_filed_and_the_mark_says_it_is_practice(case_of):
    found = deadlines([], [case_of(stage=Stage.PLANNED)], TERMS, TODAY)
    plan = next(one for one in found if one.term == "plan_filed")
    assert (plan.day, plan.urgency, plan.known) == (date(2026, 5, 15), Urgency.SOON, Known.SECONDARY)
    assert [one.day for one in found] == sorted(one.day for one in found)


def test_each_stage_has_its_own_terms(case_of):
    assert set(terms_of([case_of(stage=Stage.FIELD)])) == {"planned_year", "summary"}
    provincial = [line(None, "province")]
    assert "season_until" in terms_of([case_of(stage=Stage.FIELD)], provincial)
    signed = terms_of([case_of(stage=Stage.SIGNED, since=date(2026, 3, 1))])
    assert signed["filing_days"] == (date(2026, 3, 31), Urgency.LATE)
    assert terms_of([case_of(stage=Stage.CLOSED)]) == {}


def test_a_special_inspection_is_at_once_and_does_not_replace_the_round(case_of):
    special = case_of(stage=Stage.FIELD, kind=InspectionKind.SPECIAL, since=date(2026, 4, 1))
    found = terms_of([special], [line(date(2021, 6, 1))])
    assert found["special"] == (date(2026, 4, 1), Urgency.LATE)
    assert "round_years" in found


@pytest.mark.parametrize(
    ("stage", "year", "state"),
    [
        (Stage.PLANNED, 2027, LineState.PLANNED),
        (Stage.PLANNED, 2026, LineState.DUE),
        (Stage.PLAN_FILED, 2025, LineState.OVERDUE),
        (Stage.DESK, 2025, LineState.IN_FIELD),
        (Stage.REMEDY, 2026, LineState.IN_FIELD),
        (Stage.SIGNED, 2026, LineState.REPORTING),
    ],
)
def test_a_case_at_work_tells_the_state(case_of, stage, year, state):
    assert line_state(case_of(stage=stage, year=year), None, TODAY) is state


@pytest.mark.parametrize(
    ("filed", "state"),
    [
        (None, LineState.UNKNOWN),
        (date(2020, 12, 31), LineState.OVERDUE),
        (date(2021, 1, 1), LineState.DUE),
        (date(2022, 1, 1), LineState.DUE),
        (date(2023, 1, 1), LineState.DONE),
    ],
)
def test_without_a_case_the_last_filing_tells_it(filed, state):
    assert line_state(None, filed, TODAY) is state


def test_a_filed_case_is_shown_until_the_next_one_is_due(case_of):
    done = case_of(stage=Stage.CLOSED, year=2026, filed_on=date(2026, 2, 1))
    later = case_of(id="i2", stage=Stage.PLANNED, year=2031)
    assert case_of_line([done, later], TODAY) is done
    assert line_state(done, done.filed_on, TODAY) is LineState.DONE
    assert case_of_line([done, later], date(2031, 1, 1)) is later
    special = replace(later, kind=InspectionKind.SPECIAL, year=2026)
    assert case_of_line([special], TODAY) is None
    assert case_of_line([replace(later, stage=Stage.FIELD), done], TODAY).stage is Stage.FIELD


def test_the_table_of_terms_says_what_is_law():
    law = {code for code, row in TERMS.rows.items() if row.known is Known.FULL_TEXT}
    assert law >= {"round_years", "special"}
    assert TERMS.rows["filing_days"].known is Known.MEMORY
    assert TERMS.rows["plan_filed"].known is Known.SECONDARY
