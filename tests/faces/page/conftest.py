"""A browser on the page, over the stand-in API; every request and complaint is kept to be looked at."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))  # the stand-in lies beside the tests, in no package

from fake_api import fake_app
from page_server import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PATIENCE = 30_000  # milliseconds: without a graphics card a frame may take long


@dataclass
class Visit:
    """One visit: the page, where it is served, what it asked for and what the browser complained of."""

    page: Page
    origin: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, state: str = "") -> Page:
        """Open the page in a state, and wait until the map is drawn."""
        self.page.goto(f"{self.origin}/{state}")
        self.page.wait_for_selector("#note strong")
        self.page.wait_for_selector("#panel > *:not(.waiting)")
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def stand_in() -> Flask:
    return fake_app()


@pytest.fixture(scope="session")
def origin(stand_in: Flask) -> Iterator[str]:
    with serving(stand_in) as address:
        yield address


@pytest.fixture(scope="session")
def empty_origin() -> Iterator[str]:
    with serving(fake_app(loaded=False)) as address:
        yield address


@pytest.fixture
def visit_as(browser: Browser, origin: str) -> Iterator[Callable[..., Visit]]:
    """Make a visit with a context's options: a phone's width, dark colours, another origin."""
    contexts: list[BrowserContext] = []

    def begin(*, at: str = origin, **options: object) -> Visit:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visit = Visit(context.new_page(), at)
        visit.page.on("request", lambda request: visit.asked.append(request.url))
        visit.page.on("requestfailed", lambda request: visit.complaints.append(f"failed {request.url}"))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on(
            "console",
            lambda said: visit.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        return visit

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def visit(visit_as: Callable[..., Visit]) -> Visit:
    return visit_as()
