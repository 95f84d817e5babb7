"""Endings of names: what may be left off, what is the same, what is another."""

import pytest

from geoname.core.matching.generic_forms import ending_of, other_endings, shorter_forms


@pytest.mark.parametrize(
    ("text", "length", "depth", "ending"),
    [
        ("龙井村村民委员会", 2, 4, "村村民委员会"),
        ("新村村民委员会", 1, 4, "村民委员会"),
        ("花果园社区", 3, 4, "社区"),
        ("东社区居民委员会", 1, 4, "居民委员会"),
        ("青岩镇", 2, 3, "镇"),
        ("盘县", 1, 2, ""),
        ("三都水族自治县", 2, 2, "水族自治县"),
        ("乌江", 1, 5, ""),
    ],
)
def test_the_ending_leaves_two_characters(text, length, depth, ending):
    assert ending_of(text, length, depth) == ending


@pytest.mark.parametrize(
    ("ending", "depth", "includes", "leaves_out"),
    [
        ("苗族侗族自治州", 1, {"自治州", "州", "苗族自治州"}, {"苗族侗族自治州", "市"}),
        ("水族自治县", 2, {"自治县", "县"}, {"区"}),
        ("彝族白族苗族乡", 3, {"乡", "民族乡", "彝族乡", "白族苗族乡"}, {"镇"}),
        ("村村民委员会", 4, {"村", "村委会", "村民委员会"}, {"社区"}),
        ("社区", 4, {"社区居委会", "居委会"}, {"村"}),
        ("街道", 3, {"街道办事处"}, {"镇"}),
        ("镇", 3, set(), {"乡"}),
        ("特区", 2, {"区"}, {"县"}),
    ],
)
def test_shorter_forms_are_the_same_name(ending, depth, includes, leaves_out):
    forms = set(shorter_forms(ending, depth))
    assert includes <= forms
    assert not leaves_out & forms
    assert ending not in forms


@pytest.mark.parametrize(("ending", "depth"), [("镇", 3), ("村", 4), ("县", 2), ("市", 1)])
def test_other_endings_are_of_the_same_level_and_none_of_its_own(ending, depth):
    others = set(other_endings(ending, depth))
    assert others
    assert not others & {ending, *shorter_forms(ending, depth)}
