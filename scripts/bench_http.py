"""Measures the hot routes (热点接口) beside a bare Flask route that returns as many bytes, same server.

`--database` names a loaded database. Both servers run at once, one process each with the same settings of
granian, and are asked in turns; the answers are compared with the service's own before anything is timed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import orjson
from http_load import Load, drive

from geoname.faces.serve import THREADS
from geoname.service.find_names import Mode, NameQuery, find_names
from geoname.service.locate import locate
from geoname.service.opened import Geoname, open_geoname
from geoname.service.suggest import suggest
from geoname.settings import read_settings

VARIED = 50
SEED = 20230630
Results = dict[str, dict[str, float]]
Questions = dict[str, dict[str, bytes]]


def questions(geoname: Geoname) -> Questions:
    """For each hot route, addresses with the answers that the service itself gives."""
    chance = random.Random(SEED)
    names = [name.name for name in find_names(geoname, NameQuery(limit=1000)).items]
    some = chance.sample(sorted({*names}), VARIED)
    points = [(round(chance.uniform(104, 109), 5), round(chance.uniform(25, 29), 5)) for _ in range(VARIED)]
    return {
        "GET /v1/locate": {
            f"/v1/locate?lon={lon}&lat={lat}": orjson.dumps(locate(geoname, lon, lat)) for lon, lat in points
        },
        "GET /v1/names exact": {
            f"/v1/names?q={quote(name)}&mode=exact": orjson.dumps(
                find_names(geoname, NameQuery(name, Mode.EXACT))
            )
            for name in some
        },
        "GET /v1/suggest": {
            f"/v1/suggest?q={quote(name[:2])}": orjson.dumps(suggest(geoname, name[:2])) for name in some
        },
    }


def bare(port: int, sizes: list[int]) -> None:
    """Serve `/0`, `/1` … each with a constant body of its size, until told to stop."""
    from flask import Flask, Response
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    app = Flask("bare", static_folder=None)
    for number, size in enumerate(sizes):
        body = b"x" * size
        app.add_url_rule(
            f"/{number}", str(number), lambda body=body: Response(body, mimetype="application/json")
        )
    server = Server(
        "bare",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=lambda _: app, wrap_loader=True)


@contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[None]:
    """A server in another process, from when it answers until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                if fetch(port, path)[0]:
                    break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit(f"{command} does not answer on port {port}")
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def fetch(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of one address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(
    asked: Questions, ports: tuple[int, int], rounds: int, seconds: float, connections: int
) -> Results:
    """For each route, medians over the rounds of ours and of the bare one, and their ratios."""
    results: Results = {}
    for number, (route, answers) in enumerate(asked.items()):
        pairs: list[tuple[Load, Load]] = []
        for _ in range(rounds):
            plain = drive(
                ports[1], [f"/{number}?{path.partition('?')[2]}" for path in answers], connections, seconds
            )
            pairs.append((drive(ports[0], [*answers], connections, seconds), plain))
        ratio = [ours.per_second / plain.per_second for ours, plain in pairs]
        results[route] = {
            "bytes": round(statistics.mean(map(len, answers.values()))),
            "per_second": round(statistics.median(ours.per_second for ours, _ in pairs)),
            "bare_per_second": round(statistics.median(plain.per_second for _, plain in pairs)),
            "ratio": round(statistics.median(ratio), 3),
            "ratio_lowest": round(min(ratio), 3),
            "p50_ms": statistics.median(ours.p50_ms for ours, _ in pairs),
            "p99_ms": statistics.median(ours.p99_ms for ours, _ in pairs),
            "p50_ratio": round(statistics.median(ours.p50_ms / plain.p50_ms for ours, plain in pairs), 2),
            "p99_ratio": round(statistics.median(ours.p99_ms / plain.p99_ms for ours, plain in pairs), 2),
            "failed": sum(ours.failed + plain.failed for ours, plain in pairs),
        }
    return results


def main() -> None:
    """Measure, and print a line for each route or JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--database", default="var/geoname.gpkg")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=3.0)
    options.add_argument("--connections", type=int, default=8)
    options.add_argument("--json", action="store_true")
    options.add_argument("--bare", nargs="+", type=int, metavar="PORT SIZE", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.bare:
        bare(chosen.bare[0], chosen.bare[1:])
        return
    geoname = open_geoname(chosen.database, read_settings(database=chosen.database).cache)
    asked = questions(geoname)
    geoname.close()
    sizes = [round(statistics.mean(map(len, answers.values()))) for answers in asked.values()]
    ports = free_port(), free_port()
    ours = [sys.executable, "-m", "geoname.faces.cli", "--database", chosen.database]
    ours += ["serve", "--workers", "1", "--port", str(ports[0])]
    plain = [sys.executable, __file__, "--bare", str(ports[1]), *map(str, sizes)]
    with running(ours, ports[0], "/ready"), running(plain, ports[1], "/0"):
        for answers in asked.values():
            for path, expected in answers.items():
                if fetch(ports[0], path) != (http.client.OK, expected):
                    raise SystemExit(f"{path} does not answer as the service does")
        results = measure(asked, ports, chosen.rounds, chosen.seconds, chosen.connections)
    if chosen.json:
        print(
            json.dumps({"threads": THREADS, "connections": chosen.connections, "routes": results}, indent=1)
        )
        return
    for route, found in results.items():
        print(route, ", ".join(f"{name} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
