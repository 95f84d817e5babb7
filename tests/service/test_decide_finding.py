"""Decisions reach every place that shows a finding; a finding without its name is not to be had."""

from __future__ import annotations

import pytest

from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError, InvalidInputError, NotFoundError
from geoname.service.audit_register import audit_register
from geoname.service.check_name import CheckQuery, check
from geoname.service.decide_finding import Where, decide_finding, list_findings, show_finding
from geoname.service.validation_rules import ProposedNames

NAME, CLASS, CODE = "洛杉矶城", "22100", "520111"
WHERE = Where(name=NAME, feature_class=CLASS, within=CODE)


def blocking(geoname):
    found = check(geoname, CheckQuery(NAME, CLASS, CODE)).findings
    return next(one for one in found if one.severity_if_new == "blocks")


def test_a_decision_is_told_in_checks_and_in_tables(guizhou_copy):
    found = blocking(guizhou_copy)
    division = guizhou_copy.live().codebook.find
    division_id = division(*_code(CODE)).division.id
    before = ProposedNames(guizhou_copy, CLASS, "zh").findings(NAME, division_id)
    assert any(one.kind == "rule_blocks" for one in before)
    decide_finding(guizhou_copy, found.id, "overruled", "有渊源", WHERE, KEEPER)
    after = ProposedNames(guizhou_copy, CLASS, "zh").findings(NAME, division_id)
    assert len(after) == len(before)
    assert not any(one.kind == "rule_blocks" and found.rule in one.detail for one in after)
    assert any("已裁定可用" in one.detail for one in after)
    english = ProposedNames(guizhou_copy, CLASS, "en").findings(NAME, division_id)
    assert any("it may stand" in one.detail for one in english)
    assert blocking(guizhou_copy).decision.reason == "有渊源"


def _code(text):
    from geoname.core.divisions.code import parse_code

    return parse_code(text), None, None


def test_an_officer_decides_within_their_own_divisions(guizhou_copy):
    found = blocking(guizhou_copy)
    elsewhere = Caller(Role.OFFICER, "t", ("5203",))
    with pytest.raises(ForbiddenError, match="520111"):
        decide_finding(guizhou_copy, found.id, "upheld", "x", WHERE, elsewhere)
    own = Caller(Role.OFFICER, "t", ("5201",))
    assert decide_finding(guizhou_copy, found.id, "upheld", "x", WHERE, own).decision.reviewer == "t"


def test_a_place_without_a_standard_name_is_decided_by_its_other_name(guizhou_copy):
    found = next(
        one
        for one in audit_register(guizhou_copy)
        if one.finding.rule == "Q-3" and one.finding.severity_if_new != "information"
    )
    where = Where(name_id=found.name_id)
    shown = show_finding(guizhou_copy, found.finding.id, where, KEEPER)
    assert shown.decision is None
    decide_finding(guizhou_copy, found.finding.id, "overruled", "待定名", where, KEEPER)
    again = [one.place_id for one in audit_register(guizhou_copy) if one.finding.rule == "Q-3"]
    assert found.place_id not in again
    assert len(again) > 100


def test_what_is_missing_or_wrong_is_told(guizhou):
    with pytest.raises(NotFoundError, match="say on which name"):
        show_finding(guizhou, "0" * 20, Where(), KEEPER)
    with pytest.raises(InvalidInputError):
        show_finding(guizhou, "0" * 20, Where(name=NAME), KEEPER)
    with pytest.raises(NotFoundError, match="no name with the id"):
        show_finding(guizhou, "0" * 20, Where(name_id="nobody"), KEEPER)
    with pytest.raises(InvalidInputError):
        decide_finding(guizhou, blocking(guizhou).id, "upheld", "长" * 2001, WHERE, KEEPER)
    assert list_findings(guizhou, None, None, None, KEEPER).items == ()
