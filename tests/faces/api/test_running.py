"""Alive, ready, measured: what those who run the service look at."""

from __future__ import annotations

import re
import shutil
import time

import pytest

from geoname import __version__
from geoname.errors import DatabaseError
from geoname.faces.app import create_app
from geoname.settings import Settings


def test_health_and_readiness(http, guizhou):
    health, ready = http.get("/health"), http.get("/ready")
    assert health.get_json() == {"status": "ok", "version": __version__}
    assert ready.get_json() == {"status": "ready", "generation": guizhou.generation}
    assert {health.headers["Cache-Control"], ready.headers["Cache-Control"]} == {"no-store"}


@pytest.fixture
def empty(tmp_path):
    """The service over a database that is not there yet."""
    settings = Settings(database=str(tmp_path / "geoname.gpkg"), cache=tmp_path / "cache")
    app = create_app(settings)
    yield app.test_client()
    app.extensions["geoname"].close()


def test_without_a_database_every_question_is_503_with_the_remedy(empty, refusal):
    for address in ("/ready", "/v1/names?q=a", "/v1/divisions/52", "/v1/boundary-lines"):
        answer = empty.get(address, headers={"Accept-Language": "en"})
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "geoname load guizhou" in answer.get_json()["detail"]
        assert refusal(503, address, of=empty)["type"] == "/problems/not-ready"
    assert empty.post("/v1/locate", json={"lon": [], "lat": []}).status_code == 503


def test_without_a_database_the_rest_still_answers(empty):
    for address in ("/health", "/metrics", "/docs", "/openapi.json", "/"):
        assert empty.get(address).status_code == 200


def test_once_data_is_there_it_answers_without_a_restart(empty, loaded, tmp_path):
    assert empty.get("/ready").status_code == 503
    shutil.copytree(loaded / "cache", tmp_path / "cache")
    shutil.copy(loaded / "geoname.gpkg", tmp_path / "incoming")
    (tmp_path / "incoming").rename(tmp_path / "geoname.gpkg")
    until = time.monotonic() + 10
    while empty.get("/ready").status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert empty.get("/v1/divisions/52").get_json()["name"] == "贵州省"


def test_a_database_that_is_none_is_told_at_once(tmp_path):
    (tmp_path / "geoname.gpkg").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(DatabaseError):
        create_app(Settings(database=str(tmp_path / "geoname.gpkg"), cache=tmp_path / "cache"))


def count(http, **labels):
    said = http.get("/metrics").text
    wanted = {f'{name}="{value}"' for name, value in labels.items()}
    return sum(
        float(line.rpartition(" ")[2])
        for line in said.splitlines()
        if line.startswith("geoname_http_request_seconds_count")
        and wanted <= set(re.findall(r'\w+="[^"]*"', line))
    )


def test_requests_are_counted_by_route_and_status(http):
    asked = {
        ("/v1/names", "2xx"): "/v1/names?q=a",
        ("/v1/names", "4xx"): "/v1/names?q=a&q=b",
        ("/v1/divisions/{code}", "2xx"): "/v1/divisions/52",
        ("/v1/divisions/{code}", "4xx"): "/v1/divisions/999999",
    }
    before = {labels: count(http, route=labels[0], status=labels[1]) for labels in asked}
    for address in asked.values():
        http.get(address)
    for (route, status), was in before.items():
        assert count(http, route=route, status=status) == was + 1, (route, status)


def test_addresses_that_are_not_there_do_not_make_new_measures(http):
    before = {line.rpartition(" ")[0] for line in http.get("/metrics").text.splitlines()}
    for number in range(3):
        http.get(f"/v1/nothing/{number}")
        http.get(f"/v1/divisions/{number}{number}")
    after = {line.rpartition(" ")[0] for line in http.get("/metrics").text.splitlines()}
    assert not [line for line in after - before if "nothing" in line]
    assert count(http, method="other", status="4xx") >= 3


def test_measures_are_in_prometheus_text(http):
    answer = http.get("/metrics")
    assert answer.mimetype == "text/plain"
    assert "# TYPE geoname_http_request_seconds histogram" in answer.text
    buckets = re.findall(r'geoname_http_request_seconds_bucket\{le="([^"]+)"', answer.text)
    assert "+Inf" in buckets
