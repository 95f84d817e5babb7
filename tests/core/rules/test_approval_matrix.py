"""The matrix of approval, filing and announcement against the articles it cites."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.law.deadline import DeadlineState
from geoname.core.register.name import Approval
from geoname.core.rules.approval_matrix import (
    CHANNELS,
    MATRIX,
    Clock,
    LocalRule,
    approvers_of,
    channel_of,
    row_of,
    rows_of,
)
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.naming_deadlines import ANNOUNCEMENT, FILING, deadlines_after
from geoname.core.rules.procedure_cases import Approver
from geoname.core.rules.timers.right_approver import APPROVER_NAMES
from geoname.core.validity.partial_date import PartialDate

DAY = date(2026, 3, 1)


def test_every_kind_and_every_organ_has_its_cell():
    assert {row.kind for row in MATRIX} == set(PlaceKind)
    assert set(CHANNELS) == set(Approver) == set(APPROVER_NAMES)
    assert len({row.id for row in MATRIX}) == len(MATRIX)


def test_every_row_is_cited_and_says_who_or_that_local_rules_do():
    for row in MATRIX:
        assert row.basis
        assert bool(row.approvers) is not row.is_local
    for channel in CHANNELS.values():
        assert channel.announcement_basis
        assert bool(channel.filing_basis) is (channel.filed_with is not None)


@pytest.mark.parametrize(
    ("kind", "approver", "row", "article"),
    [
        (PlaceKind.STREET, Approver.GOVERNMENT, "street", "第12条第(5)项"),
        (PlaceKind.ESTATE, Approver.HOUSING_OFFICE, "estate", "第12条第(6)项"),
        (PlaceKind.FACILITY, Approver.SECTOR_OFFICE, "facility", "第12条第(7)项"),
        (PlaceKind.NATURAL, Approver.STATE_COUNCIL, "natural_national", "第12条第(1)项"),
        (PlaceKind.NATURAL, Approver.GOVERNMENT, "natural_other", "第12条第(1)项"),
        (PlaceKind.VILLAGE, Approver.GOVERNMENT, "village", "第12条第(3)项"),
        (PlaceKind.PARK, Approver.SECTOR_OFFICE, "park", "第12条第(4)项"),
    ],
)
def test_who_may_approve(kind, approver, row, article):
    found = row_of(kind, approver)
    assert found.id == row
    assert article in str(found.basis[0])


@pytest.mark.parametrize(
    ("kind", "approver", "level"),
    [
        (PlaceKind.STREET, Approver.HOUSING_OFFICE, ""),
        (PlaceKind.ESTATE, Approver.GOVERNMENT, ""),
        (PlaceKind.DIVISION, Approver.GOVERNMENT, "township"),
        (PlaceKind.DIVISION, Approver.PROVINCE, "county"),
    ],
)
def test_who_may_not(kind, approver, level):
    assert row_of(kind, approver, level) is None


def test_local_rules_close_what_the_law_leaves_open():
    local = {"village": LocalRule((Approver.GOVERNMENT,), "贵州省地名管理办法")}
    assert row_of(PlaceKind.VILLAGE, Approver.SECTOR_OFFICE, local=local) is None
    row = row_of(PlaceKind.VILLAGE, Approver.GOVERNMENT, local=local)
    assert approvers_of(row, local) == (Approver.GOVERNMENT,)
    closed = {"street": LocalRule((Approver.SECTOR_OFFICE,), "no such power")}
    assert row_of(PlaceKind.STREET, Approver.SECTOR_OFFICE, local=closed) is None


def test_divisions_are_announced_by_governments_without_days():
    for row in rows_of(PlaceKind.DIVISION):
        channel = channel_of(row, row.approvers[0])
        assert (channel.clock, "区划" in str(channel.announcement_basis[0])) == (None, True)


def approval(approved=DAY, filed=None, announced=None):
    days = (PartialDate(day) if day else None for day in (approved, filed, announced))
    approved_on, filed_on, announced_on = days
    return Approval("某机关", None, approved_on, None, filed_on, None, announced_on)


def kinds(approver, **days):
    return {one.kind: one for one in deadlines_after(approval(**days), CHANNELS[approver])}


def test_governments_days_run_from_the_approval():
    found = kinds(Approver.GOVERNMENT)
    assert {one.due_on for one in found.values()} == {DAY + timedelta(days=15)}
    assert CHANNELS[Approver.GOVERNMENT].clock is Clock.APPROVAL
    assert set(found) == {FILING, ANNOUNCEMENT}
    assert set(kinds(Approver.GOVERNMENT, filed=DAY)) == {ANNOUNCEMENT}
    assert kinds(Approver.GOVERNMENT, filed=DAY, announced=DAY) == {}


def test_other_departments_announcement_runs_from_the_filing():
    assert set(kinds(Approver.HOUSING_OFFICE)) == {FILING}
    filed = DAY + timedelta(days=12)
    found = kinds(Approver.HOUSING_OFFICE, filed=filed)
    assert found[ANNOUNCEMENT].due_on == filed + timedelta(days=15)


def test_nothing_runs_before_an_approval():
    assert deadlines_after(approval(approved=None), CHANNELS[Approver.GOVERNMENT]) == ()
    assert kinds(Approver.STATE_COUNCIL) == {}


@given(st.integers(0, 40))
def test_a_deadline_is_open_then_soon_then_late(days):
    deadline = kinds(Approver.GOVERNMENT)[FILING]
    state = deadline.state_on(DAY + timedelta(days=days))
    expected = DeadlineState.LATE if days > 15 else DeadlineState.SOON if days >= 10 else DeadlineState.OPEN
    assert state is expected
