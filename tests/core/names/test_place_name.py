"""Names taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.names.ethnonyms import ETHNONYMS, Ethnonym
from geoname.core.names.feature_class import (
    BRIDGE,
    COUNTY,
    PREFECTURE,
    PROVINCE,
    RESERVOIR,
    RESIDENTS_COMMITTEE,
    RIVER,
    RURAL_SETTLEMENT,
    STREET,
    TOWNSHIP,
    VILLAGE_COMMITTEE,
)
from geoname.core.names.generics import generics_of
from geoname.core.names.place_name import split_name
from geoname.core.names.syllables import SYLLABLES, untoned
from geoname.errors import InvalidInputError


@pytest.mark.parametrize(
    ("text", "feature_class", "specific", "peoples", "generic"),
    [
        ("贵州省", PROVINCE, "贵州", (), "省"),
        ("新疆维吾尔自治区", PROVINCE, "新疆", ("维吾尔",), "自治区"),
        ("内蒙古自治区", PROVINCE, "内蒙古", (), "自治区"),
        ("黔东南苗族侗族自治州", PREFECTURE, "黔东南", ("苗族", "侗族"), "自治州"),
        ("威宁彝族回族苗族自治县", COUNTY, "威宁", ("彝族", "回族", "苗族"), "自治县"),
        ("印江土家族苗族自治县", COUNTY, "印江", ("土家族", "苗族"), "自治县"),
        ("双江拉祜族佤族布朗族傣族自治县", COUNTY, "双江", ("拉祜族", "佤族", "布朗族", "傣族"), "自治县"),
        ("龙胜各族自治县", COUNTY, "龙胜", ("各族",), "自治县"),
        ("六枝特区", COUNTY, "六枝", (), "特区"),
        ("观山湖区", COUNTY, "观山湖", (), "区"),
        ("苗族自治县", COUNTY, "苗族", (), "自治县"),
        ("水族县", COUNTY, "水族", (), "县"),
        ("新堡布依族乡", TOWNSHIP, "新堡", ("布依族",), "乡"),
        ("大营路街道", TOWNSHIP, "大营路", (), "街道"),
        ("北京路街道办事处", TOWNSHIP, "北京路", (), "街道办事处"),
        ("乡镇", TOWNSHIP, "乡", (), "镇"),
        ("大坝村村民委员会", VILLAGE_COMMITTEE, "大坝村", (), "村民委员会"),
        ("大坝村村委会", VILLAGE_COMMITTEE, "大坝村", (), "村委会"),
        ("大坝村", VILLAGE_COMMITTEE, "大坝", (), "村"),
        ("村", VILLAGE_COMMITTEE, "村", (), ""),
        ("天生社区居民委员会", RESIDENTS_COMMITTEE, "天生", (), "社区居民委员会"),
        ("天生社区居委会", RESIDENTS_COMMITTEE, "天生", (), "社区居委会"),
        ("社区居民委员会", RESIDENTS_COMMITTEE, "社区", (), "居民委员会"),
        ("居民委员会", RESIDENTS_COMMITTEE, "居民委员会", (), ""),
        ("王家寨", RURAL_SETTLEMENT, "王家", (), "寨"),
        ("中华南路", STREET, "中华南", (), "路"),
        ("朝阳门内大街", STREET, "朝阳门内", (), "大街"),
        ("南明河", RIVER, "南明", (), "河"),
        ("红枫水库", RESERVOIR, "红枫", (), "水库"),
        ("鸭池河特大桥", BRIDGE, "鸭池河", (), "特大桥"),
        ("602库", RURAL_SETTLEMENT, "602库", (), ""),
        ("南明河", "27400", "南明河", (), ""),
        ("", COUNTY, "", (), ""),
    ],
)
def test_the_longest_generic_of_the_class_is_set_apart(text, feature_class, specific, peoples, generic):
    name = split_name(text, feature_class)
    assert (name.specific, name.ethnonyms, name.generic) == (specific, peoples, generic)


PIECES = st.sampled_from(
    [
        "大",
        "坝",
        "村",
        "村委会",
        "村民委员会",
        "社区",
        "苗族",
        "水族",
        "土家族",
        "自治县",
        "自治州",
        "乡",
        "镇",
        "街道",
        "河",
        "路",
        "县",
    ]
)


@given(
    st.one_of(st.lists(PIECES, max_size=6).map("".join), st.text(max_size=8)),
    st.sampled_from([PROVINCE, PREFECTURE, COUNTY, TOWNSHIP, VILLAGE_COMMITTEE, RIVER, STREET, "99900"]),
)
def test_the_elements_make_up_the_text_and_the_specific_is_never_empty(text, feature_class):
    name = split_name(text, feature_class)
    assert name.specific + "".join(name.ethnonyms) + name.generic == name.text == text
    assert bool(name.specific) == bool(text)


@pytest.mark.parametrize("feature_class", ["", "路", "2220", "999999"])
def test_a_malformed_class_is_refused(feature_class):
    with pytest.raises(InvalidInputError, match="five digits") as refused:
        split_name("王家寨", feature_class)
    assert refused.value.field == "feature_class"


def test_a_part_of_a_class_has_the_generics_of_the_whole():
    assert generics_of("13400").keys() < generics_of("13410").keys()


def test_every_generic_and_people_is_spelt_syllable_by_syllable():
    for digits in ("12100", "12200", "13410", "21200", "21300", "21400", "21500", "21610", "21800", "22100"):
        for text, generic in generics_of(digits).items():
            syllables = [syllable for word in generic.words for syllable in word]
            assert len(syllables) == len(text), text
            assert {untoned(syllable) for syllable in syllables} <= SYLLABLES, text
    for text, people in ETHNONYMS.entries.items():
        assert len(people.syllables) == len(text), text
        assert {untoned(syllable) for syllable in people.syllables} <= SYLLABLES, text


def test_the_table_of_peoples_can_be_changed():
    table = ETHNONYMS.with_entries([Ethnonym("革家人", ("gé", "jiā", "rén"))])
    assert split_name("重兴革家人乡", TOWNSHIP, table).ethnonyms == ("革家人",)
    assert split_name("重兴革家人乡", TOWNSHIP).ethnonyms == ()
