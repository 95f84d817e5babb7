"""Degrees in every way that registers write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.formats.dms import are_packed, read_degrees, together, unpacked

PLACE = 106 + 40 / 60 + 12.34 / 3600


@pytest.mark.parametrize(
    "text",
    [
        "106°40′12.34″",
        "106°40'12.34\"",
        "106°40'12.34''",
        "106º40’12.34”",
        "E106°40′12.34″",
        "106 40 12.34",
        "106:40:12.34",
        "106：40：12.34",
        "东经106度40分12.34秒",
        "106°40´12.34´´",
        "106°40＇12.34＂",
        "１０６°４０′１２．３４″",
        "东经：106度40分12.34秒",
        "106.67009444444444°",
        "E106.67009444444444",
        "１０６．６７００９４４４４４４４４４",
        "106.67009444444444",
        " 106.67009444444444 ",
    ],
)
def test_every_way_of_writing_means_the_same(text):
    values, wrong = read_degrees([text])
    assert values[0] == pytest.approx(PLACE, abs=1e-9)
    assert not wrong[0]


@pytest.mark.parametrize(
    "text", ["106°61′00″", "106°40′60″", "abc", "106°", "一百零六", "106,67", "1e5", "--1"]
)
def test_what_is_no_coordinate_is_wrong(text):
    values, wrong = read_degrees(["106.5", text])
    assert wrong.tolist() == [False, True]
    assert np.isnan(values[1])


def test_nothing_is_missing_and_not_wrong():
    values, wrong = read_degrees(["", None, "  "])
    assert np.isnan(values).all()
    assert not wrong.any()


def test_numbers_of_a_workbook_come_as_they_are():
    values, wrong = read_degrees([106.5, None, "106.5"])
    assert values[0] == values[2] == 106.5
    assert not wrong.any()


def test_west_and_south_are_negative():
    values, _ = read_degrees(["106°30′00″W", "S26°30′00″"])
    assert values.tolist() == [-106.5, -26.5]


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 5999))
def test_signs_columns_and_packing_agree(degrees, minutes, hundredths):
    seconds = hundredths / 100
    signed, wrong = read_degrees([f"{degrees}°{minutes:02d}′{seconds:05.2f}″"])
    assert not wrong[0]
    columns, _ = together(*(np.array([float(part)]) for part in (degrees, minutes, seconds)))
    assert signed[0] == columns[0]
    packed = np.array([degrees * 10_000 + minutes * 100 + seconds])
    if degrees:
        assert are_packed(packed)[0]
        assert unpacked(packed)[0] == pytest.approx(signed[0], abs=1e-6)


def test_degrees_and_metres_are_not_packed():
    assert not are_packed(np.array([106.5, 26.5, 36_412_345.0, 2_912_345.0, np.nan])).any()
    assert not are_packed(np.array([1_066_112.0, 1_064_072.0])).any()


def test_minutes_from_sixty_on_are_wrong_in_columns():
    _, wrong = together(np.array([106.0, 106.0]), np.array([60.0, 10.0]), np.array([0.0, 59.99]))
    assert wrong.tolist() == [True, False]
