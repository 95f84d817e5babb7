"""Measures how a serving process starts on many names: time to the first answers, memory of its own."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from generate_names import LABEL, generate

from geoname.core.divisions.code import Scheme
from geoname.core.register.name import Name
from geoname.core.register.place import Exactness, Location, Place
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.service.load_guizhou import load_guizhou
from geoname.service.opened import Geoname, open_geoname

NOW = "2026-01-01T00:00:00+00:00"
WORKER = """
import sys, time
began = time.perf_counter()
from geoname.faces.app import create_app
from geoname.settings import read_settings
app = create_app(read_settings({"GEONAME_DATABASE": sys.argv[1], "GEONAME_CACHE": sys.argv[2]}))
client = app.test_client()
for path in ("/v1/names?q=大坪村", "/v1/suggest?q=大", "/v1/locate?lon=106.69&lat=26.33"):
    assert client.get(path).status_code == 200
print(time.perf_counter() - began, flush=True)
sys.stdin.read()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=520_000)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = measure(Path(folder), options.count, options.starts)
    if options.json:
        print(json.dumps(report, indent=1))
    else:
        for what, found in report.items():
            print(f"{what}: {found}")


def measure(folder: Path, count: int, starts: int) -> dict[str, Any]:
    """Load the shipped data and so many generated names, then start workers one after the other, then two."""
    address, cache = str(folder / "geoname.gpkg"), folder / "cache"
    load_guizhou(address, cache, "bench")
    geoname = open_geoname(address, cache)
    began = time.perf_counter()
    add_generated(geoname, count)
    loaded = time.perf_counter() - began
    began = time.perf_counter()
    geoname.refresh()
    built = time.perf_counter() - began
    names = len(geoname.live().names)
    geoname.close()
    times = []
    for _ in range(starts):
        worker, seconds = start(address, cache)
        times.append(seconds)
        stop(worker)
    workers = [start(address, cache)[0] for _ in range(2)]
    memory = [psutil.Process(worker.pid).memory_full_info() for worker in workers]
    for worker in workers:
        stop(worker)
    return {
        "names": names,
        "generated_load_seconds": round(loaded, 1),
        "index_build_seconds": round(built, 1),
        "start_seconds_median": round(statistics.median(times), 3),
        "start_seconds_worst": round(max(times), 3),
        "own_megabytes_of_each_of_two_workers": [round(one.uss / 1e6, 1) for one in memory],
        "resident_megabytes": [round(one.rss / 1e6, 1) for one in memory],
    }


def add_generated(geoname: Geoname, count: int) -> None:
    """Put generated places and names, labelled so, into the register."""
    made = generate(count)
    codebook = geoname.live().codebook
    held = {code: codebook.find(code, Scheme.NBS).division.id for code in set(made.division)}
    source = Source(
        "generated", "generated names", "nobody", "scripts/generate_names.py", "MIT", LABEL, None, "0"
    )
    places = (
        Place(
            made.place_id[i],
            made.feature_class[i],
            held[made.division[i]],
            f"{LABEL}:{made.place_id[i]}",
            Location(float(made.lon[i]), float(made.lat[i]), Exactness.POPULATED_PLACE, LABEL),
        )
        for i in range(count)
    )
    names = (
        Name(
            made.name_id[i],
            made.place_id[i],
            made.text[i],
            made.specific[i],
            made.text[i][len(made.specific[i]) :],
            romanization=made.romanization[i],
        )
        for i in range(count)
    )
    with geoname.store.writing("bench", LABEL) as writer:
        writer.put_source(source)
        writer.put_release(Release(LABEL, source.id, ReleaseState.PUBLISHED, "bench", NOW, NOW))
        writer.put_places(places, LABEL)
        writer.put_names(names, LABEL)


def start(address: str, cache: Path) -> tuple[subprocess.Popen[str], float]:
    """A new process with the application open, and the seconds from its first line to its third answer."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, address, str(cache)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ},
    )  # fmt: skip
    assert worker.stdout is not None
    return worker, float(worker.stdout.readline())


def stop(worker: subprocess.Popen[str]) -> None:
    worker.communicate("")


if __name__ == "__main__":
    main()
