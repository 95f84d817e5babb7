"""One writes at a time, others read on what was there."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from geoname.errors import ConflictError
from geoname.store.open_store import open_store


def test_a_second_writer_waits_then_is_told_of_the_conflict(filled, sample, store_address):
    other = open_store(store_address, busy_seconds=0.2)
    with filled.writing("first", "long") as writer:
        writer.put_names([replace(sample.names[0], text="甲")], "r1")
        with pytest.raises(ConflictError, match="another writer"), other.writing("second", "y"):
            pass
    with other.writing("second", "after it") as writer:
        writer.put_names([replace(sample.names[0], text="乙")], "r1")
    assert filled.name_entry("n1").name.version == 3
    other.close()


def test_reading_goes_on_while_another_writes(filled, sample, store_address):
    other = open_store(store_address, busy_seconds=5)
    with filled.writing("first", "long") as writer:
        writer.put_names([replace(sample.names[0], text="甲")], "r1")
        assert other.name_entry("n1").name.text == "贵州省"
        assert other.data_version() == 1
    assert other.name_entry("n1").name.text == "甲"
    other.close()


def test_a_stream_shows_one_moment_even_when_names_change_under_it(filled, sample):
    stream = filled.name_entries(batch=1)
    first = next(stream)
    with filled.writing("x", "meanwhile") as writer:
        writer.put_names([replace(name, text="变") for name in sample.names], "r1")
    assert [entry.name.text for batch in [first, *stream] for entry in batch] == [
        name.text for name in sample.names
    ]


def test_many_threads_writing_lose_nothing(filled, store_address):
    def append(thread: int) -> None:
        store = open_store(store_address, busy_seconds=30)
        for i in range(8):
            with store.writing(f"thread {thread}", "count") as writer:
                writer.record("tally", "counted", after=str(i))
        store.close()

    threads = [threading.Thread(target=append, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [record.position for record in filled.audit("tally")] == list(range(1, 33))
    assert filled.verify_audit() == []
    assert filled.data_version() == 33
