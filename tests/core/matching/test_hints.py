"""Hints: a division, a coordinate, a day; the answer says which of them decided."""

from datetime import date

import pytest

from geoname.core.matching import MatchStatus


def found(match):
    return [(finding.kind.value, finding.detail) for finding in match.findings]


@pytest.fixture(scope="module")
def zhijin(register):
    return register.position("贵州省", "毕节市", "织金县")


def test_a_division_decides_among_namesakes_and_is_said_to(matcher, zhijin):
    match = matcher.match("龙场镇", within=zhijin)
    assert match.standard.path == ("贵州省", "毕节市", "织金县", "龙场镇")
    assert match.status is MatchStatus.STANDARD
    assert found(match) == [("decided_by_within", "")]


def test_a_point_decides_among_namesakes_and_is_said_to(matcher, zhijin):
    match = matcher.match("龙场镇", point=zhijin)
    assert match.standard.path[2] == "织金县"
    assert found(match) == [("decided_by_point", "")]


def test_the_parents_may_be_written_although_the_division_is_given(matcher, zhijin):
    match = matcher.match("贵州省毕节市织金县龙场镇", within=zhijin)
    assert match.standard.path[3] == "龙场镇"
    assert found(match) == []


def test_a_name_outside_its_division_is_not_chosen(matcher, zhijin):
    match = matcher.match("花溪区青岩镇", within=zhijin)
    assert match.status is MatchStatus.AMBIGUOUS
    assert match.candidates[0].standard.path[3] == "青岩镇"
    assert ("outside_within", "") in found(match)


def test_a_point_elsewhere_is_said_and_does_not_overrule_the_text(matcher, zhijin):
    match = matcher.match("贵州省贵阳市花溪区青岩镇", point=zhijin)
    assert match.standard.path[2] == "花溪区"
    assert found(match) == [("point_elsewhere", "织金县")]


def test_a_bare_township_may_stand_within_its_county(matcher, register):
    county = register.position("贵州省", "贵阳市", "花溪区")
    assert matcher.match("青岩").status is MatchStatus.AMBIGUOUS
    assert matcher.match("青岩", within=county).standard.name == "青岩镇"


def test_a_day_before_the_change_says_that_the_name_held(matcher):
    assert found(matcher.match("遵义县", on=date(2015, 6, 1))) == [("held_then", "遵义县")]
    assert found(matcher.match("遵义县", on=date(2017, 6, 1))) == []


def test_a_slip_is_seen_through_within_the_division_given(matcher, register):
    county = register.position("贵州省", "贵阳市", "花溪区")
    assert matcher.match("菁岩填", within=county).standard is None
    assert matcher.match("青岩填", within=county).standard.name == "青岩镇"
    assert matcher.match("菁岩镇", within=county).standard.name == "青岩镇"
