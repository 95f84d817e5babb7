"""A writer that is killed leaves nothing behind, and holds nobody up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from geoname.store.open_store import open_store

pytestmark = pytest.mark.postgres
WRITER = """
import sys
from geoname.core.register.place import Place
from geoname.store.open_store import open_store

store = open_store(sys.argv[1])
with store.writing("loader", "to be killed") as writer:
    writer.put_places([Place(f"k{i}", "21610", None, f"k:{i}") for i in range(5_000)], "r1")
    print("reached", flush=True)
    sys.stdin.read()
"""


def test_killed_in_the_middle_nothing_has_changed_and_the_next_writer_goes_on(filled, store_address, sample):
    rows = filled.info().rows
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, store_address], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"reached\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    process.stdin.close()
    next_one = open_store(store_address, busy_seconds=10)
    with next_one.writing("loader", "after it") as writer:
        writer.put_places(sample.places[:1], "r1")
    assert (next_one.info().rows, next_one.verify()) == (rows, [])
    next_one.close()
