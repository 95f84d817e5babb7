"""`geoname load guizhou` killed at any moment leaves the old or the new state whole, and can be run again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from geoname.errors import NotReadyError
from geoname.service.opened import open_geoname
from geoname.store.open_store import open_store

LOADER = """
import os, signal, sys, time
from dataclasses import replace
from geoname.faces.cli.main import run
from geoname.service import load_guizhou as loading

newer, *moments = sys.argv[1:]
opens, reads, registers, activates = (
    loading.open_geoname, loading.read_sources, loading._write_register, loading._activate
)
said = None

def reached(moment):
    if said is not None and said[0] == moment:
        os.write(said[1], b"!")
        signal.pause()

def has_written(child):
    log = os.environ["GEONAME_DATABASE"] + "-wal"
    while not os.path.exists(log) or os.path.getsize(log) < 3_000_000:
        time.sleep(0.01)
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            return False
    return True

def opened(*words, **more):
    # What was read once serves every moment: each is reached, and killed, in a process forked off here.
    global said
    for moment in moments:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            said = moment, writing
            break
        os.close(writing)
        met = has_written(child) if moment == "while it writes" else os.read(reading, 1) == b"!"
        if met:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.close(reading)
        print("killed" if met else "missed", moment, flush=True)
        sys.stdin.readline()
    made = opens(*words, **more)
    reached("opened")
    return made

def registered(*words):
    written = registers(*words)
    reached("in the transaction")
    return written

def activated(*words, **more):
    reached("committed")
    active = activates(*words, **more)
    reached("activated")
    return active

def sources():
    read = reads()
    return [replace(one, sha256="0" * 64) if one.id == newer else one for one in read]

divisions = loading.read_divisions
if not newer:  # the first load does without villages, which take most of the time and change nothing here
    loading.read_divisions = lambda: tuple(one for one in divisions() if len(one.code) < 12)
loading.open_geoname, loading.read_sources = opened, sources
loading._write_register, loading._activate = registered, activated
sys.exit(run(["load", "guizhou", "--json"]))
"""


def environment(folder):
    return {
        **os.environ,
        "GEONAME_DATABASE": str(folder / "geoname.gpkg"),
        "GEONAME_CACHE": str(folder / "cache"),
    }


@contextmanager
def killed_at(folder, newer, moments):
    """Go from moment to moment, a process killed at each; and what lets the load go on to its end."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOADER, newer, *moments],
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def each():
        for moment in moments:
            assert process.stdout.readline() == f"killed {moment}\n"
            yield moment
            if moment != moments[-1]:
                process.stdin.write("\n")
                process.stdin.flush()

    def at_last():
        out, _ = process.communicate("\n")
        assert process.returncode == 0
        return json.loads(out)

    try:
        yield each(), at_last
    finally:
        process.kill()
        process.communicate()


def state(folder):
    """What the database holds, which must be whole whenever it is looked at."""
    store = open_store(str(folder / "geoname.gpkg"))
    try:
        assert store.verify() == []
        active = store.active_edition()
        releases = {(one.id, str(one.state)) for one in store.releases()}
        return store.data_version(), store.info().rows, releases, active and active.id
    finally:
        store.close()


def test_killed_during_the_first_load_there_is_nothing_or_all_of_it(tmp_path):
    before = ("while it writes", "opened", "in the transaction")
    seen = {}
    with killed_at(tmp_path, "", (*before, "committed", "activated")) as (each, at_last):
        for moment in each:
            seen[moment] = state(tmp_path)
            if moment in before:
                not_served(tmp_path)
        report = at_last()
    for moment in before:
        assert seen[moment][1]["name"] == 0
        assert seen[moment][2:] == (set(), None)
    assert seen["committed"][1]["name"] > 2_000
    assert seen["committed"][3] is None
    assert seen["activated"][3] == "tianditu"
    assert seen["activated"][2] == seen["committed"][2]
    assert (report["added"], report["changed"]) == (0, 0)  # all of it was there, and is not loaded twice
    assert state(tmp_path) == seen["activated"]
    geoname = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    assert geoname.live().generation
    geoname.close()


def not_served(folder):
    geoname = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    with pytest.raises(NotReadyError, match="geoname load guizhou"):
        geoname.live()
    geoname.close()


def test_killed_while_a_newer_release_replaces_an_older_the_old_one_or_the_new_one_is_there(loaded, tmp_path):
    shutil.copy(loaded / "geoname.gpkg", tmp_path / "geoname.gpkg")
    before = state(tmp_path)
    seen = {}
    with killed_at(tmp_path, "geonames", ("opened", "in the transaction", "committed")) as (each, _):
        for moment in each:
            seen[moment] = state(tmp_path)
    assert seen["opened"] == seen["in the transaction"] == before
    after = seen["committed"]
    assert after[0] > before[0]
    assert after[3] == before[3]
    assert {name for name, _ in after[2] - before[2] if name.endswith("0" * 12)} == {f"geonames-{'0' * 12}"}
