"""The production server in a process of its own: it announces itself, answers, survives, ends gracefully."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(folder: Path, *words: str):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GEONAME_", "PORT"))
    }
    environment |= {"GEONAME_DATABASE": str(folder / "geoname.gpkg"), "GEONAME_CACHE": str(folder / "cache")}
    return subprocess.Popen(
        [sys.executable, "-m", "geoname.faces.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )


class Served:
    """A running server and ways to ask it."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    def ask(self, path, body=None, raw=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            if raw is not None:
                connection.connect()
                connection.sock.sendall(raw)
                answer = http.client.HTTPResponse(connection.sock)
                answer.begin()
            else:
                connection.request(
                    "GET" if body is None else "POST", path, body, {"Content-Type": "application/json"}
                )
                answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def workers(self):
        """The processes that answer; the first one only watches over them, another works on jobs."""
        serving = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                if "jobs" not in child.cmdline():
                    serving.append(child)
            except psutil.NoSuchProcess:
                continue
        return serving


@contextmanager
def serving(folder, workers):
    port = free_port()
    process = command(folder, "serve", "--port", str(port), "--workers", str(workers))
    try:
        announced = process.stdout.readline().strip()
        assert announced == f"http://127.0.0.1:{port}", process.stderr.read()
        yield Served(process, port)
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


@pytest.fixture(scope="module")
def two(loaded):
    with serving(loaded, 2) as served:
        yield served


def test_it_answers_as_soon_as_it_is_announced(two):
    status, body = two.ask("/ready")
    assert status == 200
    assert json.loads(body)["status"] == "ready"


def test_chinese_as_curl_sends_it(two):
    raw = "GET /v1/names?q=青岩&limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    status, body = two.ask("", raw=raw)
    assert status == 200
    assert json.loads(body)["items"][0]["name"].startswith("青岩")
    escaped = two.ask("/v1/names?q=%E9%9D%92%E5%B2%A9&limit=1")
    assert escaped == (status, body)


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /v1/names?q=%ED%A0%80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /v1/names?q=\xc7\xe0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /v1/names?q=\xe9\x9d\x92 HTTP/1.0\r\n\r\n",
        b"POST /v1/locate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3\r\n"
        b"Connection: close\r\n\r\n{x}",
        b"NONSENSE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
)
def test_odd_bytes_are_borne(two, raw):
    status, _ = two.ask("", raw=raw)
    assert status in (200, 400, 405)
    assert two.ask("/health")[0] == 200


def counted(served):
    text = served.ask("/metrics")[1].decode()
    pattern = r'geoname_http_request_seconds_count\{(?=[^}]*route="/v1/suggest")[^}]*\} ([\d.]+)'
    return sum(float(found) for found in re.findall(pattern, text))


def test_measures_are_those_of_both_workers(two):
    before = counted(two)
    threads = [threading.Thread(target=two.ask, args=("/v1/suggest?q=gy",)) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [counted(two) for _ in range(4)] == [before + 24] * 4  # whichever of the two is asked


def test_many_callers_get_each_their_own_answer(two):
    points = {"5201": (106.7135, 26.5783), "4301": (112.94, 28.23), None: (0.0, 0.0)}
    wrong = []

    def ask(code, lon, lat):
        body = json.dumps({"lon": [lon] * 50, "lat": [lat] * 50, "level": "prefecture"})
        status, answer = two.ask("/v1/locate", body)
        if status != 200 or json.loads(answer)["codes"] != [code] * 50:
            wrong.append((code, status, answer[:200]))

    threads = [
        threading.Thread(target=ask, args=(code, *point)) for code, point in points.items() for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_killed_worker_is_replaced(two):
    before = {worker.pid for worker in two.workers()}
    assert len(before) == 2
    victim = max(before)
    os.kill(victim, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while len({worker.pid for worker in two.workers()} - before) == 0 or len(two.workers()) < len(before):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert two.process.poll() is None
    answered = 0
    while answered < 20:
        assert time.monotonic() < until
        try:
            answered += two.ask("/v1/divisions/52")[0] == 200
        except OSError:  # a connection that the killed one had taken
            time.sleep(0.1)


def test_a_stop_lets_the_request_in_flight_end(loaded):
    count = 1_000_000
    body = json.dumps({"lon": [106.7135] * count, "lat": [26.5783] * count})
    answers = []
    with serving(loaded, 1) as served:
        asking = threading.Thread(target=lambda: answers.append(served.ask("/v1/locate", body)))
        asking.start()
        in_flight(served)
        assert asking.is_alive()
        served.process.send_signal(signal.SIGTERM)
        asking.join(PATIENCE)
        out, err = served.process.communicate(timeout=PATIENCE)
        assert served.process.returncode == 0
        assert "Traceback" not in out + err
        with pytest.raises(ConnectionRefusedError):
            served.ask("/health")
    status, answer = answers[0]
    assert status == 200
    assert len(json.loads(answer)["codes"]) == count


def in_flight(served):
    """Wait until a worker is busy with what it was sent."""
    until = time.monotonic() + PATIENCE
    busiest = 0.0
    workers = served.workers()
    idle = {worker.pid: worker.cpu_times().user for worker in workers}
    while busiest < 0.05:
        assert time.monotonic() < until
        busiest = max(worker.cpu_times().user - idle[worker.pid] for worker in workers)
        time.sleep(0.005)


def test_an_interrupt_ends_it_too(loaded):
    with serving(loaded, 1) as served:
        served.process.send_signal(signal.SIGINT)
        _, err = served.process.communicate(timeout=PATIENCE)
        assert served.process.returncode == 0
        assert "Traceback" not in err


def test_a_port_that_is_taken_is_told_with_the_remedy(two, loaded):
    process = command(loaded, "serve", "--port", str(two.port), "--language", "en")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (2, "")
    assert err.count("\n") == 1
    assert str(two.port) in err
    assert "--port" in err


def test_no_database_is_told_with_the_remedy(tmp_path):
    process = command(tmp_path, "serve", "--port", str(free_port()))
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (3, "")
    assert err.count("\n") == 1
    assert "geoname load guizhou" in err


def test_a_damaged_database_is_told(tmp_path):
    (tmp_path / "geoname.gpkg").write_bytes(b"nothing of the kind" * 1000)
    process = command(tmp_path, "serve", "--port", str(free_port()))
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (3, "")
    assert err.count("\n") == 1
