"""Measures a large load (批量载入): places and names into the register, published, with the index ready.

Beside it one process writes something small every 50 ms and tells how long it had to wait, and another asks
the register without pause. All names are generated. Process time is printed beside the time of day: on a busy
machine only the first can be compared.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from load_generated import Generated, generated_batch, open_release

from geoname.core.names.feature_class import VILLAGE_COMMITTEE
from geoname.core.names.place_name import split_name
from geoname.core.names.romanization import romanize
from geoname.errors import ConflictError
from geoname.formats.shipped_readings import read_readings
from geoname.service.find_names import NameQuery, find_names
from geoname.service.load_guizhou import load_guizhou
from geoname.service.opened import Geoname, open_geoname

PAUSE_S = 0.05


def write_small(database: str, cache: Path) -> None:
    """Write a record of audit every 50 ms until told to end; print how long each took."""
    geoname = open_geoname(database, cache)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    os.set_blocking(sys.stdin.fileno(), False)
    while True:
        with suppress(BlockingIOError):
            if sys.stdin.buffer.raw.read(1) == b"":
                break
        begun = time.perf_counter()
        try:
            with geoname.store.writing("bench", "small") as writer:
                writer.record("bench:small", "noted")
        except ConflictError:
            sys.stdout.write("refused\n")
        sys.stdout.write(f"{time.perf_counter() - begun}\n")
        time.sleep(PAUSE_S)
    geoname.close()


def ask(database: str, cache: Path) -> None:
    """Ask without pause until told to end; print how long each answer took."""
    geoname = open_geoname(database, cache)
    geoname.live()
    geoname.watch()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    os.set_blocking(sys.stdin.fileno(), False)
    while True:
        with suppress(BlockingIOError):
            if sys.stdin.buffer.raw.read(1) == b"":
                break
        begun = time.perf_counter()
        found = find_names(geoname, NameQuery("花溪区", "exact")).items
        sys.stdout.write(f"{time.perf_counter() - begun}\n" if found else "refused\n")
        time.sleep(PAUSE_S)
    geoname.close()


class Beside:
    """A process of this script that runs beside the load."""

    def __init__(self, what: str, database: str, cache: Path) -> None:
        """Start it, and wait until it is at work."""
        self._process = subprocess.Popen(
            [sys.executable, __file__, what, database, str(cache)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def end(self) -> dict[str, float]:
        """What it measured: how often, seconds at the median and at most, how often it was refused."""
        told, _ = self._process.communicate("")
        lines = told.split()
        spent = [float(line) for line in lines if line != "refused"]
        return {
            "count": len(spent),
            "p50": round(float(np.median(spent)), 4),
            "max": round(max(spent), 3),
            "refused": lines.count("refused"),
        }


def spell(geoname: Geoname, texts: list[str]) -> float:
    """Seconds of process time for deriving the romanization of names, each distinct one once."""
    table = read_readings()
    begun = time.process_time()
    for text in set(texts):
        romanize(split_name(text, VILLAGE_COMMITTEE), VILLAGE_COMMITTEE, table)
    return time.process_time() - begun


def measure(database: str, cache: Path, count: int, derive: bool, change: bool) -> dict[str, Any]:
    """Load so many names beside the shipped data, and what it took; then change all of them if wished."""
    geoname = open_geoname(database, cache)
    made = generated_batch(geoname, count, seed=5)
    spelling = spell(geoname, [*made.batch.names.text]) if derive else 0.0
    before = _memory()
    beside = [Beside("--write-small", database, cache), Beside("--ask", database, cache)]
    release = open_release(geoname, "census", published=False)
    steps: dict[str, dict[str, float]] = {}
    for step in ("load", "publish", "index"):
        begun, cpu = time.perf_counter(), time.process_time()
        if step == "load":
            geoname.store.load_batch(made.batch, release, actor="bench", reason="census")
        elif step == "publish":
            open_release(geoname, "census", published=True)
        else:
            geoname.refresh()
        steps[step] = {
            "seconds": round(time.perf_counter() - begun, 2),
            "process_seconds": round(time.process_time() - cpu, 2),
        }
        steps[step]["memory_mb"] = round((_memory() - before) / 1024)
    writing, asking = (each.end() for each in beside)
    found = len(geoname.live().names)
    begun, cpu = time.perf_counter(), time.process_time()
    again = geoname.store.load_batch(made.batch, release, actor="bench", reason="census")
    steps["the same again"] = {
        "seconds": round(time.perf_counter() - begun, 2),
        "process_seconds": round(time.process_time() - cpu, 2),
        "changed": again.added + again.changed,
    }
    changes = change_all(geoname, made, database, cache) if change else {}
    geoname.close()
    total = sum(steps[step]["process_seconds"] for step in ("load", "publish", "index"))
    return {
        "names_loaded": count,
        "names": found,
        "steps": steps,
        "process_seconds": round(total, 2),
        "process_seconds_with_spelling": round(total + spelling, 2),
        "small_writes_beside_seconds": writing,
        "questions_beside_seconds": asking,
        "changes": changes,
    }


def change_all(geoname: Geoname, made: Generated, database: str, cache: Path) -> dict[str, Any]:
    """Change every place and name that was loaded, laid ready and then published; what others waited for."""
    batch = made.batch
    changed = replace(
        batch,
        places=replace(batch.places, lon=np.asarray(batch.places.lon) + 0.001),
        names=replace(batch.names, romanization=[f"{spelt} x" for spelt in batch.names.romanization]),
    )
    release = open_release(geoname, "changes", published=False)
    steps: dict[str, Any] = {}
    for step in ("lay ready", "publish"):
        beside, begun = Beside("--write-small", database, cache), time.perf_counter()
        if step == "lay ready":
            written = geoname.store.load_batch(changed, release, actor="bench", reason="changes")
            steps["changed"] = written.changed
        else:
            open_release(geoname, "changes", published=True)
        seconds = round(time.perf_counter() - begun, 2)
        steps[step] = {"seconds": seconds, "small_writes_beside_seconds": beside.end()}
    return steps


def _memory() -> float:
    """The most memory this process has had, in kilobytes."""
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> None:
    """Measure and print; as a process beside, do its part."""
    if sys.argv[1:2] in (["--write-small"], ["--ask"]):
        work = write_small if sys.argv[1] == "--write-small" else ask
        work(sys.argv[2], Path(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=520_000)
    parser.add_argument("--address", help="an empty PostgreSQL database instead of a file")
    parser.add_argument("--derive", action="store_true", help="derive the romanization too")
    parser.add_argument("--change", action="store_true", help="change all of them too, and publish that")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="geoname-load-") as folder:
        database, cache = given.address or str(Path(folder) / "geoname.gpkg"), Path(folder) / "cache"
        load_guizhou(database, cache, "bench")
        found = measure(database, cache, given.count, given.derive, given.change)
    if given.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{found['names_loaded']} places and names loaded; the register has {found['names']} names")
    for step, spent in found["steps"].items():
        print(f"{step:15} {spent}")
    print(f"together {found['process_seconds']} s of process time (target 15 s on a machine at rest)")
    print(f"with spelling {found['process_seconds_with_spelling']} s (target 60 s)")
    print(f"a small write beside it took {found['small_writes_beside_seconds']} (longest: target 0.5 s)")
    print(f"a question beside it took {found['questions_beside_seconds']}")
    for step, spent in found["changes"].items():
        print(f"changes of all, {step}: {spent}")


if __name__ == "__main__":
    main()
