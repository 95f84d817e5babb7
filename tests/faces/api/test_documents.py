"""The documentation page names every route and loads nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from geoname.faces.api.catalogue import ROUTES
from geoname.faces.api.private import PrivateRoute
from geoname.faces.api.problems import OF_ERRORS, OF_STATUSES

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """What a page links to, loads and says; and whether its elements are closed in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.links, self.loaded, self.ids, self.text, self.styles = [], [], [], set(), [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.links += [values["href"]] if tag == "a" else []
        self.loaded += [values[name] for name in ("src", "srcset", "data") if name in values]
        self.loaded += [values["href"]] if tag == "link" else []
        self.ids |= {values["id"]} if "id" in values else set()
        assert not any(name.startswith("on") or name == "style" for name in values)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.styles.append(data)
        else:
            self.text.append(data)


@pytest.fixture(params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture
def answer(http, language):
    return http.get("/docs", headers={"Accept-Language": language})


@pytest.fixture
def page(answer):
    return Page(answer.text)


def test_the_page_is_well_formed(page):
    assert page.open == []


def test_every_route_and_parameter_is_named(page, language):
    said = " ".join("".join(page.text).split())
    for route in ROUTES:
        assert f"{route.method} {route.path}" in said
        assert (route.zh if language == "zh" else route.en) in said
        assert f"geoname {route.command}" in said
        # The version that a change is made for travels in a header.
        in_header = isinstance(route, PrivateRoute) and route.takes_version
        written = {"If-Match" if in_header and name == "version" else name for name in route.parameters}
        assert all(name in page.text for name in written)


def test_every_problem_is_named_and_linked(http, page):
    for problem in (*OF_ERRORS.values(), *OF_STATUSES.values()):
        assert f"/problems/{problem.kind}" in page.links
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids
        else:
            assert http.get(link).status_code == 200


def test_nothing_is_loaded_from_elsewhere(page, answer):
    assert page.loaded == []
    assert not re.search(r"https?://", answer.text)
    assert "@import" not in answer.text
    assert "url(" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_its_own_style_is_allowed_by_its_policy(page, answer):
    assert len(page.styles) == 1
    digest = base64.b64encode(hashlib.sha256(page.styles[0].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_it_says_its_language_and_bends_to_a_narrow_screen(answer, language):
    assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in answer.text
    assert 'name="viewport"' in answer.text


def test_limits_and_choices_are_told(page):
    said = "".join(page.text)
    assert "≤ 200" in said
    assert "≥ 1, ≤ 1000, = 20" in said
    assert "exact | prefix | contains | fuzzy | pinyin" in said
    assert "proposed | current | historical" in said
