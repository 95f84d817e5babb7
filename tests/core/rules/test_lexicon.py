"""Terms are found wherever they stand, and lists of the user's take the place of ours."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geoname.core.law.citation import Known
from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.names.place_name import split_name
from geoname.core.rules.case import propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.core.rules.lexicon import Lexicons, MatchMode, Term
from geoname.formats.shipped_lexicons import lexicons_with, read_terms

TERMS = read_terms()
ANYWHERE = [term for term in TERMS if term.mode in (MatchMode.SPECIFIC, MatchMode.ANYWHERE)]
LEXICAL = {term.rule for term in TERMS} | {"A9-1", "A9-5"}
UNRELATED = st.sampled_from("甲乙丙丁戊春夏秋冬松柏")


def term(text, rule="X", mode=MatchMode.SPECIFIC):
    return Term(text, rule, "office", mode, "", Known.FULL_TEXT)


def spans(lexicons, text, rule="X", feature_class=TOWN_SETTLEMENT):
    return [found.span for found in lexicons.found(split_name(text, feature_class), rule)]


def lexical(text, facts):
    case = propose(text, TOWN_SETTLEMENT)
    return {each.rule for each in check_name(case, facts, NAME_RULES) if each.rule in LEXICAL}


@given(
    st.sampled_from(ANYWHERE), UNRELATED, st.booleans(), st.sampled_from(["花园", "小区", "城", "", "大厦"])
)
def test_an_unrelated_character_removes_no_finding(facts, one, char, before, generic):
    text = one.text + generic
    longer = char + text if before else one.text + char + generic
    assert lexical(text, facts) - {"A9-5", "BIG-x"} <= lexical(longer, facts)


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=3), max_size=6), st.text("甲乙丙丁戊", max_size=8))
def test_terms_are_found_where_a_scan_of_every_term_finds_them(texts, text):
    assume(text)
    lexicons = Lexicons([term(each, mode=MatchMode.ANYWHERE) for each in set(texts)])
    expected = sorted(
        (start, start + len(each))
        for each in set(texts)
        for start in range(len(text))
        if text.startswith(each, start)
    )
    assert sorted(spans(lexicons, text)) == expected
    assert lexicons.touches(text) is bool(expected)


@pytest.mark.parametrize(
    ("mode", "text", "found"),
    [
        (MatchMode.SPECIFIC, "国际花园", True),
        (MatchMode.SPECIFIC, "锦绣国际花园", True),
        (MatchMode.WHOLE, "国际花园", True),
        (MatchMode.WHOLE, "大国际花园", False),
        (MatchMode.GENERIC, "国际", False),
        (MatchMode.GENERIC, "锦绣国际", True),
        (MatchMode.GENERIC, "国际花园", False),
    ],
)
def test_where_a_term_counts(mode, text, found):
    assert bool(spans(Lexicons([term("国际", mode=mode)]), text)) is found


def test_a_term_inside_the_generic_is_not_in_the_specific():
    lexicons = Lexicons([term("花园")])
    assert spans(lexicons, "锦绣花园") == []
    assert spans(lexicons, "花园小区") == [(0, 2)]


def test_letters_match_in_either_case_and_positions_stay():
    lexicons = Lexicons([term("MomoPark", mode=MatchMode.ANYWHERE)])
    assert spans(lexicons, "momoPARK城") == [(0, 8)]
    assert spans(lexicons, "ßMOMOPARK") == [(1, 9)]


def test_the_users_list_takes_the_place_of_ours():
    own = lexicons_with([term("梦幻", rule="BIG-2")])
    assert spans(own, "梦幻宇宙城", "BIG-2") == [(0, 2)]
    assert spans(own, "万国城", "BIG-3") == [(0, 2)]
    assert not lexicons_with().has("A9-6")


def test_every_shipped_term_is_of_a_rule_and_marked():
    codes = {rule.code for rule in NAME_RULES}
    assert {each.rule for each in TERMS} <= codes
    own = [each for each in TERMS if each.tier == "engineering-default"]
    assert own
    assert all(each.known is Known.MEMORY for each in own)
    assert all(each.source for each in TERMS)


def test_no_list_touches_nothing():
    assert not Lexicons([]).touches("任何文字")


def test_a_street_keeps_its_term_before_any_generic():
    assert spans(Lexicons([term("中央")]), "中央大道", feature_class=STREET) == [(0, 2)]
