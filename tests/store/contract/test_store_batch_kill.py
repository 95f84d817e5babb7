"""A large load that is killed leaves what is served as it was, and goes on when it is begun again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from geoname.core.register.provenance import ReleaseState
from geoname.store.open_store import open_store
from geoname.store.protocols import Written

COUNT = 6_000
LOADER = """
import sys
from geoname.core.register.record_batch import NameBatch, PlaceBatch, RecordBatch
from geoname.store import sql_store
from geoname.store.open_store import open_store
import numpy as np

sql_store._FIRST_PLACES = sql_store._MOST_PLACES = 600
count = int(sys.argv[2])
ids = [f"k{number * 7919 % count:05d}" for number in range(count)]
batch = RecordBatch(
    PlaceBatch(id=ids, feature_class="22200", source_record=ids, division_id="pbz", exactness="surveyed",
               lon=np.linspace(106, 107, count), lat=np.linspace(27, 28, count)),
    NameBatch(id=ids, place_id=ids, text=["某寨"] * count, specific=["某"] * count, generic=["寨"] * count),
)
store = open_store(sys.argv[1])
def told(done):
    print(done, flush=True)
print(0, flush=True)
written = store.load_batch(batch, "r2", actor="loader", reason="killed", progress=told)
print(written.added, written.changed, written.same, flush=True)
"""


def _run(address: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LOADER, address, str(COUNT)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("moments", [(0, 0.0), (2_400, 0.003), (7_200, 0.011)])
def test_killed_at_any_moment_nothing_served_changes_and_the_rest_is_loaded_after(
    filled, store_address, sample, make_release, moments
):
    done, more = moments
    with filled.writing("loader", "census") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
    process = _run(store_address)
    while int(process.stdout.readline()) < done:
        pass
    time.sleep(more)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert filled.verify() == []
    assert [entry.name for batch in filled.name_entries() for entry in batch] == list(sample.names)
    there = filled.info().rows["name"] - 4
    assert there % 600 == 0
    with _run(store_address) as again:
        lines = again.stdout.read().split("\n")
    added, changed, same = map(int, lines[-2].split())
    assert Written(added, changed, same) == Written(2 * (COUNT - there), 0, 2 * there)
    with filled.writing("loader", "publish") as writer:
        writer.put_release(make_release("r2"))
    assert sum(map(len, filled.name_entries())) == 4 + COUNT
    assert filled.verify() == []


def test_two_loads_at_once_leave_each_record_once(filled, store_address, make_release):
    with filled.writing("loader", "census") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
    running = [_run(store_address), _run(store_address)]
    told = [process.communicate()[0].strip().split("\n")[-1].split() for process in running]
    assert sum(int(added) for added, _, _ in told) == 2 * COUNT
    assert sum(int(same) for _, _, same in told) == 2 * COUNT
    assert filled.info().rows["name"] == 4 + COUNT
    store = open_store(store_address)
    assert store.verify() == []
    store.close()
