"""Errors that no route raises on purpose are problem+json too: address, method, body, our own fault."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from geoname.errors import DatabaseError, StorageError
from geoname.faces.api.problems import OF_ERRORS
from geoname.faces.app import create_app
from geoname.settings import Limits, Settings

POINT = {"lon": [106.7], "lat": [26.6]}


@pytest.fixture
def narrow(guizhou):
    """The service with small limits."""
    limits = Limits(query_length=10, page_size=5, batch_points=3, body_bytes=200)
    return create_app(Settings(limits=limits), guizhou).test_client()


@pytest.fixture
def broken(guizhou) -> Flask:
    """The service with routes that fail."""
    app = create_app(Settings(), guizhou)

    @app.get("/fails")
    def fails():
        secret = "the-secret"
        raise RuntimeError(secret)

    @app.get("/damaged")
    def damaged():
        raise DatabaseError("the-secret is malformed", zh="the-secret 已损坏")

    @app.get("/full")
    def full():
        raise StorageError("the-secret is full", zh="the-secret 已满")

    return app


def test_unknown_address(refusal):
    problem = refusal(404, "/v1/nothing")
    assert problem["type"] == "/problems/no-such-address"
    assert "/docs" in problem["detail"]


def test_address_of_ten_thousand_characters(refusal):
    refusal(404, "/" + "a" * 10_000)


@pytest.mark.parametrize("path", ["/v1/names/", "/v1/divisions/52/", "/v1//names", "/docs/"])
def test_address_that_is_nearly_right_is_not_guessed(refusal, path):
    refusal(404, path)


def test_method_that_does_not_apply(http):
    answer = http.delete("/v1/locate")
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert "DELETE" in answer.get_json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"lon=1&lat=2", b"\xff\xfe", b'{"lon": [NaN]}', b"[" * 100_000])
def test_body_that_is_no_json(names_parameter, body):
    sent = {"data": body, "content_type": "application/json", "method": "POST"}
    assert "JSON" in names_parameter("body", "/v1/locate", **sent)


@pytest.mark.parametrize("body", [[], 5, "text", [POINT]])
def test_body_that_is_no_object(names_parameter, body):
    assert "object" in names_parameter("body", "/v1/locate", json=body, method="POST")


@pytest.mark.parametrize(
    ("parameter", "body"),
    [
        ("lat", {"lon": [1]}),
        ("lon", {"lon": 1, "lat": [1]}),
        ("lon[0]", {"lon": ["106.7"], "lat": [26]}),
        ("lat[1]", {"lon": [106, 106], "lat": [26, None]}),
        ("lon[0]", {"lon": [True], "lat": [26]}),
        ("lat", {"lon": [106, 107], "lat": [26]}),
        ("lat", {"lon": [106], "lat": [91]}),
        ("level", {**POINT, "level": "street"}),
        ("level", {**POINT, "level": "village"}),
        ("crs", {**POINT, "crs": "moon"}),
        ("when", {**POINT, "when": "2020-01-01"}),
    ],
)
def test_body_with_a_wrong_member(names_parameter, parameter, body):
    told = names_parameter(parameter, "/v1/locate", json=body, method="POST")
    assert "<" not in told  # a value is shown as the caller wrote it, not as Python does


def test_a_million_wrong_points_are_not_all_listed(http):
    answer = http.post("/v1/locate", json={"lon": ["x"] * 10_000, "lat": ["y"] * 10_000})
    assert answer.status_code == 400
    assert len(answer.get_json()["errors"]) <= 20
    assert len(answer.data) < 5_000


def test_parameter_beside_a_body(names_parameter):
    names_parameter("level", "/v1/locate?level=county", json=POINT, method="POST")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", None]
)
def test_body_of_another_type(refusal, kind):
    sent = {"data": b'{"lon": [106.7], "lat": [26.6]}', "content_type": kind, "method": "POST"}
    assert "application/json" in refusal(415, "/v1/locate", **sent)["detail"]


def test_json_with_a_charset_is_read(http):
    sent = {"data": b'{"lon": [106.7], "lat": [26.6]}', "content_type": "application/json; charset=utf-8"}
    assert http.post("/v1/locate", **sent).status_code == 200


def test_body_too_large(refusal, narrow):
    body = b'{"lon": [106.7], "lat": [26.6]' + b" " * 200 + b"}"
    sent = {"data": body, "content_type": "application/json", "method": "POST"}
    assert "200" in refusal(413, "/v1/locate", of=narrow, **sent)["detail"]


def test_too_many_points(refusal, narrow):
    for count, status in ((3, 200), (4, 400)):
        answer = narrow.post("/v1/locate", json={"lon": [106.7] * count, "lat": [26.6] * count})
        assert answer.status_code == status
    assert "3" in answer.get_json()["errors"][0]["message"]


def test_limits_are_those_of_the_settings(refusal, narrow):
    assert "10" in refusal(400, "/v1/names?q=" + "a" * 11, of=narrow)["detail"]
    assert "5" in refusal(400, "/v1/names?limit=6", of=narrow)["detail"]
    limits = narrow.get("/openapi.json").get_json()["paths"]["/v1/names"]["get"]["parameters"]
    schemas = {parameter["name"]: parameter["schema"] for parameter in limits}
    assert schemas["q"]["maxLength"] == 10
    assert schemas["limit"]["maximum"] == 5


def test_default_page_is_within_a_smaller_limit(narrow):
    for address in ("/v1/names", "/v1/divisions", "/v1/suggest?q=a", "/v1/nearby?lon=106.7&lat=26.6"):
        answer = narrow.get(address)
        assert answer.status_code == 200, answer.text
        assert len(answer.get_json()["items"]) <= 5


def test_a_cursor_is_accepted_whatever_the_longest_query_is(narrow):
    first = narrow.get("/v1/names?q=a&limit=2")
    assert narrow.get(first.headers["Link"].split(">")[0][1:]).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/fails", 500), ("/damaged", 500), ("/full", 507)])
def test_our_own_fault_shows_an_id_and_keeps_the_cause_in_the_log(broken, caplog, path, status):
    with caplog.at_level(logging.ERROR, logger="geoname.http"):
        answer = broken.test_client().get(path)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    number = answer.get_json()["id"]
    assert number in answer.get_json()["detail"]
    assert "the-secret" not in answer.text
    assert "Traceback" not in answer.text
    assert number in caplog.text
    assert "the-secret" in caplog.text


def test_every_kind_of_problem_has_its_page_in_both_languages(http):
    for problem in OF_ERRORS.values():
        for language in ("zh", "en"):
            page = http.get(f"/problems/{problem.kind}", headers={"Accept-Language": language})
            assert page.status_code == 200
            assert problem.title(language) in page.text
    assert http.get("/problems/none").status_code == 404
