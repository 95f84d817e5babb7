"""The measurement of the hot routes compares like with like, with wrk or without."""

import sys
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def scripts():
    sys.path.insert(0, str(SCRIPTS))
    import bench_http
    import http_load

    yield bench_http, http_load
    sys.path.remove(str(SCRIPTS))


@pytest.fixture
def served():
    """A server that refuses every second address."""
    seen = []

    def application(environ, start_response):
        seen.append(environ["PATH_INFO"])
        start_response(
            "200 OK" if environ["PATH_INFO"] == "/good" else "404 NOT FOUND", [("Content-Length", "0")]
        )
        return [b""]

    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port, seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_questions_carry_the_answers_of_the_service(scripts, guizhou):
    asked = scripts[0].questions(guizhou)
    assert len(asked["GET /v1/locate"]) == len(asked["GET /v1/names exact"]) == scripts[0].VARIED
    assert all(b'"items":[{' in body for body in asked["GET /v1/names exact"].values())
    assert all(b'"items":[{' in body for body in asked["GET /v1/suggest"].values())
    assert any(b'"code":"52' in body for body in asked["GET /v1/locate"].values())


def test_own_client_asks_every_address_and_counts_refusals(scripts, served, monkeypatch):
    port, seen = served
    monkeypatch.setattr(scripts[1].shutil, "which", lambda _: None)
    load = scripts[1].drive(port, ["/good", "/bad"], 1, 0.5)
    assert {*seen} == {"/good", "/bad"}
    assert load.failed == pytest.approx(len(seen) / 2, abs=1)
    assert 0 < load.p50_ms <= load.p99_ms


def test_wrk_is_read_alike(scripts, served):
    if scripts[1].shutil.which("wrk") is None:
        pytest.skip("needs wrk")
    port, seen = served
    load = scripts[1].drive(port, ["/good", "/bad"], 1, 1)
    assert {*seen} == {"/good", "/bad"}
    assert load.failed == pytest.approx(len(seen) / 2, abs=3)
    assert 0 < load.p50_ms <= load.p99_ms < 1000
