"""Each kind of loss is told by itself, and a figure that is not told is not judged."""

from dataclasses import replace

import pytest

from geoname.core.rules.adjustment.conservation import RULE
from geoname.core.rules.adjustment_example import NEW, SOUND

BARE = replace(NEW, area_km2=None, population=None)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ((NEW,), []),
        ((BARE,), []),
        ((replace(BARE, villages=frozenset({"a", "b"})),), ["遗漏 1 个村居"]),
        ((BARE, replace(BARE, villages=frozenset({"a"}))), ["1 个村居重复归属"]),
        ((replace(BARE, villages=frozenset({"a", "b", "c", "d"})),), []),
        ((replace(NEW, area_km2=66.5),), []),
        ((replace(NEW, area_km2=67.0),), ["面积之和由 66 变为 67 平方千米"]),
        ((replace(NEW, population=29_999),), ["人口之和由 30000 变为 29999"]),
    ],
)
def test_what_is_lost_is_told(after, told, facts):
    assert [hit.words.zh for hit in RULE.check(replace(SOUND, after=after), facts)] == told
