"""Numbers that mean something are names; those that mean nothing are not."""

import pytest

from geoname.core.rules.case import propose
from geoname.core.rules.nonstandard.bare_numerals import RULE


@pytest.mark.parametrize(
    "text",
    ["五一小区", "八一大厦", "三八公寓", "六枝小区", "百花小区", "九洲花园", "千户苗寨", "一中家园", ""],
)
def test_a_number_with_a_meaning_passes(text, facts):
    assert RULE.check(propose(text, "22100"), facts) == ()


@pytest.mark.parametrize(
    "text", ["6号大院", "九十九小区", "第3期公寓", "88栋花园", "一二三家园", "玖拾玖小区"]
)
def test_a_mere_number_is_found(text, facts):
    assert len(RULE.check(propose(text, "22100"), facts)) == 1
