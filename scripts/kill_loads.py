"""Kill a load of names at random moments, and look each time whether all of it or nothing is there.

A copy of a loaded database gets a generated file of names; the loading process is killed with SIGKILL at
moments spread over its run, begun again, and at last left to its end. After each kill no record may be served
unless all are, the database must have no fault, and in the end every record is there once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from geoname.service.opened import Geoname, open_geoname

_SOURCE = "own-killed"
_DEFINITION = """title = "generated"
authority = "none"
source = "generated"
licence = "CC0"
valid_from = 2024-01-01
crs = "EPSG:4490"
id = "killed"
scheme = "nbs"
"""


@dataclass(frozen=True, slots=True)
class Killed:
    """What a number of kills came to: how many ended the load early, and what was wrong after any."""

    moments: int
    killed: int
    records: int
    wrong: tuple[str, ...]


def kill_loads(database: Path, moments: int, records: int, seed: int = 1) -> Killed:
    """Kill loads of `records` generated names into a copy of a database at random moments."""
    random_ = random.Random(seed)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        file = _table(place, records)
        whole = _copy(database, place / "whole")
        began = time.monotonic()
        _start(whole, file).wait()
        seconds = time.monotonic() - began
        killed = 0
        work = _copy(database, place / "work")
        for moment in range(moments):
            process = _start(work, file)
            try:
                process.wait(random_.uniform(0.1, seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
            wrong += [f"moment {moment}: {fault}" for fault in _faults(work, records)]
            if _served(work):
                shutil.rmtree(place / "work")
                work = _copy(database, place / "work")
        _start(work, file).wait()
        wrong += [f"at the end: {fault}" for fault in _faults(work, records)]
        if sum(_served(work).values()) != records:
            wrong.append("at the end: not every record is there")
    return Killed(moments, killed, records, tuple(wrong))


def _table(folder: Path, records: int) -> Path:
    file = folder / "names.csv"
    rows = ["记录编号,标准名称,类别,东经,北纬,所在政区"]
    rows += [f"r{i},虚构{i}号寨,22200,{106.6 + i % 100 * 1e-3:.4f},26.335,520111" for i in range(records)]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    file.with_name("names.csv.toml").write_text(_DEFINITION, encoding="utf-8")
    return file


def _copy(database: Path, folder: Path) -> Path:
    folder.mkdir()
    shutil.copy(database, folder / "geoname.gpkg")
    if (database.parent / "cache").is_dir():
        shutil.copytree(database.parent / "cache", folder / "cache")
    return folder / "geoname.gpkg"


def _start(database: Path, file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "geoname.faces.cli", "load", "names", str(file)],
        env=os.environ | {"GEONAME_DATABASE": str(database), "GEONAME_CACHE": str(database.parent / "cache")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _opened(database: Path) -> Geoname:
    return open_geoname(str(database), database.parent / "cache")


def _served(database: Path) -> Counter[str]:
    """How often each record of the source is served."""
    geoname = _opened(database)
    try:
        return Counter(
            entry.place.source_record
            for entries in geoname.store.name_entries()
            for entry in entries
            if entry.place.source_record.startswith(f"{_SOURCE}:")
        )
    finally:
        geoname.close()


def _faults(database: Path, records: int) -> list[str]:
    geoname = _opened(database)
    try:
        found = [f"{fault.check} {fault.where}: {fault.trouble}" for fault in geoname.store.verify()]
        geoname.live()
    finally:
        geoname.close()
    served = _served(database)
    if served and len(served) != records:
        found.append(f"{len(served)} of {records} records are served")
    if any(times > 1 for times in served.values()):
        found.append("a record is there twice")
    return found


def main() -> int:
    """Kill and look; exit code 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path, help="a loaded GeoPackage, which is only copied")
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--records", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = kill_loads(given.database, given.moments, given.records, given.seed)
    if given.json:
        sys.stdout.write(json.dumps(asdict(found)) + "\n")
    else:
        sys.stdout.write(f"{found.moments} moments, {found.killed} killed, {found.records} records\n")
        sys.stdout.write("\n".join(found.wrong or ("nothing was wrong",)) + "\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
