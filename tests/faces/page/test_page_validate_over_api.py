"""Checking a file on the page over the real API, the real register and a worker: nothing is pretended."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_server import serving
from playwright.sync_api import expect

from geoname.faces.app import create_app
from geoname.service.keep_tokens import add_token
from geoname.service.opened import open_geoname
from geoname.service.run_jobs import JobRunner, Pace
from geoname.service.validation_matcher import offering_matcher
from geoname.service.validation_work import validation_work
from geoname.service.validations import KIND
from geoname.settings import Settings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def register(loaded: Path, tmp_path_factory: Any) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("checked")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    geoname = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    work = {KIND: validation_work(geoname, offering_matcher)}
    runner = JobRunner(geoname, work, pace=Pace(idle_s=0.05))
    worker = threading.Thread(target=runner.run)
    worker.start()
    yield geoname
    runner.stop()
    worker.join()
    geoname.close()


def test_a_list_is_checked_corrected_and_saved(register: Any, visit_as: Any) -> None:
    token = add_token(register, "reader").token
    with serving(create_app(Settings(), register)) as origin:
        visit = visit_as(at=origin)
        page = visit.page
        page.goto(f"{origin}/#check=")
        page.locator("#token").fill(token)
        page.locator("#token").press("Enter")
        page.locator("#pasted").fill("贵州省贵阳市南明区\n龙场镇\n贵州省遵义县南白镇\n")
        page.get_by_role("button", name="核对粘贴的名单").click()
        page.get_by_role("button", name="开始核对").click()
        expect(page.locator(".check-row")).to_have_count(3, timeout=60_000)
        expect(page.locator(".check-row").nth(0)).to_contain_text("南明区")
        expect(page.locator(".check-row").nth(2)).to_contain_text("播州区")
        page.locator("[data-status=ambiguous]").click()
        offers = page.locator(".offer")
        expect(offers.first).to_contain_text("龙场镇")
        assert offers.count() >= 4
        chosen = offers.nth(1).locator(".path").inner_text()
        offers.nth(1).click()
        expect(page.locator(".check-standard")).to_contain_text(chosen)
        expect(page.locator("[data-status=chosen]")).to_have_text("已选定 1")
        with page.expect_download() as saved:
            page.get_by_role("button", name="下载结果").click()
        lines = Path(saved.value.path()).read_text("utf-8").splitlines()
        assert len(lines) == 4
        assert "人工选定" in lines[2]
        assert chosen.rpartition(" · ")[2] in lines[2]
        page.get_by_role("button", name="删除文件和结果").click()
        page.get_by_role("button", name="再按一次即删除").click()
        expect(page.get_by_text("还没有核对过文件。")).to_be_visible()
        assert register.store.jobs() == []
        assert visit.complaints == []
