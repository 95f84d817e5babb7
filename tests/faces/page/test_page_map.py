"""The map on the page: what a click answers, links, languages, a phone, and what the browser allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NANMING = "#at=106.7135,26.5783"
NEAR_A_LINE = "#at=106.7135,26.5803"


def test_nothing_is_asked_elsewhere_and_the_browser_has_no_complaint(visit: Any) -> None:
    page = visit.open("#name=n1")
    expect(page.locator("#card-title")).to_have_text("南白街道")
    page.locator("#map canvas").click(position={"x": 440, "y": 400})
    expect(page.locator(".chain li")).to_have_count(3)
    page.wait_for_timeout(500)
    assert any("maplibre-gl-worker" in url for url in visit.asked)
    elsewhere = [url for url in visit.asked if not url.startswith((visit.origin, "blob:", "data:"))]
    assert elsewhere == []
    assert visit.complaints == []


def test_the_policy_stops_what_comes_from_elsewhere(visit: Any) -> None:
    page = visit.open()
    page.evaluate("""() => { const s = document.createElement('script');
                             s.src = 'https://example.invalid/x.js'; document.head.append(s); }""")
    page.wait_for_timeout(300)
    assert any("Content Security Policy" in complaint for complaint in visit.complaints)


def test_the_map_is_drawn_with_names(visit: Any) -> None:
    page = visit.open()
    page.wait_for_timeout(1500)
    # A page of one colour has nothing drawn on it: count the colours of the map's own pixels.
    shot = page.locator("#map").screenshot()
    colours = page.evaluate(
        """async (bytes) => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: 'image/png'}));
            const canvas = new OffscreenCanvas(image.width, image.height);
            const pen = canvas.getContext('2d');
            pen.drawImage(image, 0, 0);
            const seen = new Map();
            const pixels = new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer);
            for (const pixel of pixels) seen.set(pixel, (seen.get(pixel) ?? 0) + 1);
            return [...seen.values()].filter((count) => count > 4000).length;
        }""",
        list(shot),
    )
    assert colours >= 5  # the ground and the tints of the prefectures


def test_a_click_shows_the_chain(visit: Any) -> None:
    page = visit.open()
    page.wait_for_timeout(500)
    page.locator("#map canvas").click(position={"x": 440, "y": 440})
    expect(page.locator(".chain li")).to_have_count(3)
    expect(page.locator(".chain")).to_contain_text("贵州省")
    assert "#at=106." in page.url


def test_the_card_of_a_point(visit: Any) -> None:
    page = visit.open(NANMING)
    card = page.locator(".card")
    for text in (
        "南明区",
        "贵阳市",
        "520102",
        "106.7135, 26.5783",
        "WGS 84",
        "距界线",
        "天地图行政区划 2024",
        "200 米",
    ):
        expect(card).to_contain_text(text)
    expect(page.locator(".warning")).to_have_count(0)


def test_near_a_line_both_sides_are_named(visit: Any) -> None:
    page = visit.open(NEAR_A_LINE)
    warning = page.locator(".warning")
    expect(warning).to_contain_text("紧邻界线")
    expect(warning).to_contain_text("南明区 与 云岩区")
    expect(warning).to_contain_text("200 米")


@pytest.mark.parametrize(
    ("name", "chosen"), [("n1", "point"), ("n2", "522601"), ("n3", "520102"), ("n5", "520304")]
)
def test_a_name_is_shown_as_a_point_only_where_its_point_is_its_own(
    visit: Any, name: str, chosen: str
) -> None:
    page = visit.open(f"#name={name}")
    expect(page.locator("#map")).to_have_attribute("data-chosen", chosen)


def test_a_place_is_not_said_to_lie_in_itself(visit: Any) -> None:
    page = visit.open("#name=n3")
    expect(page.get_by_role("definition").first).to_have_text("贵州省 › 贵阳市")


def test_a_click_leaves_the_view_and_a_link_goes_there(visit: Any) -> None:
    page = visit.open()
    expect(page.locator("#note")).to_contain_text("km")
    before = page.locator(".maplibregl-ctrl-scale").text_content()
    page.locator("#map canvas").click(position={"x": 440, "y": 440})
    expect(page.locator("#map")).to_have_attribute("data-chosen", "point")
    page.wait_for_timeout(1200)
    assert page.locator(".maplibregl-ctrl-scale").text_content() == before
    page.get_by_role("combobox").fill("106.7135 26.5783")
    page.get_by_role("combobox").press("Enter")
    expect(page.locator(".maplibregl-ctrl-scale")).not_to_have_text(before)


def test_a_point_outside_says_so(visit: Any) -> None:
    page = visit.open("#at=100,20")
    expect(page.locator("#card-title")).to_have_text("此点不在已载入的行政区划内")


@pytest.mark.parametrize("written", ["106.7135, 26.5783", "26.5783 106.7135", "106.7135\uff0c26.5783"])
def test_coordinates_in_the_box_are_a_point(visit: Any, written: str) -> None:
    page = visit.open()
    page.get_by_role("combobox").fill(written)
    page.get_by_role("combobox").press("Enter")
    expect(page.locator("#card-title")).to_have_text("南明区")
    assert page.url.endswith(NANMING)


def test_the_map_is_asked_by_keyboard(visit: Any) -> None:
    page = visit.open()
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chain li")).to_have_count(3)


def test_a_division_of_the_chain_is_searched(visit: Any) -> None:
    page = visit.open(NANMING)
    page.get_by_role("button", name="查地名“南明区”").click()
    expect(page.locator(".entry")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chain li")).to_have_count(3)


def test_a_code_is_copied(visit_as: Callable[..., Any]) -> None:
    visit = visit_as(permissions=["clipboard-read", "clipboard-write"])
    page = visit.open(NANMING)
    page.get_by_role("button", name="复制 520102").click()
    expect(page.locator("#said")).to_have_text("已复制 520102")
    assert page.evaluate("navigator.clipboard.readText()") == "520102"


def test_a_code_is_copied_where_the_clipboard_is_withheld(visit: Any) -> None:
    page = visit.open(NANMING)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="复制 520102").click()
    expect(page.locator("#said")).to_have_text("已复制 520102")


def test_a_link_shows_the_same_to_another_person(visit: Any, visit_as: Callable[..., Any]) -> None:
    page = visit.open()
    page.get_by_role("combobox").fill("南")
    page.get_by_role("combobox").press("Enter")
    page.locator(".entry").first.click()
    expect(page.locator("#card-title")).to_have_text("南白街道")
    link = page.url.removeprefix(visit.origin + "/")
    other = visit_as().open(link)
    expect(other.locator("#card-title")).to_have_text("南白街道")
    expect(other.get_by_role("combobox")).to_have_value("南")


def test_the_language_is_switched_and_remembered(visit: Any, stand_in: Flask) -> None:
    page = visit.open(NANMING)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.get_by_role("button", name="Switch to English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".kicker")).to_have_text("This point lies in")
    expect(page.locator(".maplibregl-ctrl-zoom-in")).to_have_attribute("aria-label", "Zoom in")
    assert "en" in [said for path, said in stand_in.config["ASKED"] if path.startswith("/v1/locate")]
    page.goto("about:blank")
    again = visit.open()
    expect(again.get_by_role("heading", level=1)).to_have_text("Place names of Guizhou")


def test_the_maps_note_is_always_seen(visit: Any) -> None:
    for state in ("", NANMING, "#name=n1", "#q=南"):
        page = visit.open(state)
        expect(page.locator("#note")).to_contain_text("未经审图")
        expect(page.locator("#note")).to_be_in_viewport(ratio=1)
        page.goto("about:blank")


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone(visit_as: Callable[..., Any], width: int) -> None:
    page = visit_as(viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True).open("#name=n1")
    expect(page.locator("#card-title")).to_be_in_viewport()
    expect(page.locator("#note")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert small_targets(page) == []
    note, sheet, bar = (page.locator(part).bounding_box() for part in ("#note", "#sheet", ".bar"))
    assert bar["y"] + bar["height"] <= note["y"]
    assert note["y"] + note["height"] <= sheet["y"]
    page.get_by_role("button", name="收起或展开").click()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#fold")).to_have_attribute("aria-expanded", "false")


def test_a_phone_on_its_side_shows_panel_and_map_beside_each_other(visit_as: Callable[..., Any]) -> None:
    page = visit_as(viewport={"width": 740, "height": 360}).open("#name=n2")
    expect(page.locator("#map")).to_have_attribute("data-chosen", "522601")
    sheet, shown = (page.locator(part).bounding_box() for part in ("#sheet", "#map"))
    assert sheet["x"] + sheet["width"] <= shown["x"]
    assert shown["width"] >= 360
    assert page.evaluate("document.documentElement.scrollWidth") == 740


def small_targets(page: Page) -> list[str]:
    """What can be touched and is less than 40 pixels high or wide."""
    return page.evaluate(
        """() => [...document.querySelectorAll('button, a, summary, input, [role=option]')]
            .filter((one) => one.checkVisibility())
            .filter((one) => { const {width, height} = one.getBoundingClientRect();
                               return width < 40 || height < 40; })
            .map((one) => one.outerHTML.slice(0, 120))"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["", "#name=n2", NEAR_A_LINE, "#q=南"])
def test_text_stands_out_from_its_ground(visit_as: Callable[..., Any], scheme: str, state: str) -> None:
    page = visit_as(color_scheme=scheme).open(state)
    assert page.evaluate(FAINT) == []


FAINT = """() => {
    const read = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
        .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const colour = read(getComputedStyle(at).backgroundColor);
            if (colour.length === 3) return colour;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll('.bar *, #panel *')]
        .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((one) => one.checkVisibility())
        .map((one) => [one, light(read(getComputedStyle(one).color)), light(ground(one))])
        .filter(([, a, b]) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5)
        .map(([one]) => one.outerHTML.slice(0, 120));
}"""


def test_without_webgl_searching_works_all_the_same(visit: Any) -> None:
    visit.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = visit.open("#name=n1")
    expect(page.locator("#note")).to_contain_text("没有 WebGL")
    expect(page.locator("#card-title")).to_have_text("南白街道")


def test_neighbouring_prefectures_differ_in_tint(visit: Any) -> None:
    page = visit.open()
    clashes = page.evaluate("""async () => {
        const version = document.querySelector('script[type=module]').src.replace('page.js', '');
        const {tintsOf} = await import(version + 'tints.js');
        const {features} = await (await fetch('/v1/boundary-lines?within=52')).json();
        const lines = features.map(({properties}) => properties.id.split('-'));
        const known = lines.flat().filter((code) => code.startsWith('52'));
        const codes = [...new Set(known.map((code) => code.slice(0, 4)))];
        const tints = tintsOf(codes, lines);
        return [codes.length, lines.map((sides) => sides.map((code) => code.slice(0, 4)))
            .filter(([a, b]) => a !== b && tints.has(a) && tints.get(a) === tints.get(b)).length];
    }""")
    assert clashes == [9, 0]
