"""Many at once, one at a time, from mapped arrays: always the same answers."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.matching import Matcher, MatchStatus
from geoname.core.matching.generic_forms import ending_of
from geoname.core.matching.many import STATUSES

ODDITIES = [
    *(
        "",
        "?",
        "HX",
        "贵州",
        "龙场镇",
        "huaxi qu",
        "12345",
        "花溪区 青岩镇",
        "貴州省貴陽市",
        "今天天气不错",
        "水城特区",
    ),
    *(
        "花溪区青岩镇龙井村12号",
        "花溪区青岩填龙井村",
        "贵阳市南明区？",
        "\ue001\ud800x",
        "乌当区青岩镇龙井村",
        "a" * 500,
    ),
]


def texts_of(matcher, villages, seed, count):
    choose = random.Random(seed)
    made = list(ODDITIES)
    for row in choose.sample(villages, count):
        path = list(matcher.entries.path(row))
        for _ in range(choose.randrange(3)):
            path.pop(choose.randrange(len(path)))
        text = "".join(path)
        if choose.random() < 0.4 and text:
            at = choose.randrange(len(text))
            text = text[:at] + choose.choice(["", "龙", "?", "1", " ", "鎮"]) + text[at + 1 :]
        made.append(text)
    choose.shuffle(made)
    return made


def test_many_answer_as_one_at_a_time(matcher, villages):
    texts = texts_of(matcher, villages, 5, 250)
    many = matcher.match_many(texts)
    assert [many.match(row) for row in range(len(texts))] == [matcher.match(text) for text in texts]


def test_hints_answer_as_one_at_a_time(matcher, villages, register):
    texts = texts_of(matcher, villages, 6, 60)
    choose = random.Random(7)
    divisions = [-1, *(int(matcher.entries.division[row]) for row in villages[::900])]
    within = [choose.choice(divisions) for _ in texts]
    point = [choose.choice([-1, register.position("贵州省", "贵阳市", "花溪区")]) for _ in texts]
    many = matcher.match_many(texts, within=within, point=point)
    for row, text in enumerate(texts):
        alone = matcher.match(
            text,
            within=None if within[row] < 0 else within[row],
            point=None if point[row] < 0 else point[row],
        )
        assert many.match(row) == alone


def test_columns_say_what_the_answers_say(matcher, villages):
    texts = texts_of(matcher, villages, 8, 250)
    many = matcher.match_many(texts)
    for row in range(len(texts)):
        match = many.match(row)
        assert STATUSES[many.status[row]] is match.status
        assert (many.entry[row] >= 0) == (match.standard is not None)
        assert many.told[row] or not (match.steps or match.remainder)


def test_arrays_give_the_matcher_back(matcher, villages):
    arrays = matcher.to_arrays()
    again = Matcher.from_arrays({name: array.copy() for name, array in arrays.items()})
    texts = texts_of(matcher, villages, 9, 100)
    one, other = matcher.match_many(texts), again.match_many(texts)
    assert [one.match(row) for row in range(len(texts))] == [other.match(row) for row in range(len(texts))]
    assert sum(array.nbytes for array in arrays.values()) <= 250 * len(matcher)


def test_every_full_path_is_its_own_standard(matcher, villages):
    texts = ["".join(matcher.entries.path(row)) for row in villages]
    many = matcher.match_many(texts)
    assert np.array_equal(many.entry, villages)
    assert {STATUSES[number] for number in np.unique(many.status)} == {MatchStatus.STANDARD}


def test_every_county_and_township_name_is_found_as_it_stands(matcher):
    entries = matcher.entries
    for depth in (1, 2, 3):
        rows = [r for r in range(len(entries)) if entries.depth[r] == depth and entries.kind[r] == 0]
        many = matcher.match_many([entries.text(row) for row in rows])
        for number, row in enumerate(rows):
            match = many.match(number)
            offered = [one.standard.entry for one in match.candidates]
            capped = any(finding.kind == "candidates_capped" for finding in match.findings)
            assert many.entry[number] == row or row in offered or capped, entries.text(row)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_it(matcher, text):
    match = matcher.match(text)
    assert match.text == text
    assert 0.0 <= match.second_confidence <= 1.0
    assert 0.0 <= match.confidence <= 1.0
    assert (match.standard is None) == (match.status not in (MatchStatus.STANDARD, MatchStatus.CORRECTED))
    assert match.remainder in text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="贵州省阳市花溪区青岩镇龙井村县乡社委会民街道路12号王", max_size=20))
def test_texts_of_names_parts_never_break_it(matcher, text):
    match = matcher.match(text)
    if match.status is MatchStatus.STANDARD:
        name = match.standard.name
        assert name in text or ending_of(name, len(name), 4) == ""


@pytest.mark.parametrize("text", ["\ud800", "花溪\ud800区", "花溪区\x00"])
def test_half_characters_are_no_trouble(matcher, text):
    assert matcher.match(text).text == text
