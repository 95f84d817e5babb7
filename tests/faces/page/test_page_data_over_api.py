"""Loading data on the page over the real API, the real register and a worker: nothing is pretended."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import pytest
from page_server import serving
from playwright.sync_api import expect

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.loads import KIND
from geoname.service.loads_work import load_work
from geoname.service.opened import open_geoname
from geoname.service.run_jobs import JobRunner, Pace
from geoname.settings import Settings

pytestmark = pytest.mark.browser

TABLE = """记录编号,标准名称,类别,东经,北纬,所在政区
r0,虚构甲寨,22200,106.68,26.335,520111101
r1,虚构乙寨,22200,106.69,26.345,520111101
r2,虚构丙寨,不知道,106.70,26.335,520111101
"""


@pytest.fixture(scope="module")
def register(loaded: Path, tmp_path_factory: Any) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("loading")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    geoname = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    runner = JobRunner(geoname, {KIND: load_work(geoname)}, pace=Pace(idle_s=0.05))
    worker = threading.Thread(target=runner.run)
    worker.start()
    yield geoname
    runner.stop()
    worker.join()
    geoname.close()


def fill_in(page: Any) -> None:
    """Give the provenance that a person must give."""
    definition = page.locator("#definition").input_value()
    for key, value in (
        ("authority", "虚构"),
        ("source", "test"),
        ("licence", "test"),
        ("valid_from", "2015-12-31"),
    ):
        definition = definition.replace(f'{key} = ""', f'{key} = "{value}"')
    page.locator("#definition").fill(definition)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_table_is_tried_loaded_and_taken_back(
    register: Any, visit_as: Any, tmp_path: Path, width: int
) -> None:
    token = add_token(register, "administrator").token
    table = tmp_path / f"地名{width}.csv"
    table.write_text(TABLE, encoding="utf-8")
    with serving(create_app(Settings(), register)) as origin:
        visit = visit_as(at=origin, viewport={"width": width, "height": 800})
        page = visit.page
        page.goto(f"{origin}/#data=")
        page.locator("#token").fill(token)
        page.locator("#token").press("Enter")
        page.locator("#file").set_input_files(table)
        expect(page.get_by_text("请补填：authority, source, licence, valid_from")).to_be_visible()
        fill_in(page)
        page.get_by_role("button", name="试载", exact=True).click()
        expect(page.locator(".records")).to_contain_text("不是已知的地名类别", timeout=60_000)
        expect(page.locator(".data-figure", has_text="新增")).to_contain_text("2")
        expect(page.locator(".data-figure", has_text="退回")).to_contain_text("1")
        with page.expect_download() as saved:
            page.get_by_role("button", name="下载退回的行").click()
        assert saved.value.suggested_filename == f"地名{width}.rejects.csv"
        assert "虚构丙寨" in Path(saved.value.path()).read_text("utf-8-sig")
        page.get_by_role("button", name="正式载入").click()
        undo = page.get_by_role("button", name="撤销这次载入")
        expect(undo).to_be_visible(timeout=60_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        undo.click()
        page.get_by_role("button", name="再按一次即撤销").click()
        expect(page.locator(".check-line")).to_contain_text("已撤销", timeout=60_000)
        page.get_by_role("button", name="全部载入").click()
        expect(page.locator("#panel .entry").first).to_contain_text("已撤销")
        assert visit.complaints == []


LIST = "代码,名称\n520111101,青岩镇\n520111199,虚构镇\n"


@pytest.mark.parametrize(("language", "failed"), [("zh", "退回"), ("en", "rejected")])
def test_a_list_of_divisions_tells_what_it_ties_and_what_it_does_not(
    register: Any, visit_as: Any, tmp_path: Path, language: str, failed: str
) -> None:
    token = add_token(register, "administrator").token
    table = tmp_path / "名录2025-12-31.csv"
    table.write_text(LIST, encoding="utf-8")
    with serving(create_app(Settings(), register)) as origin:
        visit = visit_as(at=origin, viewport={"width": 390, "height": 800})
        page = visit.page
        page.goto(f"{origin}/#data=")
        if language == "en":
            page.get_by_text("English").click()
        page.locator("#token").fill(token)
        page.locator("#token").press("Enter")
        page.locator("#kind").select_option("divisions")
        page.locator("#file").set_input_files(table)
        expect(page.locator("#definition")).to_have_value(
            re.compile('as_of = 2025-12-31.*code = "代码"', re.DOTALL)
        )
        fill_in(page)
        page.locator("form button[type=submit]").click()
        expect(page.locator(".data-figure", has_text=failed)).to_contain_text("1", timeout=60_000)
        expect(page.locator(".records")).to_contain_text("虚构镇")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert visit.complaints == []


def test_polygons_are_tried_loaded_made_active_and_taken_back(
    register: Any, visit_as: Any, tmp_path: Path
) -> None:
    token = add_token(register, "administrator").token
    before = register.store.active_edition().id
    territories = register.live().boundaries.territories
    counties = [i for i, code in enumerate(territories.codes) if len(code) == 6 and code.startswith("5204")]
    frame = geopandas.GeoDataFrame(
        {"XZQDM": [territories.codes[i] for i in counties]},
        geometry=[territories.polygons[i] for i in counties],
        crs="EPSG:4490",
    )
    file = tmp_path / "counties.gpkg"
    frame.to_file(file)
    with serving(create_app(Settings(), register)) as origin:
        page = visit_as(at=origin).page
        page.goto(f"{origin}/#data=")
        page.locator("#token").fill(token)
        page.locator("#token").press("Enter")
        page.locator("#kind").select_option("boundaries")
        page.locator("#file").set_input_files(file)
        expect(page.locator("#definition")).to_be_visible(timeout=60_000)
        fill_in(page)
        page.get_by_role("button", name="试载", exact=True).click()
        expect(page.locator(".data-figure", has_text="区划面")).to_contain_text(
            str(len(counties)), timeout=60_000
        )
        page.get_by_role("button", name="正式载入").click()
        page.get_by_role("button", name="启用此版本").click(timeout=60_000)
        expect(page.locator("#panel")).to_contain_text("使用中", timeout=60_000)
        assert register.store.active_edition().id == "counties"
        page.get_by_role("button", name="撤销这次载入").click()
        page.get_by_role("button", name="再按一次即撤销").click()
        expect(page.locator(".check-line")).to_contain_text("已撤销", timeout=60_000)
        assert register.store.active_edition().id == before


def test_another_edition_is_made_active_and_back(register: Any, visit_as: Any) -> None:
    token = add_token(register, "administrator").token
    with serving(create_app(Settings(), register)) as origin:
        page = visit_as(at=origin).page
        page.goto(f"{origin}/#data=")
        page.locator("#token").fill(token)
        page.locator("#token").press("Enter")
        for wanted in ("amap", "tianditu"):
            other = page.locator(".data-edition", has_text=wanted)
            other.get_by_role("button", name="启用").click()
            other.get_by_role("button", name="再按一次即启用").click()
            expect(page.locator(".data-edition", has_text=wanted)).to_contain_text("使用中", timeout=60_000)
            assert register.store.active_edition().id == wanted


def test_a_token_that_may_not_load_is_told_so(register: Any, visit_as: Any) -> None:
    token = add_token(register, "reader").token
    with serving(create_app(Settings(), register)) as origin:
        page = visit_as(at=origin).page
        page.goto(f"{origin}/#data=")
        page.locator("#token").fill(token)
        page.locator("#token").press("Enter")
        expect(page.get_by_text("无权载入数据")).to_be_visible()


def test_look_ups_ask_about_the_day_that_is_chosen(register: Any, visit_as: Any) -> None:
    with serving(create_app(Settings(), register)) as origin:
        visit = visit_as(at=origin)
        page = visit.page
        page.goto(f"{origin}/#at=106.6908,26.3337")
        page.locator("#as-of summary").click()
        page.locator("#as-of-day").fill("2013-06-30")
        page.locator("#as-of-day").press("Tab")
        expect(page.locator("#as-of summary")).to_have_text("按 2013-06-30 查询")
        page.wait_for_function("location.hash.includes('on=2013-06-30')")
        expect(page.locator("#panel")).to_contain_text("花溪区")
        assert any("/v1/locate" in address and "on=2013-06-30" in address for address in visit.asked)
        page.get_by_role("button", name="回到今天").click()
        expect(page.locator("#as-of summary")).to_have_text("按今天查询")
        assert "on=" not in page.evaluate("location.hash")
