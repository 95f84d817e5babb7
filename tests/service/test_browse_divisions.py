from datetime import date

import pytest

from geoname.errors import AmbiguousCodeError, NotFoundError
from geoname.service.browse_divisions import division_history, neighbours, show_division
from geoname.service.list_divisions import DivisionQuery, children, list_divisions


def test_a_county_is_found_under_the_code_it_had(guizhou):
    then = show_division(guizhou, "520321", on=date(2015, 1, 1))
    assert then.name == "遵义县"
    assert [step.name for step in then.path] == ["贵州省", "遵义市", "遵义县"]
    assert show_division(guizhou, "520304").name == "播州区"


def test_todays_code_did_not_hold_before_the_change(guizhou):
    with pytest.raises(NotFoundError, match="2016-03-20"):
        show_division(guizhou, "520304", on=date(2015, 1, 1))


def test_history_tells_what_became_of_a_county_and_by_which_document(guizhou):
    history = division_history(guizhou, "520321")
    change = next(event for event in history.events if event.document == "国函〔2016〕56号")
    assert [party.division.name for party in change.from_divisions] == ["遵义县"]
    became = {(party.division.name, party.extent) for party in change.to_divisions}
    assert ("播州区", "whole") in became
    assert {name for name, extent in became if extent == "part"} >= {"汇川区", "红花岗区"}


def test_six_digits_with_zeros_mean_the_upper_level(guizhou):
    assert show_division(guizhou, "520000").name == "贵州省"
    assert show_division(guizhou, "520100").name == "贵阳市"


def test_children_come_in_order_and_complete(guizhou):
    counties = children(guizhou, "5203").items
    assert len(counties) == 14
    assert [one.code for one in counties] == sorted(one.code for one in counties)
    assert "遵义县" not in [one.name for one in counties]
    assert "遵义县" in [one.name for one in children(guizhou, "5203", on=date(2015, 1, 1)).items]


def test_neighbours_share_a_line(guizhou):
    near = neighbours(guizhou, "520402")
    names = [neighbour.division.name for neighbour in near.items]
    assert "平坝区" in names
    assert "织金县" not in names
    assert all(neighbour.origin == "derived" for neighbour in near.items)


def test_a_code_that_two_districts_bear_is_not_guessed(guizhou):
    with pytest.raises(AmbiguousCodeError) as raised:
        show_division(guizhou, "500105")
    assert {name for _, _, name in raised.value.meanings} == {"江北区", "两江新区"}
    assert show_division(guizhou, "500105", scheme="nbs").name == "江北区"


def test_pages_join_up_to_the_whole_list(guizhou):
    wanted = DivisionQuery(level="township", within="520111", limit=7)
    found, cursor = [], None
    while True:
        page = list_divisions(guizhou, DivisionQuery(wanted.level, wanted.within, limit=7, cursor=cursor))
        found += [one.code for one in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == [one.code for one in children(guizhou, "520111").items]
    assert len(found) == 19


def test_neighbours_are_asked_for_by_the_code_of_a_day(guizhou):
    today = neighbours(guizhou, "520304")
    assert today.exact
    with pytest.raises(NotFoundError):
        neighbours(guizhou, "520304", on=date(2015, 1, 1))
    assert not neighbours(guizhou, "520402", on=date(2015, 1, 1)).exact
