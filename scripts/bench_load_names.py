"""Measures the whole command `geoname load names FILE` (整条载入命令): a table of names, from file to index.

The table is generated and labelled so: the columns of a census file, one row in a thousand at fault. Steps
are told in process time, which a busy machine changes little: reading and checking, making records and
comparing them, writing, publishing, the index; then the same file once more, which must change nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from generate_names import LABEL, generate

from geoname.service.load_guizhou import load_guizhou
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names
from geoname.service.opened import open_geoname

HEADINGS = (
    "记录编号", "标准名称", "别名", "罗马字母拼写", "类别", "命名时间", "东经", "北纬", "坐标系",
    "所在政区代码", "登记时间", "资料来源",
)  # fmt: skip
DEFINITION = f"""title = "Generated names: none is real"
authority = "{LABEL}"
source = "{LABEL}"
licence = "CC0-1.0"
valid_from = 2026-01-01
crs = "EPSG:4490"
scheme = "nbs"
id = "{LABEL}-census"
"""
_AT_ONCE = 500_000
_ALIAS_EVERY, _FAULT_EVERY = 40, 1_000
_FAULTS = ("标准名称", "类别", "所在政区代码", "东经", "登记时间")


def write_table(file: Path, count: int, *, spelt: bool) -> None:
    """A census table of generated names, with its definition beside it."""
    file.with_name(f"{file.name}.toml").write_text(DEFINITION, encoding="utf-8")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for first in range(0, count, _AT_ONCE):
            made = generate(min(_AT_ONCE, count - first), seed=first + 1)
            for i in range(len(made)):
                number = first + i
                row = [
                    f"g{number:09}", made.text[i], f"老{made.text[i]}" if number % _ALIAS_EVERY == 0 else "",
                    made.romanization[i] if spelt else "", made.feature_class[i], str(1950 + number % 70),
                    made.lon[i], made.lat[i], "2000国家大地坐标系", made.division[i],
                    f"2015-{number % 12 + 1:02}-{number % 28 + 1:02}", LABEL,
                ]  # fmt: skip
                if number % _FAULT_EVERY == _FAULT_EVERY - 1:
                    at = number // _FAULT_EVERY % len(_FAULTS)
                    row[HEADINGS.index(_FAULTS[at])] = "" if at == 0 else "错"
                writer.writerow(row)


def measure(file: Path, database: str, cache: Path) -> dict[str, Any]:
    """Load a table twice into a register that holds the shipped data, and what each step took."""
    geoname = open_geoname(database, cache)
    geoname.live()
    steps: Counter[str] = Counter()
    memory: dict[str, int] = {"before": round(_memory() / 1024)}
    store, write = geoname.store, geoname.store.load_batch
    began = [time.process_time()]

    def turn(step: str) -> None:
        now = time.process_time()
        steps[step] += now - began[0]  # type: ignore[assignment]
        began[0] = now
        memory[step] = round(_memory() / 1024)

    def written(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        turn("make")
        result = write(*given, **named)
        turn("write")
        return result

    at = ["read"]

    def progress(step: str, _done: int, _of: int) -> None:
        # Each step is told when a part of it is done, publishing and indexing when they begin.
        turn("make" if step == "write" else step if step == "read" else at[0])
        at[0] = step

    store.load_batch = written  # type: ignore[method-assign]
    begun = time.perf_counter()
    report = load_names(geoname, LoadRequest(file, None, "bench", rejects=file.with_suffix(".bad")), progress)
    turn("index")
    seconds, most = time.perf_counter() - begun, dict(memory)
    once = {step: round(spent, 2) for step, spent in steps.items()}
    steps.clear()
    again = load_names(geoname, LoadRequest(file, None, "bench"), None)
    turn("all")
    geoname.close()
    return {
        "rows": report.rows,
        "records": report.records,
        "rejected": report.rejected,
        "names": report.names,
        "process_seconds": once,
        "together": round(sum(once.values()), 2),
        "seconds": round(seconds, 2),
        "most_memory_until_mb": most,
        "again": {"status": again.status.value, "process_seconds": round(steps["all"], 2)},
    }


def _memory() -> float:
    """The most memory this process has had, in kilobytes."""
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> None:
    """Measure and print; what is measured is made in a process of its own, whose memory does not count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=520_000)
    parser.add_argument("--address", help="an empty PostgreSQL database instead of a file")
    parser.add_argument("--derive", action="store_true", help="a table without romanization")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--make", type=Path, help="only write the table and load the shipped data")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="geoname-load-names-") as made:
        folder = given.make or Path(made)
        file, cache = folder / "names.csv", folder / "cache"
        database = given.address or str(folder / "geoname.gpkg")
        if given.make:
            write_table(file, given.count, spelt=not given.derive)
            load_guizhou(database, cache, "bench")
            return
        subprocess.run([sys.executable, *sys.argv, "--make", str(folder)], check=True)
        found = measure(file, database, cache)
    if given.json:
        print(json.dumps(found, indent=1))
        return
    for key, value in found.items():
        print(f"{key:20} {value}")
    print("target: 15 s of process time for 520,000 records with romanization, 60 s when it is derived")


if __name__ == "__main__":
    main()
