"""Measures the live index (实时索引): questions while names are written, and how soon those are found.

One process asks without pause, another writes so many names a second in transactions of so many. The same
questions are timed before, in quiet, and the ratio is what counts. All names written are generated.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from load_generated import generated_batch, load_generated, open_release

from geoname.service.find_names import NameQuery, find_names
from geoname.service.load_guizhou import load_guizhou
from geoname.service.nearby import nearby
from geoname.service.opened import Geoname, open_geoname
from geoname.service.suggest import suggest

WRITER = "written while measuring"
TEXTS = ("花溪区", "青岩镇", "龙洞", "大寨", "茶店村")


def questions(geoname: Geoname) -> Iterator[tuple[str, Callable[[], object]]]:
    """Questions of every kind, over and over."""
    number = 0
    while True:
        text = TEXTS[number % len(TEXTS)]
        lon, lat = 105 + number % 37 / 10, 25.5 + number % 23 / 10
        number += 1
        for mode in ("exact", "prefix", "contains", "fuzzy"):
            yield mode, lambda q=text, m=mode: find_names(geoname, NameQuery(q, m))
        yield "pinyin", lambda: find_names(geoname, NameQuery("qingyan", "pinyin"))
        yield "suggest", lambda q=text: suggest(geoname, q[:2])
        yield "nearby", lambda x=lon, y=lat: nearby(geoname, x, y)


def ask_for(geoname: Geoname, seconds: float, pause: float) -> dict[str, list[float]]:
    """Milliseconds of each question, by kind."""
    spent: dict[str, list[float]] = {}
    end = time.perf_counter() + seconds
    for kind, ask in questions(geoname):
        start = time.perf_counter()
        ask()
        done = time.perf_counter()
        spent.setdefault(kind, []).append((done - start) * 1e3)
        if done > end:
            return spent
        time.sleep(pause)
    raise AssertionError


def write(database: str, cache: Path, rate: int, size: int, seconds: float) -> None:
    """Write at a rate; tell of each transaction its last name, when it was there, how long it took."""
    geoname = open_geoname(database, cache)
    release = open_release(geoname, WRITER, published=True)
    batches = generated_batch(geoname, int(rate * seconds), seed=7).split(size)
    start = time.monotonic()
    for number, batch in enumerate(batches):
        time.sleep(max(0.0, start + number * size / rate - time.monotonic()))
        begun = time.monotonic()
        with geoname.store.writing("bench", WRITER) as writer:
            writer.put_batch(batch, release)
        now = time.monotonic()
        sys.stdout.write(f"{batch.names.id[-1]} {now} {now - begun}\n")
        sys.stdout.flush()
    geoname.close()


def watch_arrivals(
    geoname: Geoname, told: subprocess.Popen[str], late: list[float], held: list[float]
) -> None:
    """How long after each transaction its last name is found here."""
    assert told.stdout is not None
    for line in told.stdout:
        name_id, written, took = line.split()
        held.append(float(took))
        while geoname.live().names.position_of(name_id) is None:
            time.sleep(0.01)
        late.append(time.monotonic() - float(written))


def measure(
    database: str, cache: Path, count: int, rate: int, size: int, seconds: float, pause: float
) -> dict[str, Any]:
    """Times in quiet and while names are written beside the shipped data, and their ratios."""
    geoname = open_geoname(database, cache)
    if count:
        load_generated(geoname, generated_batch(geoname, count, seed=3), "generated")
    geoname.refresh()
    geoname.watch()
    ask_for(geoname, min(5.0, seconds), pause)
    quiet = ask_for(geoname, seconds, pause)
    before = geoname.live().register.place
    command = [sys.executable, __file__, "--write", database, str(cache)]
    told = subprocess.Popen([*command, str(rate), str(size), str(seconds)], stdout=subprocess.PIPE, text=True)
    late: list[float] = []
    held: list[float] = []
    arrivals = threading.Thread(target=watch_arrivals, args=(geoname, told, late, held))
    arrivals.start()
    while not late:
        time.sleep(0.01)
    busy = ask_for(geoname, seconds, pause)
    arrivals.join()
    assert told.stdout is not None
    told.stdout.close()
    told.wait()
    came, folded = geoname.live().register.came_since, geoname.live().register.place != before
    geoname.close()
    return {
        "names": len(geoname.live().names),
        "written": len(late) * size,
        "names_per_second": rate,
        "held_in_memory": came,
        "folded": folded,
        "seconds_until_found": _spread(late),
        "seconds_of_a_transaction": _spread(held),
        "milliseconds": {
            kind: {
                "quiet": _spread(quiet[kind]),
                "writing": _spread(busy[kind]),
                "p99_times_quiet": round(_p99(busy[kind]) / _p99(quiet[kind]), 2),
            }
            for kind in quiet
        },
        "p99_times_quiet": round(_p99([*chain(*busy.values())]) / _p99([*chain(*quiet.values())]), 2),
    }


def _p99(values: list[float]) -> float:
    return float(np.percentile(values, 99))


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "p50": round(float(np.median(values)), 3),
        "p99": round(_p99(values), 3),
        "max": round(max(values), 3),
    }


def main() -> None:
    """Measure and print; as the writing process, write."""
    if sys.argv[1:2] == ["--write"]:
        database, cache, rate, size, seconds = sys.argv[2:]
        write(database, Path(cache), int(rate), int(size), float(seconds))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="generated names beside the shipped ones")
    parser.add_argument("--rate", type=int, default=1_000, help="names written a second")
    parser.add_argument("--size", type=int, default=100, help="names in one transaction")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=0.002, help="seconds between two questions")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="geoname-live-") as folder:
        database, cache = str(Path(folder) / "geoname.gpkg"), Path(folder) / "cache"
        load_guizhou(database, cache, "bench")
        found = measure(database, cache, given.count, given.rate, given.size, given.seconds, given.pause)
    if given.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{found['names']} names; {found['written']} written, {found['names_per_second']} a second")
    print(f"found by another process after {found['seconds_until_found']} s")
    print(f"a transaction of {given.size} names took {found['seconds_of_a_transaction']} s")
    for kind, each in found["milliseconds"].items():
        print(
            f"{kind:10} quiet {each['quiet']} ms, writing {each['writing']} ms: "
            f"p99 × {each['p99_times_quiet']}"
        )
    print(f"all: p99 × {found['p99_times_quiet']} (target 2)")


if __name__ == "__main__":
    main()
