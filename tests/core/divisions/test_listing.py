import pytest

from geoname.core.divisions.division import Level
from geoname.core.divisions.listing import check_list, listed_division, parse_list_code
from geoname.errors import InvalidInputError


def listed(*rows):
    return [listed_division(i, code, name, parent) for i, (code, name, parent) in enumerate(rows, 1)]


def refused(rejects):
    return {(one.row, one.field) for one in rejects}


@pytest.mark.parametrize(
    ("written", "code"),
    [("520111009000", "520111009"), ("520111000000", "520111"), ("520111009", "520111009"),
     ("520111009201", "520111009201"), ("520000", "52"), (" 5201 ", "5201")],
)  # fmt: skip
def test_a_code_is_read_however_lists_write_it(written, code):
    assert parse_list_code(written) == code


@pytest.mark.parametrize("written", ["", "52011", "5.20111E+08", "520111O09", "-520111", "52011100900"])
def test_what_is_no_code_is_refused(written):
    with pytest.raises(InvalidInputError):
        parse_list_code(written)


def test_a_parent_comes_before_its_children_whatever_the_order():
    rows = listed(("520111009", "党武街道", None), ("520111", "花溪区", None), ("5201", "贵阳市", "0"))
    sound, rejects = check_list(rows)
    assert [one.code for one in sound] == ["5201", "520111", "520111009"]
    assert rejects == ()
    assert sound[-1].level is Level.TOWNSHIP


def test_duplicate_codes_of_different_divisions_are_all_refused():
    rows = listed(
        ("5201", "贵阳市", ""), ("520111", "花溪区", None), ("520111", "乌当区", None),
        ("520111009", "党武街道", None),
    )  # fmt: skip
    sound, rejects = check_list(rows)
    assert [one.code for one in sound] == ["5201"]
    assert refused(rejects) == {(2, "code"), (3, "code"), (4, "parent")}


def test_a_row_that_stands_twice_is_taken_once():
    sound, rejects = check_list(listed(("5201", "贵阳市", ""), ("5201", "贵阳市", "")))
    assert len(sound) == 1
    assert refused(rejects) == {(2, "code")}
    assert "1" in rejects[0].reason


def test_a_child_without_parent_is_refused_with_all_below_it():
    rows = listed(("520111", "花溪区", None), ("520111009", "党武街道", None), ("5202", "六盘水市", ""))
    sound, rejects = check_list(rows)
    assert [one.code for one in sound] == ["5202"]
    assert refused(rejects) == {(1, "parent"), (2, "parent")}
    assert rejects[0].value == "5201"


def test_a_parent_may_stand_in_the_register_alone():
    sound, rejects = check_list(listed(("520111009", "党武街道", None)), {"520111"})
    assert [one.code for one in sound] == ["520111009"]
    assert rejects == ()


def test_a_cycle_of_parents_is_refused():
    rows = listed(
        ("520111", "甲县", "520112"), ("520112", "乙县", "520113"), ("520113", "丙县", "520111"),
        ("520111001", "丁街道", "520111"), ("5202", "六盘水市", ""),
    )  # fmt: skip
    sound, rejects = check_list(rows)
    assert [one.code for one in sound] == ["5202"]
    assert {one.row for one in rejects} == {1, 2, 3, 4}
    assert "circle" in rejects[0].reason


def test_a_division_that_is_its_own_parent_is_a_cycle():
    sound, rejects = check_list(listed(("520111", "甲县", "520111")))
    assert sound == ()
    assert refused(rejects) == {(1, "parent")}


def test_a_parent_of_no_higher_level_is_refused():
    sound, rejects = check_list(listed(("520111", "甲县", "0"), ("520112", "乙县", "520111")))
    assert [one.code for one in sound] == ["520111"]
    assert refused(rejects) == {(2, "level")}


@pytest.mark.parametrize(("code", "name", "level", "field"),
                         [("520111", " ", "", "name"), ("520111", "花溪区", "区", "level")])  # fmt: skip
def test_what_a_row_lacks_is_named(code, name, level, field):
    with pytest.raises(InvalidInputError) as raised:
        listed_division(1, code, name, None, level)
    assert raised.value.field == field


def test_a_level_may_be_told_in_words_or_numbers():
    assert listed_division(1, "520111", "花溪区", None, "县级").level is Level.COUNTY
    assert listed_division(1, "520111", "花溪区", None, "3").level is Level.COUNTY
