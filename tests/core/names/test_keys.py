"""Keys of Han text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.names.characters import faults, normal_form
from geoname.core.names.feature_class import TOWNSHIP
from geoname.core.names.keys import VariantTable, name_key, short_key
from geoname.core.names.place_name import split_name
from geoname.errors import InvalidInputError

VARIANTS = VariantTable({"陽": "阳", "貴": "贵", "舞": "㵲", "𠀀": "一", "隂": "陰", "陰": "阴"})


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("贵阳市", "贵阳市"),
        ("貴陽 市", "贵阳市"),
        ("舞水街道", "㵲水街道"),
        ("隂山", "阴山"),
        ("𠀀山", "一山"),
        ("10里铺", "十里铺"),
        ("１０里铺", "十里铺"),
        ("十里铺", "十里铺"),
        ("叁仟栋", "三仟栋"),
        ("零六号", "〇六号"),
        ("602库", "六〇二库"),
        ("A·B-城", "ab城"),
        ("ＭＯＭＯ park", "momopark"),
        ("?水", "?水"),
        ("□水", "□水"),
        ("", ""),
    ],
)
def test_one_key_whatever_the_form(typed, key):
    assert name_key(typed, VARIANTS) == key


@given(st.text(st.one_of(st.characters(), st.sampled_from("貴陽舞隂12 ·A")), max_size=12))
def test_a_key_is_its_own_key_and_that_of_the_normal_form(text):
    key = name_key(text, VARIANTS)
    assert name_key(key, VARIANTS) == key
    assert name_key(normal_form(text), VARIANTS) == key


@given(st.text(st.sampled_from("㵲㯊鶂𫚈桴水街道?□"), min_size=1))
def test_no_character_is_lost_and_no_fault_hidden(text):
    assert name_key(text) == text
    assert len(faults(name_key(text))) == len(faults(text))


@pytest.mark.parametrize("wrong", [{"a": "bc"}, {"ab": "c"}, {"甲": "乙", "乙": "甲"}, {"甲": ""}])
def test_a_table_that_leads_nowhere_is_refused(wrong):
    with pytest.raises(InvalidInputError, match="one standard character") as refused:
        VariantTable(wrong)
    assert refused.value.field == "variants"


def test_the_short_key_leaves_generic_and_peoples_out():
    town, ethnic = split_name("貴陽镇", TOWNSHIP), split_name("贵阳苗族乡", TOWNSHIP)
    assert short_key(town, VARIANTS) == short_key(ethnic, VARIANTS) == "贵阳"


def test_keys_are_made_at_half_a_million_a_second():
    names = ["南明区云岩村村民委员会", "㵲水街道", "大坝村", "青岩镇"] * 25_000
    fastest = min(_seconds(names) for _ in range(3))
    assert fastest < len(names) / 500_000


def _seconds(names):
    started = time.perf_counter()
    for name in names:
        name_key(name, VARIANTS)
    return time.perf_counter() - started
