"""Numerals in names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.names.numerals import han_numeral, ordinal_at_end


@pytest.mark.parametrize(
    ("specific", "found"),
    [
        ("二", ("", "", 2)),
        ("经五", ("经", "", 5)),
        ("经十", ("经", "", 10)),
        ("纬十二", ("纬", "", 12)),
        ("建设二十", ("建设", "", 20)),
        ("建设九十九", ("建设", "", 99)),
        ("北二", ("北", "", 2)),
        ("第九", ("", "第", 9)),
        ("东四十二", ("东四", "", 12)),
        ("中山东一", ("中山东", "", 1)),
        ("八一", None),
        ("三八", None),
        ("五一", None),
        ("一二九", None),
        ("统一", None),
        ("万一", None),
        ("三元", None),
        ("百一", None),
        ("", None),
        ("东四", None),
    ],
)
def test_ordinals_are_told_from_numerals_that_mean_something(specific, found):
    assert ordinal_at_end(specific) == found


@pytest.mark.parametrize(
    ("digits", "numeral"),
    [
        ("5", "五"),
        ("0", "〇"),
        ("10", "十"),
        ("12", "十二"),
        ("20", "二十"),
        ("99", "九十九"),
        ("05", "〇五"),
        ("320", "三二〇"),
    ],
)
def test_digits_as_they_are_read(digits, numeral):
    assert han_numeral(digits) == numeral


@given(st.integers(1, 99))
def test_a_street_number_comes_back_from_its_han_numeral(number):
    assert ordinal_at_end("经" + han_numeral(str(number))) == ("经", "", number)
