"""Conditional requests, HEAD, and what a browser of another origin may do."""

from __future__ import annotations

import pytest
from flask import Flask

from geoname.faces.api.catalogue import ROUTES

ADDRESS = "/v1/divisions/520102"


def tag(http, address=ADDRESS, **headers):
    return http.get(address, headers=headers).headers["ETag"]


@pytest.mark.parametrize(
    "address", [ADDRESS, "/v1/locate?lon=106.7&lat=26.6", "/v1/names?q=a", "/docs", "/openapi.json", "/"]
)
def test_what_is_held_is_not_sent_again(http, address):
    first = http.get(address)
    again = http.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    for kept in ("ETag", "Cache-Control", "Vary"):
        assert again.headers.get(kept) == first.headers.get(kept)


def test_tags_are_compared_weakly(http):
    strong = tag(http).removeprefix("W/")
    assert strong != tag(http)
    for held in (strong, f'"other", {strong}', f'W/"other" , W/{strong}'):
        assert http.get(ADDRESS, headers={"If-None-Match": held}).status_code == 304
    for held in ('W/"other"', '""', "nonsense", strong[:-4] + '"'):
        assert http.get(ADDRESS, headers={"If-None-Match": held}).status_code == 200


def test_tag_differs_by_language(http):
    chinese = tag(http)
    answer = http.get(ADDRESS, headers={"If-None-Match": chinese, "Accept-Language": "en"})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != chinese
    assert "Accept-Language" in answer.headers["Vary"]


def test_tag_differs_by_address(http):
    tags = [
        tag(http, address)
        for address in (
            "/v1/names?q=a",
            "/v1/names?q=b",
            "/v1/names?q=a&limit=2",
            "/v1/suggest?q=a",
            "/v1/names",
        )
    ]
    assert len(set(tags)) == len(tags)


def test_wrong_question_is_refused_whatever_is_held(http):
    answer = http.get("/v1/names?query=a", headers={"If-None-Match": tag(http)})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "address", [ADDRESS, "/v1/names?q=a", "/v1/boundary-lines/520102-520103", "/health", "/docs"]
)
def test_head_tells_what_get_would(http, address):
    get, head = http.get(address), http.head(address)
    assert head.status_code == 200
    assert head.data == b""
    assert dict(head.headers) == dict(get.headers)


def test_head_of_what_is_not_there(http):
    assert http.head("/v1/divisions/999999").status_code == 404


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_any_origin_may_ask_and_is_told_so_beforehand(http, route):
    path = route.path.format_map(dict.fromkeys(route.placeholders, "x"))
    answer = http.options(
        path, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    )
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert route.method in answer.headers["Access-Control-Allow-Methods"]
    assert {"Content-Type", "If-None-Match", "Authorization"} <= {
        name.strip() for name in answer.headers["Access-Control-Allow-Headers"].split(",")
    }


@pytest.mark.parametrize("address", [ADDRESS, "/v1/divisions/999999", "/v1/nothing", "/openapi.json"])
def test_answers_and_refusals_can_be_read_from_another_origin(http, address):
    answer = http.get(address, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_link_and_tag_can_be_read_from_another_origin(http):
    exposed = http.get("/v1/names?q=a").headers["Access-Control-Expose-Headers"]
    assert {"ETag", "Link"} <= {name.strip() for name in exposed.split(",")}


def test_refusals_are_not_kept(http):
    assert http.get("/v1/divisions/999999").headers["Cache-Control"] == "no-store"
    assert "ETag" not in http.get("/v1/divisions/999999").headers


def test_every_answer_forbids_guessing_its_type(app: Flask, http):
    for address in (ADDRESS, "/v1/nothing", "/health", "/ready", "/metrics", "/docs", "/openapi.json", "/"):
        assert http.get(address).headers["X-Content-Type-Options"] == "nosniff"
