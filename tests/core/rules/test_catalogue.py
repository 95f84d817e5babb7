"""Every rule accepts and rejects what it says, cites its law, and speaks both languages."""

import re
from datetime import date

import pytest

from geoname.core.law.citation import Known
from geoname.core.rules.catalogue import (
    ADJUSTMENT_RULES,
    ALL_RULES,
    CODE_RULES,
    NAME_RULES,
    PROCEDURE_RULES,
)
from geoname.core.rules.engine import check_case, check_name
from geoname.core.rules.finding import Severity
from geoname.core.rules.procedure_cases import LineInspection

RULES = list(NAME_RULES)
ACCEPTED = [(rule, example) for rule in RULES for example in rule.accepts]
REJECTED = [(rule, example) for rule in RULES for example in rule.rejects]


def label(value):
    return getattr(value, "code", None) or value.case.name.text or "(empty)"


@pytest.mark.parametrize(("rule", "example"), ACCEPTED, ids=label)
def test_what_a_rule_accepts_passes(rule, example, facts_beside):
    facts = facts_beside(example.beside, example.listed, rule.code)
    found = [each for each in check_name(example.case, facts, NAME_RULES) if each.rule == rule.code]
    assert [each for each in found if each.severity is not Severity.INFORMATION] == []


@pytest.mark.parametrize(("rule", "example"), REJECTED, ids=label)
def test_what_a_rule_rejects_is_found(rule, example, facts_beside):
    facts = facts_beside(example.beside, example.listed, rule.code)
    found = [each for each in check_name(example.case, facts, NAME_RULES) if each.rule == rule.code]
    assert found
    for each in found:
        assert each.words.zh
        assert each.words.en
        if each.span is not None:
            start, end = each.span
            assert 0 <= start < end <= len(example.case.name.text)
            assert each.matched == example.case.name.text[start:end]


@pytest.mark.parametrize("rule", RULES, ids=label)
def test_a_rule_cites_law_and_not_memory(rule):
    assert rule.basis
    assert all(citation.known is not Known.MEMORY for citation in rule.basis)
    assert rule.accepts
    assert rule.rejects
    for words in (rule.title, rule.criterion, *(allowed.words for allowed in rule.exceptions)):
        assert re.search(r"[\u4e00-\u9fff]", words.zh)
        assert words.en


OTHERS = [*PROCEDURE_RULES, *CODE_RULES, *ADJUSTMENT_RULES]


@pytest.mark.parametrize("rule", OTHERS, ids=lambda rule: rule.code)
def test_rules_over_codes_and_procedures_accept_and_reject(rule, facts):
    assert rule.accepts
    assert rule.rejects
    assert all(citation.known is not Known.MEMORY for citation in rule.basis)
    for example in rule.accepts:
        assert check_case(example.case, facts, [rule]) == (), example.case
    for example in rule.rejects:
        found = check_case(example.case, facts, [rule])
        assert found, example.case
        assert all(each.rule == rule.code and each.words.zh and each.words.en for each in found)


def test_a_rule_is_given_only_the_cases_it_takes(facts):
    case = LineInspection("黔滇线", date(2015, 1, 1), date(2026, 1, 1))
    assert {each.rule for each in check_case(case, facts, ALL_RULES)} == {"T-8"}


def test_all_codes_are_given_once():
    codes = [rule.code for rule in ALL_RULES]
    assert len(set(codes)) == len(codes) == 90
