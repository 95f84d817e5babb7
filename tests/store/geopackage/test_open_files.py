"""A file that is open may be opened again in the same process, and nothing that others write is missed."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from geoname.errors import DatabaseError
from geoname.store.open_store import open_store

CHILD = """
from geoname.store.open_store import open_store
store = open_store({address!r})
store.add_job({job!r}, "k", "o", "", 9e9)
store.close()
"""


def elsewhere(address, job):
    """Write in another process, which ends and, were it the last, would clear away what is written ahead."""
    subprocess.run([sys.executable, "-c", CHILD.format(address=address, job=job)], check=True)


@pytest.mark.parametrize("close_second", [True, False])
def test_opening_again_keeps_the_locks_of_what_is_open(tmp_path, close_second):
    address = str(tmp_path / "a.gpkg")
    first = open_store(address, create=True)
    first.jobs()
    second = open_store(address)
    second.jobs()
    if close_second:
        second.close()
    elsewhere(address, "j1")
    assert [job.id for job in first.jobs()] == ["j1"]
    first.add_job("j2", "k", "o", "", 9e9)
    elsewhere(address, "j3")
    first.close()
    second.close()
    again = open_store(address)
    assert [job.id for job in again.jobs()] == ["j1", "j2", "j3"]
    assert again.verify() == []
    again.close()


def test_threads_that_open_at_once_keep_each_others_locks(tmp_path):
    address = str(tmp_path / "a.gpkg")
    open_store(address, create=True).close()
    stores = []

    def open_and_read():
        store = open_store(address)
        store.jobs()
        stores.append(store)

    threads = [threading.Thread(target=open_and_read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elsewhere(address, "j1")
    assert [len(store.jobs()) for store in stores] == [1] * 8
    for store in stores:
        store.close()


def test_once_closed_a_file_is_looked_at_again(tmp_path):
    file = tmp_path / "a.gpkg"
    open_store(str(file), create=True).close()
    file.write_bytes(b"no database" * 20)
    with pytest.raises(DatabaseError, match="no GeoPackage"):
        open_store(str(file))
