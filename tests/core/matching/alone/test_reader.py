"""One text is read as many are: the same states in the same order, whatever stands in it."""

import random
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.matching.alone.reader import OneTextReader
from geoname.core.matching.choosing import Hints
from geoname.core.matching.reading import BY_EAR, PLAINLY, WITH_SLIPS
from geoname.core.matching.states import States
from geoname.core.matching.texts import read_texts

NOWHERE = np.array([-1])
COLUMNS = [field.name for field in fields(States)]
ODDITIES = (
    *(
        "",
        "?",
        "贵州",
        "龙场镇",
        "huaxi qu",
        "HX",
        "12345",
        "貴州省貴陽市",
        "水城特区",
        "中华人民共和国贵州省贵阳市",
    ),
    *(
        "花溪区青岩填龙井村",
        "花溪区青岩镇龙井村12号",
        "乌当区青岩镇龙井村",
        "遵义县南白镇",
        "\ue001\ud800x",
        "花溪□区",
    ),
    *(
        "贵阳市高新区沙文镇",
        "锦屏县启蒙镇村",
        "松桃苗族自治线",
        "花溪区青岩街镇龙井村",
        "贵阳花溪区清岩镇尤井村委会",
    ),
)


@pytest.fixture(scope="module")
def readers(matcher):
    """The reader of one text, the reader of many, and where reading begins."""
    decider = matcher._decider
    return OneTextReader(decider.reader), decider


def check(readers, text, low=0, high=None):
    alone, decider = readers
    many = decider.reader
    texts = read_texts([text], many.table)
    if texts.starts[1] == 0:
        return
    last = len(many.entries) if high is None else high
    hints = Hints(np.array([low]), np.array([last]), np.array([-1]))
    first = decider._first(texts, np.array([0]), hints)
    opened = alone.opened(texts)
    for care in (PLAINLY, BY_EAR, WITH_SLIPS):
        one, other = opened.read(first, care), many.read(texts, first, care)
        for column in COLUMNS:
            assert np.array_equal(getattr(one.states, column), getattr(other.states, column)), (text, column)
        assert np.array_equal(one.capped, other.capped), text


@pytest.mark.parametrize("text", ODDITIES)
def test_odd_texts(readers, text):
    check(readers, text)


def test_paths_with_faults(readers, matcher, villages):
    choose = random.Random(21)
    for row in choose.sample(villages, 60):
        path = list(matcher.entries.path(row))
        del path[: choose.randrange(3)]
        text = "".join(path)
        at = choose.randrange(len(text))
        fault = choose.choice(("", "龙", "?", text[at] * 2, "镇", "林"))
        check(readers, text[:at] + fault + text[at + 1 :])
        check(readers, text[:at] + text[at : at + 2][::-1] + text[at + 2 :])


def test_within_a_division(readers, matcher, register, villages):
    county = matcher.entries.row_of_division(register.position("贵州省", "贵阳市", "花溪区"))
    low, high = int(matcher.entries.low[county]), int(matcher.entries.high[county])
    for row in villages[:900:60]:
        text = "".join(matcher.entries.path(row)[-2:])
        check(readers, text, low, high)
        check(readers, text[:2] + text[3:], low, high)


@pytest.mark.parametrize("low", [0, 5])
def test_what_was_read_to_the_letter_is_read_once_and_only_for_the_same_beginning(readers, low):
    alone, decider = readers
    many = decider.reader
    texts = read_texts(["花溪区清岩镇龙井村"], many.table)
    first = decider._first(
        texts, np.array([0]), Hints(np.array([low]), np.array([len(many.entries)]), NOWHERE)
    )
    opened = alone.opened(texts)
    assert opened.plain_verdict(0) is None
    one, other = opened.read(first, PLAINLY), many.read(texts, first, PLAINLY)
    for column in COLUMNS:
        assert np.array_equal(getattr(one.states, column), getattr(other.states, column))
    assert (len(one.states) > len(opened._plain[1][0])) == (low > 0)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="贵州省阳市花溪区青岩镇龙井村县乡社委会民街道办事处组路12号王?huaxi 鎮遵义南白", max_size=18
    )
)
def test_any_text(readers, text):
    check(readers, text)
