from datetime import date

import pytest

from geoname.errors import InvalidInputError
from geoname.service.find_names import NameQuery, find_names
from geoname.service.nearby import nearby
from geoname.service.show_name import name_history, show_name
from geoname.service.suggest import suggest


def names(page):
    return [item.name for item in page.items]


def test_an_exact_name_says_where_it_lies(guizhou):
    page = find_names(guizhou, NameQuery("青岩镇"))
    (found,) = page.items
    assert page.mode == "exact"
    assert [step.name for step in found.path] == ["贵州省", "贵阳市", "花溪区", "青岩镇"]
    assert found.romanization.text == "Qīngyán Zhèn"
    assert (found.code, found.codes[0].scheme, found.codes[0].as_of) == ("520111101", "nbs", "2023-06-30")
    assert (found.specific, found.generic) == ("青岩", "镇")


def test_a_repeated_name_is_found_everywhere_it_stands(guizhou):
    page = find_names(guizhou, NameQuery("龙场镇"))
    assert len(page.items) >= 5
    assert len({item.code for item in page.items}) == len(page.items)
    (one,) = find_names(guizhou, NameQuery("龙场镇", within="520524")).items
    assert one.path[2].name == "织金县"


@pytest.mark.parametrize("typed", ["qingyanzhen", "Qīngyán Zhèn", "qing1yan2zhen4", "qing yan zhen"])
def test_pinyin_in_any_form_finds_the_name(guizhou, typed):
    page = find_names(guizhou, NameQuery(typed))
    assert page.mode == "pinyin"
    assert "青岩镇" in names(page)


def test_first_letters_find_the_name(guizhou):
    found = find_names(guizhou, NameQuery("qyz", mode="pinyin", within="520111"))
    assert "青岩镇" in names(found)


def test_one_character_is_enough_for_contains(guizhou):
    page = find_names(guizhou, NameQuery("㵲", mode="contains"))
    assert page.items
    assert all("㵲" in name for name in names(page))


def test_one_wrong_character_is_forgiven_last(guizhou):
    page = find_names(guizhou, NameQuery("青言镇", mode="fuzzy"))
    assert "青岩镇" in names(page)


def test_a_former_name_is_found_and_said_to_be_historical(guizhou):
    found = {item.status: item for item in find_names(guizhou, NameQuery("遵义县")).items}
    assert found["historical"].valid_until == "2016-03-20"
    assert names(find_names(guizhou, NameQuery("遵义县", mode="exact", on=date(2015, 1, 1)))) == ["遵义县"]
    assert names(find_names(guizhou, NameQuery("遵义县", mode="exact", status=("current",)))) == []


@pytest.mark.parametrize(("text", "mode"), [("大坪", "contains"), ("坪", None), ("daping", None)])
def test_pages_follow_each_other_without_loss(guizhou, text, mode):
    query = {"q": text, "mode": mode, "limit": 9}
    found, cursor = [], None
    while True:
        page = find_names(guizhou, NameQuery(**query, cursor=cursor))
        found += [item.id for item in page.items]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    whole = find_names(guizhou, NameQuery(text, mode=mode, limit=1000))
    assert found == [item.id for item in whole.items]
    assert len(found) > 18


def test_a_cursor_of_another_query_is_refused(guizhou):
    cursor = find_names(guizhou, NameQuery("大坪", mode="contains", limit=3)).next_cursor
    with pytest.raises(InvalidInputError, match="another query"):
        find_names(guizhou, NameQuery("龙场", mode="contains", limit=3, cursor=cursor))


def test_suggestions_put_the_greatest_first(guizhou):
    items = suggest(guizhou, "贵").items
    assert items[0].name == "贵州省"
    # 南充市 and 南宁市 are greater, but the register is kept for Guizhou.
    assert suggest(guizhou, "南").items[0].name == "南明区"
    assert "贵阳市" in [item.name for item in suggest(guizhou, "guiy").items]


def test_a_name_shows_its_source_and_history(guizhou):
    (found,) = find_names(guizhou, NameQuery("青岩镇")).items
    detail = show_name(guizhou, found.id)
    assert detail.name == found
    assert detail.provenance.as_of == "2023-06-30"
    assert name_history(guizhou, found.id).entries[0].kind == "loaded"


def test_nearby_gives_distances_in_order(guizhou):
    items = nearby(guizhou, 106.71, 26.58, radius_m=50_000, limit=10).items
    distances = [item.distance_m for item in items]
    assert len(items) == 10
    assert distances == sorted(distances)
    assert distances[-1] <= 50_000


def test_suggestions_and_nearby_names_are_of_the_day_asked_about(guizhou):
    then, now = date(2015, 1, 1), date(2020, 1, 1)
    assert "遵义县" in [item.name for item in suggest(guizhou, "遵义", on=then).items]
    assert "遵义县" not in [item.name for item in suggest(guizhou, "遵义", on=now).items]
    place = 106.83, 27.53
    near = {
        day: {item.name.name for item in nearby(guizhou, *place, radius_m=30_000, limit=100, on=day).items}
        for day in (then, now)
    }
    assert "播州区" in near[now]
    assert "播州区" not in near[then]
