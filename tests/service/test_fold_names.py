"""Folding what came since into a new base: one at a time, and killed at any moment the old base goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from geoname.service.fold_names import fold_names
from geoname.service.live_matcher import MATCHER
from geoname.service.live_names import NAMES, newest_place
from geoname.service.opened import open_geoname


@pytest.fixture
def written(guizhou_copy, tmp_path):
    """The shipped data, with a name changed since its base was made."""
    live = guizhou_copy.live()
    row = live.names.exact("花溪区").rows[0]
    entry = guizhou_copy.store.name_entry(live.names.row(row).name_id)
    with guizhou_copy.store.writing("officer", "by hand") as writer:
        writer.put_names([replace(entry.name, text="花溪新区", generic="新区")], entry.release_id)
    return guizhou_copy


def fold(folder, beyond: str) -> subprocess.Popen[bytes]:
    told = {"address": str(folder / "geoname.gpkg"), "cache": str(folder / "cache"), "beyond": beyond}
    process = subprocess.Popen([sys.executable, "-m", "geoname.service.fold_names"], stdin=subprocess.PIPE)
    process.stdin.write(json.dumps(told).encode() + b"\n")
    process.stdin.close()
    return process


def test_killed_at_any_moment_the_old_base_goes_on(written, tmp_path):
    place = written.live().register.place
    started = time.monotonic()
    assert fold(tmp_path, place.text()).wait() == 0
    whole = time.monotonic() - started
    made = newest_place(written.files, place.divisions_version)
    for part in (0.3, 0.6, 0.85, 0.95):
        process = fold(tmp_path, made.text())
        time.sleep(whole * part)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        other = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
        assert len(other.live().names.exact("花溪新区").rows) == 1
        assert other.live().names.exact("花溪区").rows == []
        other.close()
    fold_names(written.store, written.files, "none")
    left = [each.name for each in (written.files.folder / NAMES).iterdir()]
    assert not [each for each in left if each.startswith("begun-")]


def test_a_base_that_is_newer_already_is_not_made_again(written):
    old = written.live().register.place
    newer = fold_names(written.store, written.files, old.text())
    assert newer.position > old.position
    assert fold_names(written.store, written.files, old.text()) == newer


def test_whoever_matches_finds_the_matcher_ready(written):
    before = written.live()
    assert MATCHER in {kind.name for kind in written.files.folder.iterdir()} or before.matcher() is not None
    place = fold_names(written.store, written.files, before.register.place.text())
    assert place.text() in written.files.generations(MATCHER)


def test_what_cannot_be_opened_is_told_in_one_line(tmp_path, capfd):
    assert fold(tmp_path, "none").wait() == 1
    told = capfd.readouterr().err
    assert told.startswith("the name index cannot be folded: ")
    assert told.count("\n") == 1
