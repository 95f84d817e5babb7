"""The table of steps: whole, cited, and with no way around a stage."""

from __future__ import annotations

import pytest

from geoname.core.inspections.finding_rules import FINDING_RULES, Filing, FindingKind
from geoname.core.inspections.stages import (
    OF_STEP,
    TRANSITIONS,
    Document,
    Guard,
    Party,
    Stage,
    Step,
    steps_from,
)
from geoname.core.inspections.terms_zh import DOCUMENTS, PARTIES, STAGES, STEPS
from geoname.core.law.citation import Known


def test_every_step_stands_once_and_every_guard_is_used():
    assert [row.step for row in TRANSITIONS] == list(Step)
    assert len(OF_STEP) == len(TRANSITIONS)
    used = {guard for row in TRANSITIONS for guard in row.guards}
    assert used == set(Guard)


def test_forward_steps_skip_no_stage():
    forward = {row.source: row.target for row in TRANSITIONS if not row.back}
    stage, seen = Stage.DUE, [Stage.DUE]
    while stage in forward:
        assert forward[stage].position == stage.position + 1
        stage = forward[stage]
        seen.append(stage)
    assert seen == list(Stage)


def test_the_ways_back_are_these_four():
    back = {(row.source, row.target) for row in TRANSITIONS if row.back}
    assert back == {
        (Stage.PLAN_FILED, Stage.PLAN_DRAFTED),
        (Stage.FINDINGS, Stage.FIELD),
        (Stage.SIGNED, Stage.REPORT_DRAFT),
        (Stage.FILED, Stage.REPORT_DRAFT),
    }
    assert all(Guard.REASON_GIVEN in row.guards for row in TRANSITIONS if row.back)


def test_field_work_lies_behind_an_agreed_plan_and_filing_behind_all_signatures():
    assert Stage.FIELD.position > Stage.PLAN_AGREED.position
    assert Guard.PLAN_SIGNED in OF_STEP[Step.AGREE_PLAN].guards
    assert Guard.REPORT_SIGNED in OF_STEP[Step.SIGN_REPORT].guards
    assert Guard.REPORT_SIGNED in OF_STEP[Step.FILE].guards
    assert {Document.FILING_LETTER, Document.FILING_RECEIPT} <= set(OF_STEP[Step.FILE].documents)


def test_what_is_law_is_cited_by_article_and_practice_is_marked():
    for row in TRANSITIONS:
        if row.basis.known is Known.FULL_TEXT:
            assert row.basis.article is not None
        else:
            assert row.basis.known in (Known.ONE_COPY, Known.SECONDARY)
    assert OF_STEP[Step.FILE].basis.article == 12
    assert OF_STEP[Step.ARCHIVE].basis.article == 13


def test_returns_are_the_organs():
    for step in (Step.RETURN_PLAN, Step.RETURN_REPORT):
        assert OF_STEP[step].parties == (Party.ORGAN,)


def test_steps_from_a_stage_give_the_way_forward_first():
    assert [row.step for row in steps_from(Stage.SIGNED)] == [Step.FILE, Step.AMEND_REPORT]
    assert steps_from(Stage.CLOSED) == ()


def test_everything_has_its_chinese_name():
    for table, kind in ((STAGES, Stage), (STEPS, Step), (PARTIES, Party), (DOCUMENTS, Document)):
        assert set(table) == set(kind)
        assert len(set(table.values())) == len(table)
        assert not any(text.isascii() for text in table.values())


def test_the_fifteen_findings_have_their_rules():
    assert [rule.kind for rule in FINDING_RULES] == list(FindingKind)
    assert [kind.value for kind in FindingKind] == [f"F{number}" for number in range(1, 16)]
    assert all(rule.basis for rule in FINDING_RULES)


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        ("F2", 6),
        ("F4", 6),
        ("F5", 6),
        ("F7", 7),
        ("F8", 8),
        ("F11", 10),
        ("F12", 14),
        ("F13", 11),
        ("F14", 15),
    ],
)
def test_findings_under_the_regulation_name_its_article(kind, article):
    rule = next(rule for rule in FINDING_RULES if rule.kind == kind)
    assert rule.basis[0].article == article
    assert rule.basis[0].known is Known.FULL_TEXT


def test_what_is_filed_with_the_approving_organ():
    filed = {rule.kind.value for rule in FINDING_RULES if rule.filing is Filing.APPROVING_ORGAN}
    assert filed == {"F5", "F8", "F11", "F14"}
