"""Searching on the page: suggestions, the list, the card of a name, and what is said when it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fake_api import SCRIPT
from flask import Flask
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def box(page: Page) -> Any:
    return page.get_by_role("combobox")


def type_in(page: Page, text: str) -> None:
    box(page).click()
    box(page).press_sequentially(text)


def test_a_suggestion_is_chosen_by_keyboard(visit: Any) -> None:
    page = visit.open()
    type_in(page, "南白")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    for key, chosen in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", 0), ("ArrowUp", 1), ("ArrowUp", 0)):
        box(page).press(key)
        expect(options.nth(chosen)).to_have_attribute("aria-selected", "true")
        expect(page.locator('[role="option"][aria-selected="true"]')).to_have_count(1)
        expect(box(page)).to_have_attribute("aria-activedescendant", f"suggestion-{chosen}")
    box(page).press("Enter")
    expect(page.locator("#card-title")).to_have_text("南白街道")
    expect(page.locator("#card-title")).to_be_focused()
    expect(options).to_have_count(0)
    assert page.url.endswith("#name=n1")


def test_escape_closes_the_suggestions_and_keeps_the_text(visit: Any) -> None:
    page = visit.open()
    type_in(page, "南白")
    expect(page.get_by_role("option")).to_have_count(2)
    box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("南白")
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_fast_typing_asks_once(visit: Any, stand_in: Flask) -> None:
    page = visit.open()
    stand_in.config["ASKED"].clear()
    type_in(page, "nanbai")
    expect(page.get_by_role("option")).to_have_count(1)
    asked = [path for path, _ in stand_in.config["ASKED"] if path.startswith("/v1/suggest")]
    assert len(asked) < len("nanbai")
    assert "q=nanbai" in asked[-1]


def test_letters_of_an_input_method_are_not_searched(visit: Any, stand_in: Flask) -> None:
    page = visit.open()
    box(page).click()
    stand_in.config["ASKED"].clear()
    composing = page.context.new_cdp_session(page)
    composing.send("Input.imeSetComposition", {"text": "nan", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(400)
    assert [path for path, _ in stand_in.config["ASKED"] if path.startswith("/v1/suggest")] == []
    composing.send("Input.insertText", {"text": "南白"})
    expect(page.get_by_role("option")).to_have_count(2)


def test_enter_lists_names_and_a_name_shows_its_card(visit: Any) -> None:
    page = visit.open()
    type_in(page, "南")
    box(page).press("Enter")
    entries = page.locator(".entry")
    expect(entries).to_have_count(2)
    page.get_by_role("button", name="再列一些").click()
    expect(entries).to_have_count(4)
    expect(page.get_by_role("button", name="再列一些")).to_be_hidden()
    expect(entries.nth(3)).to_contain_text("曾用名")
    entries.first.click()
    card = page.locator(".card")
    for text in (
        "Nánbái Jiēdào",
        "标准地名",
        "现行",
        "贵州省 › 遵义市 › 播州区",
        "520304001",
        "统计用区划代码,截至 2023-06-30".replace(",", "\uff0c"),
        "106.8331, 27.5358",
        "居民点坐标",
        "自 2016-03-20",
        "南白 + 街道",
        "以境内白田坝得名",
        "黔府函〔2016〕192号",
        "国家统计局",
    ):
        expect(card).to_contain_text(text)
    expect(card).not_to_contain_text("读音待核")
    page.get_by_role("button", name="返回结果").click()
    expect(entries).to_have_count(2)


def test_another_name_of_the_place_is_one_click_away(visit: Any) -> None:
    page = visit.open("#name=n1")
    page.get_by_role("button", name="南白镇").click()
    expect(page.locator("#card-title")).to_have_text("南白镇")
    expect(page.locator(".marks")).to_contain_text("曾用名")
    expect(page.locator(".marks")).to_contain_text("历史")


def test_a_doubtful_reading_and_a_rare_character_are_shown(visit: Any) -> None:
    page = visit.open("#name=n2")
    expect(page.locator("#card-title")).to_have_text("㵲水街道")
    expect(page.locator(".reading")).to_contain_text("读音待核")


def test_the_changes_of_a_name_are_fetched_when_opened(visit: Any) -> None:
    page = visit.open("#name=n1")
    assert not any("history" in url for url in visit.asked)
    page.get_by_text("变更记录").click()
    expect(page.locator(".changes")).to_contain_text("读音更正")
    expect(page.locator(".changes")).to_contain_text("黔民函〔2024〕1号")


def test_markup_in_a_name_is_text(visit: Any) -> None:
    page = visit.open("#q=南")
    page.get_by_role("button", name="再列一些").click()
    expect(page.locator(".entry").nth(2)).to_contain_text(SCRIPT)
    box(page).fill("南")
    page.locator("#suggestions li").nth(3).wait_for()
    page.locator("#suggestions").get_by_text("onerror").click()
    expect(page.locator("#card-title")).to_contain_text(SCRIPT)
    expect(page).to_have_title("贵州标准地名")
    assert page.locator("#panel script, #panel img, #suggestions script, #suggestions img").count() == 0


def test_nothing_found_says_what_to_try(visit: Any) -> None:
    page = visit.open("#q=子虚乌有")
    expect(page.locator("#panel")).to_contain_text("没有登记这个地名")


@pytest.mark.parametrize(("language", "said"), [("zh", "q:请写地名"), ("en", "q: write a name")])
def test_a_problem_is_said_in_the_readers_language(visit: Any, language: str, said: str) -> None:
    page = visit.open(f"#q=坏&lang={language}")
    expect(page.get_by_role("alert")).to_contain_text(said)


def test_a_name_that_is_not_there(visit: Any) -> None:
    page = visit.open("#name=n99")
    expect(page.get_by_role("alert")).to_contain_text("没有编号为 n99 的地名")


def test_no_data_yet_says_what_to_run(visit_as: Callable[..., Any], empty_origin: str) -> None:
    page = visit_as(at=empty_origin).page
    page.goto(empty_origin)
    expect(page.get_by_role("alert")).to_contain_text("还没有可供查询的数据")
    expect(page.get_by_role("alert")).to_contain_text("geoname load guizhou")


def test_a_service_out_of_reach_is_said_and_asked_again(visit: Any) -> None:
    page = visit.open()
    page.route("**/v1/names?*", lambda route: route.abort())
    type_in(page, "南")
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("连不上服务")
    page.unroute("**/v1/names?*")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".entry")).to_have_count(2)


def test_clear_empties_the_box_and_the_panel(visit: Any) -> None:
    page = visit.open("#q=南")
    page.get_by_role("button", name="清除").click()
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()
    expect(page.locator(".welcome")).to_be_visible()
