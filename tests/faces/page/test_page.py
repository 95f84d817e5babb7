"""What the page's routes send: types, policy, caching, and the map library as published."""

from __future__ import annotations

import gzip
import hashlib
import re
from importlib.resources import files

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoname.faces.page.page import page_blueprint

STATIC = files("geoname.faces.page") / "static"
VENDOR = "/assets/vendor/maplibre-gl-6.17.0"


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("page alone")
    app.register_blueprint(page_blueprint())
    return app.test_client()


def test_the_document_forbids_everything_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert answer.content_type == "text/html; charset=utf-8"
    assert policy["default-src"] == "'none'"
    assert {policy[kind] for kind in ("script-src", "worker-src", "style-src", "connect-src")} == {"'self'"}
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "http" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_document_holds_no_script_or_style_of_its_own(client: FlaskClient) -> None:
    text = client.get("/").text
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"<style|\bstyle=|\bon[a-z]+=", text) == []
    assert 'lang="zh-Hans"' in text


def test_every_file_that_the_document_names_is_there_and_kept_for_good(client: FlaskClient) -> None:
    named = re.findall(r'(?:src|href)="(/assets/[^"]+)"', client.get("/").text)
    assert len(named) >= 6
    for path in named:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["Cache-Control"], path


def test_every_module_that_a_module_names_is_there() -> None:
    for module in (STATIC / "app").iterdir():
        for named in re.findall(r'from "(\.[^"]+)"', module.read_text("utf-8")):
            target = STATIC / "app"
            for step in named.split("/"):
                target = target if step == "." else STATIC if step == ".." else target / step
            assert target.is_file(), f"{module.name} names {named}"


@pytest.mark.parametrize(
    ("file", "media_type"),
    [
        ("maplibre-gl.mjs", "text/javascript; charset=utf-8"),
        ("maplibre-gl-worker.mjs", "text/javascript; charset=utf-8"),
        ("maplibre-gl.css", "text/css; charset=utf-8"),
        ("LICENSE", "text/plain; charset=utf-8"),
    ],
)
def test_a_vendored_file_has_its_type(client: FlaskClient, file: str, media_type: str) -> None:
    assert client.get(f"{VENDOR}/{file}").content_type == media_type


def test_a_file_is_sent_smaller_to_who_reads_gzip_and_is_the_same(client: FlaskClient) -> None:
    plain = client.get(f"{VENDOR}/maplibre-gl.mjs")
    small = client.get(f"{VENDOR}/maplibre-gl.mjs", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 3
    assert gzip.decompress(small.data) == plain.data
    assert small.headers["ETag"] != plain.headers["ETag"]
    assert small.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/", f"{VENDOR}/maplibre-gl.css"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(path, headers={"If-None-Match": '"other"'})
    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_a_file_of_another_release_is_todays_and_not_kept(client: FlaskClient) -> None:
    answer = client.get("/assets/000000000000/page.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["/assets/0/nothing.js", "/assets/vendor/../page.py", "/assets/0/..%2F..%2Fpage.py", "/assets/vendor/"],
)
def test_nothing_else_is_sent(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_map_library_is_as_published() -> None:
    folder = STATIC / "vendor" / "maplibre-gl-6.17.0"
    sums = dict(
        reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("ascii").splitlines()
    )
    held = {file.name for file in folder.iterdir()} - {"SHA256SUMS"}
    assert held == set(sums) == {"LICENSE", "maplibre-gl.css", "maplibre-gl.mjs", "maplibre-gl-worker.mjs"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_both_languages_say_the_same_things() -> None:
    text = (STATIC / "app" / "text.js").read_text("utf-8")
    chinese, english = (
        set(re.findall(r"^  (\w+): ", text[text.index(f"const {name} = {{") :].split("\n};", 1)[0], re.M))
        for name in ("ZH", "EN")
    )
    assert chinese == english
    assert len(chinese) > 60


def test_every_text_that_is_used_is_there() -> None:
    text = (STATIC / "app" / "text.js").read_text("utf-8")
    known = set(re.findall(r"^  (\w+): ", text, re.M))
    page = (files("geoname.faces.page") / "templates" / "page.html").read_text("utf-8")
    used = set(re.findall(r'data-(?:text|label|placeholder)="(\w+)"', page))
    for module in (STATIC / "app").iterdir():
        used |= set(re.findall(r'\b(?:t|word)\("(\w+)"', module.read_text("utf-8")))
    assert used <= known, used - known
