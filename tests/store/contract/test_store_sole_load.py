"""One process at a time loads a source, wherever its index files lie; a lock dies with its process."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from geoname.errors import ConflictError
from geoname.store.open_store import open_store

HOLDER = """
import sys, time
from pathlib import Path
from geoname.store.open_store import open_store

with open_store(sys.argv[1]).loading("own-a", Path(sys.argv[2])):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_process(address, folder):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, address, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def refused(store, source_id, folder):
    try:
        with store.loading(source_id, folder):
            return False
    except ConflictError as error:
        return source_id in error.message


def becomes_free(store, source_id, folder):
    """A server notices a few milliseconds later that a process is gone."""
    end = time.monotonic() + 10
    while refused(store, source_id, folder):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_a_source_that_another_process_loads_is_refused_and_others_are_not(store, store_address, tmp_path):
    with another_process(store_address, tmp_path):
        assert refused(store, "own-a", tmp_path)
        assert not refused(store, "own-b", tmp_path)
        with store.writing("officer", "something else"):
            pass
    assert becomes_free(store, "own-a", tmp_path)


def test_the_lock_is_free_again_after_a_load_that_failed(store, tmp_path):
    def fails():
        with store.loading("own-a", tmp_path):
            assert refused(store, "own-a", tmp_path)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not refused(store, "own-a", tmp_path)


@pytest.mark.postgres
def test_machines_that_share_a_server_need_not_share_a_folder(new_schema, tmp_path):
    address, other = new_schema(), new_schema()
    open_store(other, create=True).close()
    store, apart = open_store(address, create=True), open_store(other)
    with another_process(address, tmp_path / "one"):
        assert refused(store, "own-a", tmp_path / "two")
        assert not refused(apart, "own-a", tmp_path / "two")
    assert becomes_free(store, "own-a", tmp_path / "two")
    store.close()
    apart.close()
