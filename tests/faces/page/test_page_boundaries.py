"""The Boundaries tab over the real API: states open to anyone, cases for a side alone, on a phone too."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from page_server import serving
from PIL import Image
from playwright.sync_api import Page, expect

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_lines import load_lines
from geoname.service.load_markers import load_markers
from geoname.service.opened import open_geoname
from geoname.settings import Settings

pytestmark = pytest.mark.browser

LINE = "520111-522730"
SAMPLES = Path(__file__).parents[2] / "service" / "line_samples.py"


def samples() -> Any:
    spec = importlib.util.spec_from_file_location("line_samples", SAMPLES)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def inspected(loaded: Path, tmp_path_factory: Any) -> Iterator[dict[str, str]]:
    """花龙线 registered with twelve markers, in the field; where it is served, two tokens, its case."""
    folder, made = tmp_path_factory.mktemp("lines"), samples()
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    geoname = open_geoname(str(folder / "geoname.gpkg"), folder / "cache", folder / "files")
    row = ["花龙线", "", 520111, 522730, 66, 12, "2021-06-01", ""]
    lines = made.write_table(folder / "lines.csv", made.LINE_HEADINGS, [row])
    load_lines(geoname, LoadRequest(lines, None, "试验"))
    markers = made.write_table(
        folder / "markers.csv", made.MARKER_HEADINGS, made.marker_rows(geoname), "EPSG:4490"
    )
    load_markers(geoname, LoadRequest(markers, None, "试验"))
    tokens = {code: add_token(geoname, "officer", (code,)).token for code in ("520111", "522730", "520402")}
    app = create_app(Settings(), geoname)
    case = to_the_field(app.test_client(), tokens["520111"], tokens["522730"])
    with serving(app) as origin:
        yield {"origin": origin, "case": case, "own": tokens["520111"], "stranger": tokens["520402"]}
    geoname.close()


def to_the_field(client: FlaskClient, lead: str, other: str) -> str:
    """The id of a regular case of the line, led by 花溪区 and brought to field work by both sides."""

    def asked(who: str, path: str, body: dict[str, Any], **more: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {who}", **more}
        answer = client.post(path, json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.get_json())

    opened = asked(lead, "/v1/inspections", {"line": LINE, "kind": "regular", "year": 2026, "lead": "520111"})
    case = f"/v1/inspections/{opened['id']}"
    steps = (
        ("plan", lead, ["annual_plan"]),
        ("draft_plan", lead, ["field_plan"]),
        ("agree_plan", other, ["minutes"]),
        ("file_plan", lead, ["plan_receipt"]),
        ("start_desk", other, []),
        ("start_field", lead, ["desk_record"]),
    )
    for step, who, papers in steps:
        if step == "agree_plan":
            for side in (lead, other):
                read = client.get(f"{case}/signatures", headers={"Authorization": f"Bearer {side}"})
                digest = next(
                    one["digest"] for one in read.get_json()["subjects"] if one["subject"] == "plan"
                )
                asked(side, f"{case}/signatures", {"subject": "plan", "digest": digest})
        tag = client.get(case, headers={"Authorization": f"Bearer {who}"}).headers["ETag"]
        body = {"step": step, "papers": [{"kind": kind, "title": kind} for kind in papers]}
        asked(who, f"{case}/transitions", body, **{"If-Match": tag})
    return str(opened["id"])


@pytest.fixture
def visit(visit_as: Callable[..., Any], inspected: dict[str, str]) -> Any:
    return visit_as(at=inspected["origin"])


def bear(page: Page, token: str) -> None:
    page.locator("#token").fill(token)
    page.locator("#token").press("Enter")


def test_anyone_sees_the_state_of_every_line(visit: Any) -> None:
    page = visit.open()
    page.get_by_role("button", name="界线", exact=True).click()
    expect(page.locator("#map")).to_have_attribute("data-states", "all")
    expect(page.locator("#panel")).to_contain_text("231 条界线：省级 5 条，县级 226 条")
    expect(page.locator(".state-pick[data-state=in_field]")).to_contain_text("检查中1")
    expect(page.locator(".tally")).to_have_count(9 + 1, timeout=10_000)
    page.locator(".state-pick[data-state=in_field]").click()
    expect(page.locator("#map")).to_have_attribute("data-states", "in_field")
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.locator(".entry")).to_contain_text("花溪区 – 龙里县")
    page.locator(".state-pick[data-state=all]").click()
    page.get_by_role("searchbox").fill("黔桂")
    expect(page.locator(".entry")).to_have_count(1)
    page.get_by_role("searchbox").fill("没有这条")
    expect(page.locator("#panel")).to_contain_text("没有符合的界线")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator("#map")).to_have_attribute("data-states", "")
    assert visit.complaints == []


def test_a_line_has_its_card_and_what_needs_a_token_says_so(visit: Any) -> None:
    page = visit.open(f"#line={LINE}")
    expect(page.locator("#card-title")).to_have_text("花龙线")
    expect(page.locator("#map")).to_have_attribute("data-chosen-line", LINE)
    card = page.locator(".card")
    for told in ("66.0 公里", "已登记", "2026 年底前", "单立 12", "花溪区、龙里县、惠水县"):
        expect(card).to_contain_text(told)
    expect(card).to_contain_text("联检案卷须用所属一方的令牌查看")
    page.get_by_text("界桩表").click()
    expect(card).to_contain_text("坐标、方位物和托管员须用所属一方的令牌查看")
    expect(page.locator("td", has_text="001Q")).to_be_visible()
    assert not re.search(r"106\.\d{5}, 26\.\d{5}", page.locator("table").inner_text())
    page.get_by_role("button", name="龙惠线").click()
    expect(page.locator("#card-title")).to_have_text("龙惠线")
    expect(page.locator(".card")).to_contain_text("由区划面派生")
    page.go_back()
    expect(page.locator("#card-title")).to_have_text("花龙线")
    assert visit.complaints == []


def test_a_wrong_token_and_a_strangers_are_told(visit: Any, inspected: dict[str, str]) -> None:
    page = visit.open(f"#line={LINE}")
    bear(page, "a.wrong")
    expect(page.get_by_role("alert")).to_contain_text("令牌无效或已撤销")
    bear(page, inspected["stranger"])
    expect(page.locator(".card")).to_contain_text("还没有联检案卷")
    page.goto(f"{inspected['origin']}/#line={LINE}&inspection={inspected['case']}")
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_side_reads_its_case_and_hands_in_a_track_and_a_photograph(
    visit: Any, inspected: dict[str, str], tmp_path: Path
) -> None:
    page = visit.open(f"#line={LINE}")
    bear(page, inspected["own"])
    page.get_by_role("button", name="2026 年联检").click()
    card = page.locator(".card")
    expect(card).to_contain_text("外业")
    expect(card).to_contain_text("汇总问题")
    expect(card).to_contain_text("尚缺：问题清单")
    expect(card).to_contain_text("已记 0 项，应记 25 项")
    expect(card).to_contain_text("界段 起点—001Q")
    expect(page.locator(".records", has_text="实施方案").first).to_contain_text("龙里县")
    page.locator("#hand-in-tracks").set_input_files(walk(page, inspected["origin"]))
    expect(card).to_contain_text(re.compile(r"已走 \d+%"))
    expect(card).to_contain_text("walk.gpx")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), (90, 120, 90)).save(picture, "JPEG")
    files_ = {"name": "界桩.jpg", "mimeType": "image/jpeg"}
    page.locator("#hand-in-attachments").set_input_files([{**files_, "buffer": b"<html>no</html>"}])
    expect(page.locator(".hand-in .warning")).to_contain_text("网页")
    page.get_by_label("归属").select_option("marker:001Q")
    page.locator("#hand-in-attachments").set_input_files([{**files_, "buffer": picture.getvalue()}])
    expect(page.locator(".records", has_text="界桩.jpg")).to_contain_text("界桩 001Q")
    page.get_by_role("button", name="返回界线").click()
    page.get_by_text("界桩表").click()
    expect(page.locator("table")).to_contain_text("独立树")
    assert [said for said in visit.complaints if "400" not in said] == []


def walk(page: Page, origin: str) -> dict[str, Any]:
    line = page.request.get(f"{origin}/v1/boundary-lines/{LINE}").json()
    course = line["geometry"]["coordinates"][0]
    points = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in course[: len(course) // 2])
    text = (
        '<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><trkseg>{points}</trkseg></trk></gpx>"
    )
    return {"name": "walk.gpx", "mimeType": "application/gpx+xml", "buffer": text.encode()}


def test_a_click_on_a_line_of_the_map_opens_it(visit: Any) -> None:
    page = visit.open("#line=")
    expect(page.locator("#map")).to_have_attribute("data-states", "all")
    page.wait_for_timeout(1500)
    box = page.locator("#map").bounding_box()
    for step in range(60):
        page.mouse.click(box["x"] + box["width"] * (0.25 + step / 120), box["y"] + box["height"] / 2)
        if re.search(r"#line=\d", page.url):
            break
    expect(page.locator("#card-title")).to_contain_text("线")
    assert re.search(r"#line=\d{2,6}-\d{2,6}$", page.url)


@pytest.mark.parametrize("state", ["#line=", f"#line={LINE}", f"#line={LINE}&lang=en", "#line=&lang=en"])
def test_it_fits_a_phone(visit_as: Any, inspected: dict[str, str], state: str) -> None:
    visit = visit_as(at=inspected["origin"], viewport={"width": 390, "height": 844}, has_touch=True)
    page = visit.open(state)
    page.wait_for_selector("#card-title")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.getElementById('sheet').scrollWidth") <= 390
    tops = {round(one.bounding_box()["y"]) for one in page.locator(".tabs button").all()}
    assert len(tops) == 1  # no tab falls into a line of its own
    for one in page.locator("#panel button:visible").all()[:12]:
        assert one.bounding_box()["height"] >= 40
    assert visit.complaints == []


def test_nothing_in_english_is_left_in_chinese_but_names(visit_as: Any, inspected: dict[str, str]) -> None:
    page = visit_as(at=inspected["origin"]).open(f"#line={LINE}&lang=en")
    text = page.locator(".card").inner_text()
    assert "Joint" not in text
    assert "registered" in text
    left = set(re.findall(r"[\u4e00-\u9fff]{2,}", text))
    assert left <= {"花龙线", "花溪区", "龙里县", "惠水县", "南明区", "南花线", "南龙线", "花惠线", "龙惠线"}


def test_both_languages_say_the_same_things() -> None:
    text = (files("geoname.faces.page") / "static" / "app" / "boundaries_text.js").read_text("utf-8")
    zh, en = text.split("const EN = {")
    keys = [re.findall(r"^ {2}(\w+):", part, re.M) for part in (zh, en)]
    assert keys[0] == keys[1]
    inner = [sorted(re.findall(r"(?<=[{ ,])(\w+): [\"“]", part)) for part in (zh, en)]
    assert inner[0] == inner[1]


def test_every_text_that_is_used_is_there() -> None:
    folder = files("geoname.faces.page") / "static" / "app"
    known = set(re.findall(r"^ {2}(\w+):", (folder / "boundaries_text.js").read_text("utf-8"), re.M))
    for module in ("boundaries", "boundaries_line", "boundaries_case", "boundaries_token"):
        used = re.findall(r"\b(?:b|wordOf)\(\"(\w+)\"", (folder / f"{module}.js").read_text("utf-8"))
        assert set(used) <= known, module
