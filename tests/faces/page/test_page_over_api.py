"""The page over the real API and the shipped data: the same shapes as the stand-in, and true answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from page_server import serving
from playwright.sync_api import expect

from geoname.faces.app import create_app
from geoname.service.opened import Geoname
from geoname.settings import Settings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def real_origin(guizhou: Geoname) -> Iterator[str]:
    with serving(create_app(Settings(), guizhou)) as address:
        yield address


@pytest.fixture
def real(visit_as: Callable[..., Any], real_origin: str) -> Any:
    return visit_as(at=real_origin)


def test_a_rare_character_is_found_and_its_county_shown(real: Any) -> None:
    page = real.open()
    page.get_by_role("combobox").fill("㵲水")
    page.get_by_role("option").get_by_text("㵲水街道", exact=True).click()
    expect(page.locator("#card-title")).to_have_text("㵲水街道")
    expect(page.locator(".card")).to_contain_text("统计用区划代码")
    expect(page.get_by_role("definition").first).to_contain_text("黔东南苗族侗族自治州")
    expect(page.locator("#map")).to_have_attribute("data-chosen", "522626")
    assert real.complaints == []


def test_a_county_is_found_by_initials_and_shown_as_its_area(real: Any) -> None:
    page = real.open()
    page.get_by_role("combobox").fill("bozhouqu")
    page.get_by_role("option", name="播州区").click()
    expect(page.locator("#card-title")).to_have_text("播州区")
    expect(page.locator(".card code", has_text="520304")).to_have_count(1)  # one code of two schemes
    expect(page.locator(".card")).to_contain_text("GB/T 2260")
    expect(page.locator("#map")).to_have_attribute("data-chosen", "520304")
    page.get_by_text("变更记录").click()
    expect(page.locator(".changes li").first).to_contain_text("载入")
    assert real.complaints == []


def test_a_point_has_its_chain_and_its_edition(real: Any) -> None:
    page = real.open("#at=106.7135,26.5783")
    expect(page.locator(".chain li")).to_have_count(3)
    expect(page.locator("#card-title")).to_have_text("南明区")
    expect(page.locator("#note")).to_contain_text("unreviewed")
    expect(page.locator(".card")).to_contain_text("距界线")
    assert real.complaints == []


def test_a_refused_question_is_said_in_plain_words(real: Any) -> None:
    page = real.open("#at=106.7135,26.5783&lang=en")
    page.get_by_role("combobox").evaluate("box => box.removeAttribute('maxlength')")
    page.get_by_role("combobox").fill("长" * 300)
    page.get_by_role("combobox").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("q")
    expect(page.get_by_role("alert")).to_contain_text("200")


def test_names_of_the_province_come_first_and_those_beyond_are_found(real: Any) -> None:
    page = real.open()
    page.get_by_role("combobox").fill("南")
    expect(page.get_by_role("option").first).to_contain_text("贵州省")
    page.get_by_role("combobox").fill("会同县")
    page.get_by_role("combobox").press("Enter")
    expect(page.locator(".entry").first).to_contain_text("湖南省")


def test_more_of_a_long_list_is_fetched(real: Any) -> None:
    page = real.open("#q=坪")
    expect(page.locator(".entry")).to_have_count(20)
    page.get_by_role("button", name="再列一些").click()
    expect(page.locator(".entry")).to_have_count(40)
    assert real.complaints == []
