"""The tab in which files are checked: by keyboard, on a phone, in both languages, for the bearer alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from fake_files import TOKEN
from flask import Flask
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TABLE = {"name": "表.csv", "mimeType": "text/csv", "buffer": "编号,地名,备注\n1,南明区,\n".encode()}


@pytest.fixture(autouse=True)
def _afresh(stand_in: Flask) -> None:
    stand_in.config["FILES"].forget()


def enter(visit: Any, token: str = TOKEN, state: str = "#check=") -> Page:
    visit.page.goto(f"{visit.origin}/{state}")
    visit.page.locator("#token").fill(token)
    visit.page.locator("#token").press("Enter")
    return visit.page


def hand_in(page: Page) -> None:
    page.locator("#file").set_input_files(TABLE)
    page.get_by_role("button", name="开始核对").click()
    expect(page.locator(".check-row")).to_have_count(4)


def test_a_file_is_checked_by_keyboard_alone(visit: Any, stand_in: Flask) -> None:
    page = visit.open()
    page.get_by_role("button", name="批量核对").focus()
    page.keyboard.press("Enter")
    page.locator("#token").focus()
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.locator("#pasted").focus()
    page.keyboard.type("南明区\n遵义县\n")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="开始核对")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".check-row")).to_have_count(4)
    page.locator("[data-status=ambiguous]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-status=ambiguous]")).to_be_focused()
    expect(page.locator(".check-row")).to_have_count(1)
    page.get_by_role("button", name="选用 龙场镇 贵州省 › 水城区").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".check-row")).to_be_focused()
    expect(page.locator(".check-standard")).to_contain_text("水城区")
    name, content, options = stand_in.config["FILES"].handed[0]
    assert (name, content.decode(), options["column"]) == (
        "粘贴的名单.csv",
        '"地名"\n"南明区"\n"遵义县"\n',
        "地名",
    )
    assert stand_in.config["FILES"].chosen == {3: "n4"}
    assert visit.complaints == []


def test_the_column_is_chosen_from_a_preview(visit: Any, stand_in: Flask) -> None:
    page = enter(visit)
    page.locator("#file").set_input_files(TABLE)
    expect(page.get_by_role("radio", name="核对“地名”列")).to_be_checked()
    expect(page.get_by_role("cell", name="=1+1")).to_be_visible()
    page.get_by_role("radio", name="核对“备注”列").check()
    page.get_by_text("更多条件").click()
    page.get_by_label("只在此区划内找").fill("5201")
    page.get_by_role("button", name="开始核对").click()
    expect(page.locator("progress")).to_be_visible()
    options = stand_in.config["FILES"].handed[0][2]
    assert options == {"column": "备注", "within": "5201", "result_language": "zh"}


def test_a_dropped_file_is_taken(visit: Any) -> None:
    page = enter(visit)
    page.locator(".drop").wait_for()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["编号,地名,备注\\n1,南明区,\\n"], "拖入.csv"));
          const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true});
          document.querySelector(".drop").dispatchEvent(drop);
        }"""
    )
    expect(page.get_by_role("heading", name="拖入.csv")).to_be_visible()


def test_progress_is_followed_and_told_at_the_end(visit: Any) -> None:
    page = enter(visit)
    page.locator("#file").set_input_files(TABLE)
    page.get_by_role("button", name="开始核对").click()
    expect(page.locator(".check-line")).to_contain_text("每秒 2,000 行 · 约剩 65 秒")
    expect(page.locator("#said")).to_have_text("核对完成")
    expect(page.locator("progress")).to_be_hidden()
    expect(page.locator("[data-status=ambiguous]")).to_have_text("待选定 1")
    assert page.url.endswith("#check=f1")
    page.reload()
    expect(page.locator(".check-row")).to_have_count(4)
    page.go_back()
    expect(page.locator(".drop")).to_be_visible()
    expect(page.locator(".entry")).to_contain_text("表.csv")
    assert visit.complaints == []


def test_the_token_stays_in_this_tab(visit: Any) -> None:
    page = enter(visit)
    hand_in(page)
    assert page.evaluate("sessionStorage.getItem('geoname.token')") == TOKEN
    assert TOKEN not in page.evaluate("JSON.stringify({...localStorage}) + document.cookie + location.href")
    assert not any("secret" in address for address in visit.asked)
    other = page.context.new_page()
    other.goto(f"{visit.origin}/#check=f1")
    expect(other.locator("#token")).to_be_visible()
    expect(other.locator("#token")).to_have_value("")


def test_a_wrong_token_is_asked_for_again_and_forgotten(visit: Any) -> None:
    page = enter(visit, "wrong.one")
    expect(page.get_by_role("alert")).to_contain_text("令牌有误")
    assert page.evaluate("sessionStorage.getItem('geoname.token')") is None
    page.locator("#token").fill(TOKEN)
    page.locator("#token").press("Enter")
    expect(page.locator(".drop")).to_be_visible()
    page.get_by_role("button", name="更换令牌").click()
    expect(page.locator("#token")).to_be_visible()


def test_what_a_file_says_is_never_markup(visit: Any) -> None:
    page = enter(visit)
    hand_in(page)
    expect(page.locator(".check-row").nth(3).locator(".name")).to_have_text("<img src=x onerror=alert(1)>")
    assert page.locator(".check-row img").count() == 0
    assert visit.complaints == []


def test_a_refusal_is_told_and_the_form_stays(visit: Any) -> None:
    page = enter(visit)
    page.locator("#file").set_input_files({**TABLE, "buffer": b""})
    expect(page.get_by_role("alert")).to_have_text("文件是空的")
    page.locator("#file").set_input_files(TABLE)
    page.get_by_text("更多条件").click()
    page.get_by_label("只在此区划内找").fill("99")
    page.get_by_role("button", name="开始核对").click()
    expect(page.get_by_role("alert")).to_contain_text("1000000 行")
    expect(page.get_by_role("button", name="开始核对")).to_be_enabled()


def test_a_choice_can_be_taken_back(visit: Any) -> None:
    page = enter(visit)
    hand_in(page)
    page.locator(".offer").first.click()
    expect(page.locator("[data-status=chosen]")).to_have_text("已选定 1")
    expect(page.locator("[data-status=ambiguous]")).to_have_count(0)
    page.get_by_role("button", name="撤回选定").click()
    expect(page.locator(".offer")).to_have_count(2)
    expect(page.locator("[data-status=chosen]")).to_have_count(0)


def test_the_result_is_saved_under_its_name(visit: Any) -> None:
    page = enter(visit)
    hand_in(page)
    page.get_by_label("格式").select_option("xlsx")
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载结果").click()
    assert saved.value.suggested_filename == "表.xlsx"
    assert visit.complaints == []


def test_a_file_is_deleted_at_the_second_press(visit: Any, stand_in: Flask) -> None:
    page = enter(visit)
    hand_in(page)
    page.get_by_role("button", name="删除文件和结果").click()
    assert stand_in.config["FILES"].files == ["f1"]
    page.get_by_role("button", name="再按一次即删除").click()
    expect(page.locator(".drop")).to_be_visible()
    assert stand_in.config["FILES"].files == []


@pytest.mark.parametrize("lang", ["", "&lang=en"])
def test_it_fits_a_narrow_phone(visit_as: Callable[..., Any], lang: str) -> None:
    visit = visit_as(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = enter(visit, state=f"#check={lang}")

    def narrow() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate("document.getElementById('sheet').scrollWidth") <= 360

    page.locator(".drop").wait_for()
    narrow()
    page.locator("#file").set_input_files(TABLE)
    page.locator("table").wait_for()
    narrow()
    page.locator(".wide.main").tap()
    expect(page.locator(".check-row")).to_have_count(4)
    narrow()
    small = page.evaluate(
        """[...document.querySelectorAll("#panel button, #panel select")].filter((one) => one.offsetParent)
           .map((one) => one.getBoundingClientRect().height).filter((height) => height < 40)"""
    )
    assert small == []
    assert visit.complaints == []


def test_english_is_spoken_throughout(visit: Any) -> None:
    page = enter(visit, state="#check=&lang=en")
    page.locator("#file").set_input_files(TABLE)
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-status=ambiguous]")).to_have_text("to choose 1")
    said = page.locator("#panel").inner_text()
    for line in ("All files", "4 of 4 rows checked", "Download the result", "Delete file and result"):
        assert line in said
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("combobox")).to_be_visible()
    expect(page.locator("#map")).to_be_visible()


def test_both_languages_say_the_same_of_files() -> None:
    text = (files("geoname.faces.page") / "static" / "app" / "validate_text.js").read_text("utf-8")
    parts = [text[text.index(f"const {name} = {{") :].split("\n};", 1)[0] for name in ("ZH", "EN")]
    chinese, english = (set(re.findall(r"^  (\w+): ", part, re.M)) for part in parts)
    assert chinese == english
    used = set()
    for module in (files("geoname.faces.page") / "static" / "app").iterdir():
        if module.name.startswith("validate"):
            used |= set(re.findall(r'\bv\("(\w+)"', module.read_text("utf-8")))
    assert used <= chinese, used - chinese
    assert chinese - used == {"within", "lon", "lat", "crs"}  # named by the field that they label
