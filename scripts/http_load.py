"""Asks a server the same addresses again and again (压力): by wrk where it is installed, else by itself."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}
_ROUND_ROBIN = """
local paths = { %s }
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server bore: requests per second, half and 99 % of the answers within so many milliseconds."""

    per_second: float
    p50_ms: float
    p99_ms: float
    failed: int


def drive(port: int, paths: Sequence[str], connections: int, seconds: float) -> Load:
    """Keep `connections` asking without pause, in another process, for so long."""
    if shutil.which("wrk"):
        return _by_wrk(port, paths, connections, seconds)
    command = [sys.executable, __file__, str(port), str(connections), str(seconds)]
    done = subprocess.run(command, input=json.dumps(paths), capture_output=True, text=True, check=True)
    return Load(**json.loads(done.stdout))


def _by_wrk(port: int, paths: Sequence[str], connections: int, seconds: float) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_ROUND_ROBIN % ", ".join(json.dumps(path) for path in paths))
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency"]
        command += ["-s", script.name, f"http://127.0.0.1:{port}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    half, most = (_milliseconds(told, share) for share in ("50%", "99%"))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told)
    failed = (int(refused[1]) if refused else 0) + (sum(map(int, broken.groups())) if broken else 0)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return Load(float(rate[1]) if rate else 0.0, half, most, failed)


def _milliseconds(told: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", told)
    return float(found[1]) * _UNITS[found[2]] if found else float("nan")


def _by_threads(port: int, paths: Sequence[str], connections: int, seconds: float) -> Load:
    took: list[float] = []
    failed = [0]
    until = time.perf_counter() + seconds

    def ask(at: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.perf_counter() < until:
            at += 1
            began = time.perf_counter()
            connection.request("GET", paths[at % len(paths)])
            answer = connection.getresponse()
            answer.read()
            took.append(time.perf_counter() - began)
            failed[0] += answer.status != http.client.OK
        connection.close()

    threads = [threading.Thread(target=ask, args=(start,)) for start in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    at = [took[min(len(took) - 1, int(len(took) * share))] * 1e3 for share in (0.5, 0.99)]
    return Load(len(took) / seconds, at[0], at[1], failed[0])


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    borne = _by_threads(int(sys.argv[1]), asked, int(sys.argv[2]), float(sys.argv[3]))
    json.dump(asdict(borne), sys.stdout)
