"""Steps told in columns are those that each answer gives by itself, whatever the texts."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = (
    *(
        "贵州省",
        "贵州",
        "贵阳市",
        "花溪区",
        "花溪",
        "青岩镇",
        "青岩乡",
        "龙井村",
        "龙井社区居委会",
        "遵义县",
        "南白镇",
    ),
    *(
        "遵义市",
        "水城特区",
        "黔东南州",
        "锦屏县",
        "huaxi qu",
        "1号",
        "12组",
        " ",
        "?",
        "鎮",
        "請",
        "龙",
        "Ａ",
        "（",
        "云岩区",
    ),
)


def texts_of(matcher, villages, seed, count):
    choose = random.Random(seed)
    made = []
    for row in choose.sample(villages, count):
        path = list(matcher.entries.path(row))
        for _ in range(choose.randrange(3)):
            path.pop(choose.randrange(len(path)))
        text = "".join(path)
        if choose.random() < 0.5:
            at = choose.randrange(len(text))
            text = text[:at] + choose.choice(["", "龙", "?", "1", " ", "鎮"]) + text[at + 1 :]
        made.append(text + choose.choice(["", "", "12号", "三组"]))
    return made


def told_steps(matcher, texts, teller=None):
    matches = matcher.match_many(texts)
    told = (teller or matcher.teller(tuple)).tell(matches)
    steps = [()] * len(texts)
    for row, which in zip(told.rows.tolist(), told.which.tolist(), strict=True):
        steps[row] += told.groups[which]
    return matches, steps


def test_told_together_as_one_by_one(matcher, villages):
    texts = texts_of(matcher, villages, 11, 400)
    matches, steps = told_steps(matcher, texts)
    assert steps == [matches.match(row).steps for row in range(len(texts))]
    assert sum(map(bool, steps)) > 200


def test_what_was_told_before_changes_nothing(matcher, villages):
    teller = matcher.teller(tuple)
    for seed in (12, 13):
        texts = texts_of(matcher, villages, seed, 150)
        matches, steps = told_steps(matcher, texts, teller)
        assert steps == [matches.match(row).steps for row in range(len(texts))]


def test_no_texts_have_no_steps(matcher):
    assert told_steps(matcher, [])[1] == []
    assert told_steps(matcher, ["", "今天天气不错"])[1] == [(), ()]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), min_size=1, max_size=8))
def test_any_texts_are_told_as_one_by_one(matcher, texts):
    matches, steps = told_steps(matcher, texts)
    alone = [matcher.match(text) for text in texts]
    assert steps == [one.steps for one in alone]
    assert [matches.match(row) for row in range(len(texts))] == alone
