"""A publication that is killed shows all of its changes or none, and what it left is written down later."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from geoname.core.register.provenance import ReleaseState
from geoname.core.register.record_batch import NameBatch, PlaceBatch, RecordBatch

COUNT = 1_200
PUBLISHER = """
import sys
from dataclasses import replace
from geoname.core.register.provenance import ReleaseState
from geoname.store import sql_store
from geoname.store.open_store import open_store

sql_store._MOST_CHANGES = sql_store._FEWEST_CHANGES = 150
store = open_store(sys.argv[1])
print("ready", flush=True)
with store.writing("chief", "publish") as writer:
    (staged,) = [release for release in store.releases() if release.id == "r3"]
    writer.put_release(replace(staged, state=ReleaseState.PUBLISHED, published_at="2024-01-02T00:00:00Z"))
print("done", flush=True)
"""


def batch(text, origin):
    ids = [f"k{number:011}" for number in range(COUNT)]
    return RecordBatch(
        PlaceBatch(id=ids, feature_class="22200", source_record=ids, division_id="pbz", origin=origin),
        NameBatch(id=ids, place_id=ids, text=[text] * COUNT, specific=[text] * COUNT, generic=[""] * COUNT),
    )


@pytest.fixture
def staged(filled, make_release):
    """A published release of many records, and a staged one that changes each of them."""
    for release_id, text in (("r2", "旧"), ("r3", "新")):
        with filled.writing("loader", "stage") as writer:
            writer.put_release(make_release(release_id, ReleaseState.STAGED))
        filled.load_batch(batch(text, text), release_id, actor="loader", reason="load")
        if release_id == "r2":
            with filled.writing("loader", "publish") as writer:
                writer.put_release(make_release(release_id))
    return filled


def shown(store):
    """The distinct (name, origin of its place) of the records."""
    entries = [entry for entries in store.name_entries() for entry in entries if entry.name.id[0] == "k"]
    assert len(entries) == COUNT
    return {(entry.name.text, entry.place.account.origin) for entry in entries}


def test_killed_at_any_moment_all_or_nothing_is_shown(staged, store_address, make_release):
    chance = random.Random(7)
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, store_address], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.25))
            os.kill(process.pid, signal.SIGKILL)
        published = next(one for one in staged.releases() if one.id == "r3").state is ReleaseState.PUBLISHED
        assert shown(staged) == ({("新", "新")} if published else {("旧", "旧")})
        assert staged.verify() == []
    with staged.writing("chief", "publish") as writer:
        writer.put_release(make_release("r3"))
    staged.settle()
    assert shown(staged) == {("新", "新")}
    assert staged.name_entry("k00000000007").name == replace(staged.names_of("k00000000007")[0], version=2)
    assert [record.action for record in staged.audit("name:k00000000007")] == ["changed"]
    rows = staged.info().rows
    assert rows["staged_name"] == rows["staged_place"] == 0
    assert staged.verify() == []
