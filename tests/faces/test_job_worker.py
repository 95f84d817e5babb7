"""The worker beside a server: it does what waits, comes again when killed, and ends with the server."""

import shutil
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_serve import PATIENCE, serving

from geoname.store.open_store import open_store

pytestmark = pytest.mark.xdist_group("serve")


@pytest.fixture
def folder(loaded, tmp_path):
    shutil.copy(loaded / "geoname.gpkg", tmp_path / "geoname.gpkg")
    shutil.copytree(loaded / "cache", tmp_path / "cache")
    return tmp_path


def workers(served):
    found = []
    for child in psutil.Process(served.process.pid).children(recursive=True):
        try:
            if "jobs" in child.cmdline():
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def until(happens):
    end = time.monotonic() + PATIENCE
    while not (found := happens()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def test_what_waits_is_done_even_after_the_worker_was_killed(folder):
    store = open_store(str(folder / "geoname.gpkg"))
    with serving(folder, 1) as served:
        (first,) = until(lambda: workers(served))
        first.kill()
        (second,) = until(lambda: [one for one in workers(served) if one.pid != first.pid])
        # The request names a file that is not there: the worker takes the job up and says so.
        request = (
            '{"sha256": "%s", "size": 1, "filename": "a.csv", "kind": "csv", "rows": 1, "most_rows": 9, '
            '"options": {"column": "地名"}}' % ("0" * 64)
        )
        store.add_job("j1", "validation", "t", request, time.time() + 1000)
        until(lambda: store.job("j1").state == "failed")
        assert "重新上传" in store.job("j1").trouble
        assert second.nice() > psutil.Process(served.process.pid).nice()
    assert not second.is_running()
    store.close()


def test_the_worker_ends_when_the_server_is_killed(folder):
    with serving(folder, 1) as served:
        (worker,) = until(lambda: workers(served))
        until(lambda: worker.nice() > 0)
        others = [
            c for c in psutil.Process(served.process.pid).children(recursive=True) if c.pid != worker.pid
        ]
        served.process.send_signal(signal.SIGKILL)
        until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)
        for other in others:
            other.kill()
