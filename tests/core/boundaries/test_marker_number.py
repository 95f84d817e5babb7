"""Numbers of markers: read as they stand, and what is wrong with a set of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.boundaries.marker_number import (
    MarkerNumber,
    MarkerType,
    NumberTrouble,
    Standing,
    check_numbers,
    parse_marker_number,
)
from geoname.errors import InvalidInputError

NUMBERS = st.builds(
    MarkerNumber,
    st.sampled_from(["", "5253", "4352", "520111522730", "1253"]),
    st.integers(0, 999),
    st.sampled_from(MarkerType),
)


def read(*texts: str) -> list[MarkerNumber]:
    return [parse_marker_number(text) for text in texts]


@given(NUMBERS)
def test_a_number_written_is_read_again(number):
    assert parse_marker_number(str(number)) == number


def test_a_number_is_taken_apart():
    assert parse_marker_number("5253001Q") == MarkerNumber("5253", 1, MarkerType.Q)
    assert parse_marker_number("５２５３０１２ａ") == MarkerNumber("5253", 12, MarkerType.A)
    assert parse_marker_number(" 238 184I") == MarkerNumber("238", 184, MarkerType.I)


@pytest.mark.parametrize(
    "text", ["", "Q", "01Q", "5253-001Q", "5253001", "5253001F", "５２５３００１", "5253001QQ"]
)
def test_another_form_is_refused_with_its_remedy(text):
    with pytest.raises(InvalidInputError, match="5253001Q"):
        parse_marker_number(text)


def test_the_letter_says_how_a_marker_stands():
    assert [MarkerType(letter).standing for letter in "QABCDEI"] == [
        Standing.SINGLE, Standing.DOUBLE, Standing.DOUBLE, Standing.TRIPLE, Standing.TRIPLE, Standing.TRIPLE,
        Standing.SINGLE,
    ]  # fmt: skip


def test_a_whole_set_has_no_findings():
    assert check_numbers(read("5253001I", "5253002A", "5253002B", "5253003Q"), "5253") == ()
    assert check_numbers(read("5253001C", "5253001D", "5253001E"), "5253") == ()
    assert check_numbers([], "5253") == ()


@pytest.mark.parametrize(
    ("numbers", "kind", "told"),
    [
        (("5253001Q", "5352002Q"), NumberTrouble.OTHER_LINE, ("5352002Q",)),
        (("5253001Q", "5253001Q"), NumberTrouble.TWICE, ("5253001Q", "5253001Q")),
        (("5253001A",), NumberTrouble.INCOMPLETE_SET, ("5253001A",)),
        (("5253001A", "5253001Q"), NumberTrouble.INCOMPLETE_SET, ("5253001A", "5253001Q")),
        (("5253001Q", "5253004Q"), NumberTrouble.GAP, ("002", "003")),
        (("5253002Q",), NumberTrouble.GAP, ("001",)),
    ],
)
def test_what_is_wrong_is_found(numbers, kind, told):
    found = check_numbers(read(*numbers), "5253")
    assert [(one.kind, one.numbers) for one in found] == [(kind, told)]
    assert found[0].zh
    assert found[0].en


def test_numbers_without_the_lines_code_pass():
    assert check_numbers(read("001Q", "002Q"), "5253") == ()


def test_a_long_gap_is_told_shortly():
    (found,) = check_numbers(read("001Q", "500Q"))
    assert len(found.numbers) == 498
    assert len(found.zh) < 80
