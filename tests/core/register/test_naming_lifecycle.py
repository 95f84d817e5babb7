"""Names move forward only, on days in their order, and each step by the role that takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.register.name import Name, NameStatus, Publication
from geoname.core.register.naming_lifecycle import (
    STEPS,
    NamingStep,
    announced,
    approved,
    check_day,
    ended,
    filed,
    role_for,
    steps_for,
)
from geoname.core.register.visibility import Role
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError, OutOfOrderError

DAY, TODAY = date(2026, 3, 1), date(2026, 6, 1)
PROPOSED = Name(
    "n", "p", "青云路", "青云", "路", status=NameStatus.PROPOSED, publication=Publication.INTERNAL
)
CURRENT = approved(PROPOSED, DAY, "某区人民政府", "government", "府函1号")


def test_the_usual_way():
    assert CURRENT.status is NameStatus.CURRENT
    assert CURRENT.publication is Publication.INTERNAL
    assert CURRENT.period.start == PartialDate(DAY)
    assert (CURRENT.approval.approved_by, CURRENT.approval.document) == ("某区人民政府", "府函1号")
    sent = filed(CURRENT, DAY + timedelta(days=3), TODAY, DAY + timedelta(days=5))
    assert str(sent.approval.accepted_on) == "2026-03-06"
    told = announced(sent, DAY + timedelta(days=9), TODAY, from_filing=False)
    assert told.publication is Publication.PUBLIC
    gone = ended(told, TODAY, TODAY, NamingStep.RETIRE)
    assert (gone.status, gone.period.end) == (NameStatus.HISTORICAL, PartialDate(TODAY))


@pytest.mark.parametrize(
    "step",
    [
        lambda: approved(CURRENT, DAY, "x", "government", ""),
        lambda: filed(PROPOSED, DAY, TODAY),
        lambda: filed(filed(CURRENT, DAY, TODAY), DAY, TODAY),
        lambda: announced(PROPOSED, DAY, TODAY, from_filing=False),
        lambda: announced(announced(CURRENT, DAY, TODAY, from_filing=False), DAY, TODAY, from_filing=False),
        lambda: announced(CURRENT, DAY, TODAY, from_filing=True),
        lambda: ended(PROPOSED, DAY, TODAY, NamingStep.RENAME),
        lambda: ended(ended(CURRENT, DAY, TODAY, NamingStep.RETIRE), DAY, TODAY, NamingStep.RETIRE),
        lambda: filed(replace(PROPOSED, status=NameStatus.CURRENT), DAY, TODAY),
    ],
)
def test_what_does_not_follow_is_refused(step):
    with pytest.raises(OutOfOrderError) as refused:
        step()
    assert refused.value.zh != refused.value.message


EARLY, LATE = DAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    "step",
    [
        lambda: filed(CURRENT, EARLY, TODAY),
        lambda: filed(CURRENT, LATE, TODAY),
        lambda: filed(CURRENT, TODAY, TODAY, DAY),
        lambda: announced(CURRENT, EARLY, TODAY, from_filing=False),
        lambda: announced(filed(CURRENT, TODAY, TODAY), DAY, TODAY, from_filing=True),
        lambda: ended(CURRENT, EARLY, TODAY, NamingStep.RETIRE),
        lambda: ended(CURRENT, LATE, TODAY, NamingStep.RENAME),
    ],
)
def test_days_come_in_their_order_and_not_from_the_future(step):
    with pytest.raises(InvalidInputError) as refused:
        step()
    assert refused.value.field == "on"


def test_a_proposal_that_is_given_up_is_withdrawn_and_never_was_in_force():
    given_up = ended(PROPOSED, DAY, TODAY, NamingStep.RETIRE)
    assert (given_up.status, given_up.publication) == (NameStatus.HISTORICAL, Publication.WITHDRAWN)
    assert given_up.period == PROPOSED.period


def test_steps_that_may_follow():
    step = NamingStep
    assert steps_for(PROPOSED, announced_from_filing=False) == (step.APPROVE, step.RETIRE, step.CORRECT)
    both = steps_for(CURRENT, announced_from_filing=False)
    assert {step.FILE, step.ANNOUNCE, step.RENAME, step.RETIRE} < set(both)
    assert step.ANNOUNCE not in steps_for(CURRENT, announced_from_filing=True)
    sent = filed(CURRENT, DAY, TODAY)
    assert step.ANNOUNCE in steps_for(sent, announced_from_filing=True)
    assert step.FILE not in steps_for(sent, announced_from_filing=True)
    loaded = replace(PROPOSED, status=NameStatus.CURRENT)
    assert set(steps_for(loaded, announced_from_filing=False)) == {step.RENAME, step.RETIRE, step.CORRECT}


def test_recorders_propose_and_correct_proposals_officers_do_the_rest():
    assert role_for(NamingStep.PROPOSE, None) is Role.RECORDER
    assert role_for(NamingStep.CORRECT, NameStatus.PROPOSED) is Role.RECORDER
    assert role_for(NamingStep.CORRECT, NameStatus.CURRENT) is Role.OFFICER
    others = set(NamingStep) - {NamingStep.PROPOSE}
    assert {STEPS[step].role for step in others} == {Role.OFFICER}


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_day_between_the_one_before_and_today_passes(first, second):
    low, high = sorted((first, second))
    check_day(high, high, not_before=low, after_zh="", after="")
    if low < high:
        with pytest.raises(InvalidInputError):
            check_day(low, high, not_before=high, after_zh="批准", after="approval")
