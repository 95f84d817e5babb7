"""A finding goes from opened to closed by its rule: neighbour present, consent first, papers, filing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.inspections.finding import (
    STEPS,
    Finding,
    FindingFacts,
    FindingState,
    FindingStep,
    advance_finding,
)
from geoname.core.inspections.finding_rules import FINDING_RULES, RULE_OF, FindingKind
from geoname.core.inspections.refusal import Refusal
from geoname.core.inspections.stages import Document, Party

A, B = "520102", "520103"
DAY = date(2026, 3, 2)


def finding(kind="F2", state=FindingState.OPENED, **changes):
    plain = Finding("f1", "i1", FindingKind(kind), "marker:001Q", "破损", state, A, "张", DAY, A)
    return replace(plain, **changes)


def facts(kind="F2", **changes):
    everything = FindingFacts(
        (A, B), A, Party.LEAD, DAY, documents=RULE_OF[FindingKind(kind)].documents, consents=(A, B),
        present=(A, B), receipt="回执1号", reason="结转",
    )  # fmt: skip
    return replace(everything, **changes)


def codes(refused):
    assert isinstance(refused, Refusal)
    return [reason.code for reason in refused.reasons]


@pytest.mark.parametrize("kind", [rule.kind for rule in FINDING_RULES])
def test_every_kind_can_be_handled_to_its_end(kind):
    one = finding(kind)
    steps = [FindingStep.HANDLE, FindingStep.DOCUMENT]
    if one.must_be_filed:
        steps.append(FindingStep.FILE)
    for step in (*steps, FindingStep.CLOSE):
        one = advance_finding(one, step, facts(kind))
        assert isinstance(one, Finding), step
    assert one.state is FindingState.CLOSED
    assert (one.filed_on is not None) is one.must_be_filed


@pytest.mark.parametrize("step", FindingStep)
@pytest.mark.parametrize("state", FindingState)
def test_steps_lead_out_of_their_states_alone(state, step):
    moved = advance_finding(finding("F1", state), step, facts("F1"))
    sources, target = STEPS[step]
    if state in sources:
        assert moved.state is target
    else:
        assert codes(moved) == ["wrong_state"]


def test_repair_without_the_neighbour_present_is_refused_with_the_law():
    one = finding(state=FindingState.HANDLING)
    refused = advance_finding(one, FindingStep.DOCUMENT, facts(present=(A,)))
    assert codes(refused) == ["neighbour_absent", "neighbour_absent"]
    assert "《行政区域界线管理条例》第6条" in refused.zh
    assert "第16条第(4)项" in refused.zh
    assert B in refused.en


def test_only_the_responsible_side_repairs():
    assert codes(advance_finding(finding(), FindingStep.HANDLE, facts(side=B))) == ["not_responsible"]
    unknown = finding(responsible_side="")
    assert codes(advance_finding(unknown, FindingStep.HANDLE, facts())) == ["responsible_unknown"]
    anybody = advance_finding(finding("F10"), FindingStep.HANDLE, facts("F10", side=B))
    assert anybody.state is FindingState.HANDLING


@pytest.mark.parametrize("kind", ["F5", "F11"])
def test_consent_comes_before_anything_is_done(kind):
    refused = advance_finding(finding(kind), FindingStep.HANDLE, facts(kind, consents=(A,)))
    assert set(codes(refused)) == {"consent_missing"}


def test_a_disputed_stretch_is_left_alone_but_the_dispute_goes_on():
    frozen = frozenset({"marker:001Q"})
    refused = advance_finding(finding(), FindingStep.HANDLE, facts(frozen=frozen))
    assert codes(refused) == ["frozen"]
    assert "第15条" in refused.zh
    moved = advance_finding(finding("F14"), FindingStep.HANDLE, facts("F14", frozen=frozen))
    assert moved.state is FindingState.HANDLING


def test_what_must_be_filed_is_not_closed_before():
    one = finding("F8", FindingState.DOCUMENTED)
    assert codes(advance_finding(one, FindingStep.CLOSE, facts("F8"))) == ["not_filed"]
    assert codes(advance_finding(one, FindingStep.FILE, facts("F8", receipt=" "))) == ["receipt_missing"]


def test_a_changed_river_is_filed_only_when_the_description_changes():
    one = finding("F7", FindingState.DOCUMENTED)
    assert advance_finding(one, FindingStep.CLOSE, facts("F7")).state is FindingState.CLOSED
    changed = facts("F7", line_changed=True)
    assert codes(advance_finding(one, FindingStep.CLOSE, changed)) == ["not_filed"]


@pytest.mark.parametrize("step", [FindingStep.DISMISS, FindingStep.CARRY_OVER])
def test_leaving_it_needs_a_reason(step):
    assert codes(advance_finding(finding(), step, facts(reason=""))) == ["reason_missing"]


def test_a_suspicion_is_confirmed_before_it_is_handled():
    one = finding("F4", FindingState.TO_VERIFY)
    assert codes(advance_finding(one, FindingStep.HANDLE, facts("F4"))) == ["wrong_state"]
    assert advance_finding(one, FindingStep.CONFIRM, facts("F4")).state is FindingState.OPENED


@given(st.lists(st.sampled_from(list(FindingStep)), max_size=12), st.sampled_from(list(FindingKind)))
def test_no_way_leads_to_closed_without_papers(steps, kind):
    one = finding(kind)
    short = facts(kind, documents=(), present=(A,))
    for step in steps:
        moved = advance_finding(one, step, short)
        one = one if isinstance(moved, Refusal) else moved
    rule = RULE_OF[kind]
    if rule.documents or rule.together:
        assert one.state is not FindingState.CLOSED


def test_papers_pile_up_and_none_is_counted_twice():
    one = finding("F5")
    for paper in (Document.REQUEST, Document.REQUEST, Document.CONSENT):
        moved = advance_finding(one, FindingStep.HANDLE, facts("F5", documents=(paper,)))
        one = replace(moved, state=FindingState.OPENED)
    assert one.documents == (Document.REQUEST, Document.CONSENT)
