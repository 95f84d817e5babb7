"""Keys of the phonetic alphabet: of names, and of what is typed."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.names.feature_class import COUNTY, MOUNTAIN, RURAL_SETTLEMENT, STREET, TOWNSHIP
from geoname.core.names.pinyin_keys import PinyinKeys, PinyinQuery, pinyin_keys, read_query
from geoname.core.names.place_name import split_name
from geoname.core.names.readings import EMPTY_TABLE
from geoname.core.names.romanization import romanize

DATA = Path(__file__).resolve().parents[3] / "data"


def spelt(text, feature_class=RURAL_SETTLEMENT):
    return romanize(split_name(text, feature_class), feature_class, EMPTY_TABLE)


@pytest.mark.parametrize(
    ("text", "feature_class", "keys"),
    [
        ("青岩镇", TOWNSHIP, PinyinKeys("qing1yan2zhen4", "qingyanzhen", "qyz")),
        ("正安县", COUNTY, PinyinKeys("zheng4an1xian4", "zhenganxian", "zax")),
        ("吕梁", COUNTY, PinyinKeys("lv3liang2", "lvliang", "ll")),
        ("经五路", STREET, PinyinKeys("jing1wu3lu4", "jingwulu", "jwl")),
        ("石头寨", RURAL_SETTLEMENT, PinyinKeys("shi2tou5zhai4", "shitouzhai", "stz")),
        ("\U000323af?山", MOUNTAIN, PinyinKeys("shan1", "shan", "s")),
        ("", COUNTY, PinyinKeys("", "", "")),
    ],
)
def test_keys_of_a_name(text, feature_class, keys):
    assert pinyin_keys(spelt(text, feature_class)) == keys


@pytest.mark.parametrize(
    ("typed", "plain", "toned"),
    [
        ("Qīngyán Zhèn", "qingyanzhen", "qing1yan2zhen4"),
        ("qing1yan2zhen4", "qingyanzhen", "qing1yan2zhen4"),
        ("QING1 YAN2", "qingyan", "qing1yan2"),
        ("qing1yan", "qingyan", None),
        ("qingyán", "qingyan", None),
        ("Zhèng’ān Xiàn", "zhenganxian", "zheng4an1xian4"),
        ("xi'an", "xian", None),
        ("xī`ān", "xian", "xi1an1"),
        ("xiàn", "xian", "xian4"),
        ("lvliang", "lvliang", None),
        ("lü-liang", "lvliang", None),
        ("lu:3liang2", "lvliang", "lv3liang2"),
        ("Lǚliáng", "lvliang", "lv3liang2"),
        ("shi2tou0", "shitou", "shi2tou5"),
        ("shi2tou5", "shitou", "shi2tou5"),
        ("jing 5 lu", "jingwulu", None),
        ("Dì-9 Lòng", "dijiulong", "di4jiu3long4"),
        ("ｑｉｎｇｙａｎ", "qingyan", None),
    ],
)
def test_typed_syllables(typed, plain, toned):
    query = read_query(typed)
    assert query is not None
    assert (query.plain, query.toned, query.complete) == (plain, toned, True)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("qyz", PinyinQuery(None, None, "qyz", True)),
        ("G Y S", PinyinQuery(None, None, "gys", True)),
        ("ga", PinyinQuery("ga", None, "ga", True)),
        ("qingy", PinyinQuery("qingy", None, None, False)),
        ("zh", PinyinQuery("zh", None, "zh", False)),
        ("guiyangs", PinyinQuery("guiyangs", None, None, False)),
    ],
)
def test_first_letters_and_syllables_only_begun(typed, query):
    assert read_query(typed) == query


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "'", "贵阳", "贵yang", "province", "city", "qing1y2x", "?", "q_y", "москва", "qing＋yan"],
)
def test_what_is_no_pinyin(typed):
    assert read_query(typed) is None


@given(st.text(max_size=20))
def test_any_text_is_answered(typed):
    query = read_query(typed)
    assert query is None or query.plain or query.initials


def test_the_spelling_of_every_name_asks_for_its_own_keys():
    with (DATA / "guizhou" / "county_pinyin.csv").open(encoding="utf-8", newline="") as file:
        counties = [(row["name"], COUNTY) for row in csv.DictReader(file)]
    with (DATA / "guizhou" / "divisions.csv").open(encoding="utf-8", newline="") as file:
        villages = [
            (row["name"], RURAL_SETTLEMENT) for row in csv.DictReader(file) if len(row["code"]) == 12
        ][::7]
    assert len(villages) > 2000
    for text, feature_class in counties + villages:
        romanized = spelt(text, feature_class)
        keys, asked = pinyin_keys(romanized), read_query(romanized.text)
        assert asked is not None, text
        assert asked.plain == keys.plain, text
        assert asked.toned == (None if "5" in keys.toned else keys.toned), text
        assert read_query(keys.toned).toned == keys.toned, text
        assert read_query(keys.plain).plain == keys.plain, text
        assert keys.initials == "".join(syllable[0] for syllable in keys_of_each(romanized)), text


def keys_of_each(romanized):
    return [read_query(syllable).plain for syllable in romanized.syllables]
