"""What is heard as one in Guizhou, and what is not."""

import numpy as np
import pytest

from geoname.core.matching.columns import CharacterLore
from geoname.core.matching.sounds import CLASS_OF, PLAIN, folded, plain_number
from geoname.core.matching.symbols import build_symbols


@pytest.mark.parametrize(
    ("one", "other"),
    [("ni", "li"), ("niu", "liu"), ("zhong", "zong"), ("chi", "ci"), ("shan", "san"), ("jing", "jin"),
     ("meng", "men"), ("hua", "fa"), ("hui", "fei"), ("huang", "fang"), ("hu", "fu"), ("zheng", "zen")],
)  # fmt: skip
def test_heard_alike(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ma", "na"), ("ban", "bang"), ("gong", "gon"), ("he", "fe"), ("ng", "lg")]
)
def test_not_heard_alike(one, other):
    assert folded(one) != folded(other)


def test_folding_twice_changes_nothing():
    assert all(folded(folded(each)) == folded(each) for each in PLAIN[1:])


def test_tones_do_not_count():
    assert plain_number("jǐng") == plain_number("jing") > 0
    assert plain_number("x") == 0
    assert CLASS_OF[plain_number("lǚ")] != CLASS_OF[plain_number("lu")]


def test_a_character_has_its_second_reading_too():
    table = build_symbols(CharacterLore({"縣": "县"}, {"己": "已"}))

    def points(text):
        return np.array([ord(char) for char in text], dtype=np.uint32)

    assert table.same_syllable(points("都都长"), points("督兜掌")).tolist() == [True, True, True]
    assert table.same_syllable(points("山"), points("三")).tolist() == [False]
    assert table.same_class(points("山"), points("三")).tolist() == [True]
    assert table.standard(points("縣县"))[0] == ord("县")
    assert table.look_alike(points("己已"), points("已己")).tolist() == [True, False]
