"""A process killed in the middle of a write leaves the old state whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from geoname.store.open_store import open_store

WRITER = """
import sys
from dataclasses import replace
from geoname.core.register.place import Place
from geoname.core.register.name import Name
from geoname.store.geopackage import connection as opening
from geoname.store.open_store import open_store

connect = opening.connect

def with_little_memory(*given, **more):
    # What does not fit is in the log long before the commit.
    made = connect(*given, **more)
    made.execute("PRAGMA cache_size = -400")
    return made

opening.connect = with_little_memory
store = open_store(sys.argv[1])
stop_after = sys.argv[2]

def reached(step):
    if step == stop_after:
        print("reached", flush=True)
        sys.stdin.read()

with store.writing("loader", "killed") as writer:
    reached("begin")
    writer.put_places([Place(f"k{i}", "21610", None, f"k:{i}") for i in range(6_000)], "r1")
    reached("places")
    writer.put_names([Name(f"k{i}", f"k{i}", "某村", "某", "村") for i in range(6_000)], "r1")
    old = next(store.name_entries())[0].name
    writer.put_names([replace(old, text="改")], "r1")
    reached("names")
    if stop_after == "finish":
        writer.finish()
        reached("finish")
    if stop_after == "commit":
        print("reached", flush=True)
if stop_after == "commit":
    sys.stdin.read()
"""


@pytest.mark.parametrize("step", ["begin", "places", "names", "finish"])
def test_killed_before_the_commit_nothing_has_changed(filled, store_address, sample, step):
    version, rows = filled.data_version(), filled.info().rows
    filled.close()
    _kill_at(store_address, step)
    log = Path(f"{store_address}-wal")
    assert (log.stat().st_size > 100_000) == (step != "begin")
    again = open_store(store_address)
    assert again.verify() == []
    assert again.data_version() == version
    assert again.info().rows == rows
    assert [entry.name for batch in again.name_entries() for entry in batch] == list(sample.names)
    with again.writing("loader", "after it") as writer:
        writer.put_places(sample.places[:1], "r1")
    again.close()


def test_killed_at_the_commit_all_or_nothing_is_there(filled, store_address):
    filled.close()
    _kill_at(store_address, "commit")
    again = open_store(store_address)
    assert again.verify() == []
    assert again.info().rows["name"] in (4, 6_004)
    assert (again.data_version() == 2) == (again.info().rows["name"] == 6_004)
    again.close()


def test_killed_while_a_database_is_made_leaves_none_or_a_whole_one(tmp_path):
    code = "import sys; from geoname.store.open_store import open_store; open_store(sys.argv[1], create=True)"
    path = tmp_path / "new.gpkg"
    for milliseconds in (250, 350, 450, 550, 650):
        process = subprocess.Popen([sys.executable, "-c", code, str(path)])
        try:
            process.wait(milliseconds / 1000)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        if path.exists():
            store = open_store(str(path))
            assert store.verify() == []
            store.close()
    store = open_store(str(path), create=True)
    assert store.verify() == []
    store.close()


def _kill_at(address: str, step: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, address, step],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"reached\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    process.stdin.close()
