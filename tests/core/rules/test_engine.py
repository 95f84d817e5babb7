"""Grandfathering, decisions, claims and missing facts are handled in one place."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.law.citation import Known
from geoname.core.names.feature_class import COUNTY, STREET, TOWN_SETTLEMENT, TOWNSHIP
from geoname.core.rules.case import (
    Circumstances,
    Claim,
    ExceptionKind,
    Extent,
    Standing,
    propose,
)
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import RuleSet, check_name, not_judged
from geoname.core.rules.facts import Need
from geoname.core.rules.finding import Decision, Outcome, Severity
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError


def severities(findings):
    return {each.rule: each.severity for each in findings}


def test_the_day_of_the_regulations_divides_old_names_from_new(facts):
    def found(approved):
        standing = Standing(PartialDate.parse(approved))
        return severities(
            check_name(propose("中央首府", TOWN_SETTLEMENT, standing=standing), facts, NAME_RULES)
        )

    assert set(found("2022-04-30").values()) == {Severity.INFORMATION}
    assert Severity.BLOCKS in found("2022-05-01").values()
    # Only the year is known: it may have been approved after the day, so it is not protected.
    assert Severity.BLOCKS in found("2022").values()
    assert set(found("2021").values()) == {Severity.INFORMATION}


def test_a_protected_name_still_shows_what_a_new_one_would_get(facts):
    case = propose("阳光", TOWN_SETTLEMENT, standing=Standing(in_division_list=True))
    (found,) = check_name(case, facts, NAME_RULES)
    assert (found.severity, found.severity_if_new) == (Severity.INFORMATION, Severity.BLOCKS)


def test_a_decided_finding_is_not_open_and_its_decision_is_shown(facts):
    case = propose("宇宙城", TOWN_SETTLEMENT)
    (found,) = check_name(case, facts, NAME_RULES)
    assert found.is_open
    decision = Decision(found.key, Outcome.OVERRULED, "与天文馆配套，群众认可", "甲", date(2026, 3, 1))
    (again,) = check_name(case, facts, NAME_RULES, {found.key: decision})
    assert (again.decision, again.is_open, again.severity) == (decision, False, Severity.INFORMATION)
    upheld = replace(decision, outcome=Outcome.UPHELD)
    (kept,) = check_name(case, facts, NAME_RULES, {found.key: upheld})
    assert (kept.is_open, kept.severity) == (False, Severity.ADVICE)


def test_a_decision_holds_for_the_same_neighbours_only(facts_beside):
    case = propose("龙场镇", TOWNSHIP, "520524")
    one, two = propose("龙场镇", TOWNSHIP, "520222"), propose("龙场镇", TOWNSHIP, "522601")
    (found,) = check_name(case, facts_beside([one]), NAME_RULES)
    decisions = {found.key: Decision(found.key, Outcome.OVERRULED, "历史地名", "甲", date(2026, 3, 1))}
    assert not check_name(case, facts_beside([one]), NAME_RULES, decisions)[0].is_open
    assert check_name(case, facts_beside([one, two]), NAME_RULES, decisions)[0].is_open


def test_an_exception_opens_only_the_rules_whose_law_names_it(facts):
    historical = Claim(ExceptionKind.HISTORICAL, "1930年代已有此名")
    found = check_name(propose("巴黎A座花园", TOWN_SETTLEMENT, claim=historical), facts, NAME_RULES)
    by_rule = {each.rule: each for each in found}
    assert by_rule["A9-5"].severity is Severity.INFORMATION
    assert by_rule["A9-5"].excepted == "historical"
    assert by_rule["A9-3a"].severity is Severity.BLOCKS
    assert by_rule["A9-3a"].excepted == ""


def test_what_is_known_from_memory_only_informs(facts):
    found = check_name(propose("曼哈顿花园", TOWN_SETTLEMENT), facts, NAME_RULES)
    hints = [each for each in found if each.known is Known.MEMORY]
    assert {each.rule for each in hints} == {"A9-5", "FOR-1"}
    assert all(each.severity is Severity.INFORMATION and "自拟" in each.words.zh for each in hints)


def test_rules_without_their_facts_say_what_they_lack(facts, facts_beside):
    lacking = {rule.code: need for rule, need in not_judged(propose("阳光广场", "26310"), facts, NAME_RULES)}
    assert lacking["A9-8d"] is Need.REGISTER
    assert lacking["A9-2"] is Need.EXTENT
    assert lacking["A9-6"] is Need.WORD_LIST
    assert lacking["SOV-1"] is Need.WORD_LIST
    told = propose("阳光广场", "26310", "520111101", told=Circumstances(Extent(area_m2=20_000)))
    known = {rule.code for rule, _ in not_judged(told, facts_beside(()), NAME_RULES)}
    assert known == {"A9-6", "SOV-1"}


def test_a_division_too_high_has_no_scope_and_no_namesakes(facts_beside):
    beside = facts_beside([propose("建设路", STREET, "520111101")])
    assert check_name(propose("建设路", STREET, "5201"), beside, NAME_RULES) == ()
    assert check_name(propose("建设路", STREET, "520111102"), beside, NAME_RULES) != ()


def test_a_division_shares_its_name_with_its_own_part(facts_beside):
    beside = facts_beside([propose("大理市", COUNTY, "5329", place_id="532901")])
    assert check_name(propose("大理地区", "21300", "53", place_id="5329"), beside, NAME_RULES) == ()
    assert "A9-7" in severities(check_name(propose("大理地区", "21300", "51"), beside, NAME_RULES))


def test_a_village_is_compared_with_and_without_its_generic(facts_beside):
    beside = facts_beside([propose("大坪村", "21610", "520111101")])
    (found,) = check_name(propose("大坪村村民委员会", "21610", "520111102"), beside, NAME_RULES)
    assert (found.rule, found.severity, found.scope.level) == ("A9-8b", Severity.ADVICE, "county")


def test_rules_are_asked_by_kind_sign_and_fact():
    chosen = NAME_RULES.chosen(propose("沿河路", STREET).kind, 0, frozenset())
    codes = {rule.code for rule in chosen}
    assert "A9-0a" in codes
    assert codes.isdisjoint({"BIG-2", "A9-3a", "PY-8", "A9-8c", "A9-8a", "A9-2"})
    assert len(RuleSet(())) == 0


@pytest.mark.parametrize("feature_class", ["2", "99x99", ""])
def test_a_wrong_class_is_refused(feature_class):
    with pytest.raises(InvalidInputError):
        propose("沿河路", feature_class)


def test_a_text_that_is_no_name_is_refused():
    with pytest.raises(InvalidInputError, match="at most 100"):
        propose("长" * 101, STREET)


@given(
    st.text(max_size=100),
    st.sampled_from([STREET, TOWN_SETTLEMENT, TOWNSHIP, COUNTY, "22200", "27400", "11500"]),
)
def test_any_text_is_judged_without_failing(facts, text, feature_class):
    for found in check_name(propose(text, feature_class), facts, NAME_RULES):
        assert found.words.zh
        if found.span is not None:
            assert 0 <= found.span[0] < found.span[1] <= len(text)


@given(st.text(max_size=60), st.sampled_from(["贵阳市", "二马路", "王家寨", "关岭布依族苗族自治县"]))
def test_any_spelling_is_judged_without_failing(facts, spelling, text):
    classes = {"贵阳市": "21300", "二马路": STREET, "王家寨": "22200"}
    check_name(propose(text, classes.get(text, COUNTY), romanization=spelling), facts, NAME_RULES)


def test_the_day_is_that_of_the_statute():
    assert date(2022, 5, 1) == next(iter(NAME_RULES)).basis[0].in_force_from
