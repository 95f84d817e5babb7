"""The worker: goes on from the checkpoint, lets go when told, and no job is lost when it is killed."""

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from geoname.errors import InvalidInputError, StorageError
from geoname.service.opened import Geoname
from geoname.service.run_jobs import JobRunner, Pace, Step
from geoname.store.open_store import open_store
from geoname.store.protocols_jobs import Chunk, JobState

LATER = time.time() + 86_400
QUICK = Pace(lease_s=0.3, idle_s=0.01)


@pytest.fixture
def geoname(tmp_path):
    opened = Geoname(open_store(str(tmp_path / "geoname.gpkg"), create=True), tmp_path / "cache")
    yield opened
    opened.close()


def counting(upto, pause=0.0, made=None):
    """Work that counts: a chunk for each number from the checkpoint on."""

    def work(job):
        for number in range(int(job.checkpoint or 0), upto):
            time.sleep(pause)
            if made is not None:
                made.append(number)
            yield Step(Chunk(number, 1, b"%d" % number), str(number + 1), json.dumps({"done": number + 1}))

    return work


def numbers(store, id_="j1"):
    return [int(chunk.content) for chunk in store.job_chunks(id_)]


def test_a_job_runs_to_its_end(geoname):
    geoname.store.add_job("j1", "count", "t", "", LATER)
    runner = JobRunner(geoname, {"count": counting(5)}, pace=QUICK)
    assert runner.run_one()
    assert not runner.run_one()
    job = geoname.store.job("j1")
    assert (job.state, json.loads(job.progress)) == (JobState.DONE, {"done": 5})
    assert numbers(geoname.store) == [0, 1, 2, 3, 4]


def test_a_stopped_worker_gives_its_job_back_and_another_goes_on(geoname):
    geoname.store.add_job("j1", "count", "t", "", LATER)
    first = JobRunner(geoname, {"count": counting(20, pause=0.02)}, pace=QUICK)
    thread = threading.Thread(target=first.run)
    thread.start()
    while geoname.store.job("j1").chunks < 2:
        time.sleep(0.01)
    first.stop()
    thread.join()
    job = geoname.store.job("j1")
    assert job.state is JobState.QUEUED
    assert 2 <= job.chunks < 20
    made = []
    JobRunner(geoname, {"count": counting(20, made=made)}, pace=QUICK).run_one()
    assert made[0] == job.chunks
    assert numbers(geoname.store) == list(range(20))


def test_work_longer_than_the_lease_is_kept_by_the_heartbeat(geoname):
    geoname.store.add_job("j1", "count", "t", "", LATER)
    runner = JobRunner(geoname, {"count": counting(2, pause=0.8)}, pace=QUICK)
    thread = threading.Thread(target=runner.run_one)
    thread.start()
    time.sleep(0.7)
    assert geoname.store.lease_job("other", 60, ("count",)) is None
    thread.join()
    assert geoname.store.job("j1").state is JobState.DONE


def test_a_cancelled_job_stops_at_the_next_chunk(geoname):
    geoname.store.add_job("j1", "count", "t", "", LATER)
    made = []
    runner = JobRunner(geoname, {"count": counting(1000, pause=0.01, made=made)}, pace=QUICK)
    thread = threading.Thread(target=runner.run_one)
    thread.start()
    while geoname.store.job("j1").chunks < 2:
        time.sleep(0.01)
    geoname.store.cancel_job("j1", "t")
    thread.join()
    assert geoname.store.job("j1").state is JobState.CANCELLED
    assert len(made) < 1000


def test_a_job_that_cannot_be_right_fails_and_says_why(geoname):
    def work(job):
        yield Step(Chunk(0, 1, b"0"), "1", "one done")
        raise InvalidInputError("row 7 is not text: write text", zh="第 7 行不是文字:请写文字")

    geoname.store.add_job("j1", "count", "t", "", LATER)
    JobRunner(geoname, {"count": work}).run_one()
    job = geoname.store.job("j1")
    assert (job.state, job.progress) == (JobState.FAILED, "one done")
    assert json.loads(job.trouble)["zh"].startswith("第 7 行")


def test_a_full_disk_leaves_the_job_for_later(geoname):
    disks = iter([StorageError("full: make room", zh="满"), None])

    def work(job):
        trouble = next(disks)
        if trouble:
            raise trouble
        yield from counting(2)(job)

    geoname.store.add_job("j1", "count", "t", "", LATER)
    runner = JobRunner(geoname, {"count": work}, pace=QUICK)
    with pytest.raises(StorageError):
        runner.run_one()
    assert geoname.store.job("j1").state is JobState.QUEUED
    assert runner.run_one()
    assert geoname.store.job("j1").state is JobState.DONE


def test_a_fault_of_the_program_is_told_by_number_and_not_hidden(geoname, caplog):
    def work(job):
        raise ZeroDivisionError("some secret")
        yield

    geoname.store.add_job("j1", "count", "t", "", LATER)
    with pytest.raises(ZeroDivisionError):
        JobRunner(geoname, {"count": work}).run_one()
    job = geoname.store.job("j1")
    number = json.loads(job.trouble)["en"].split()[-1]
    assert job.state is JobState.FAILED
    assert number in caplog.text
    assert "some secret" not in job.trouble


def test_a_job_that_always_kills_its_worker_is_given_up(geoname):
    geoname.store.add_job("j1", "count", "t", "", LATER)
    for _ in range(20):
        geoname.store.lease_job("victim", 0.0, ("count",))
        time.sleep(0.002)
    time.sleep(0.01)
    JobRunner(geoname, {"count": counting(5)}, pace=QUICK).run_one()
    job = geoname.store.job("j1")
    assert job.state is JobState.FAILED
    assert "20" in json.loads(job.trouble)["zh"]


WORKER = """
import json, sys, time
sys.path.insert(0, {tests!r})
from pathlib import Path
from geoname.service.opened import Geoname
from geoname.service.run_jobs import JobRunner, Pace
from geoname.store.open_store import open_store
from test_run_jobs import counting
geoname = Geoname(open_store({address!r}), Path({cache!r}))
print("ready", flush=True)
JobRunner(geoname, {{"count": counting(60, pause=0.01)}}, pace=Pace(lease_s=0.3, idle_s=0.01)).run()
"""


def test_a_worker_killed_again_and_again_loses_no_chunk_and_makes_none_twice(geoname, tmp_path):
    geoname.store.add_job("j1", "count", "t", "", LATER)
    script = WORKER.format(
        tests=str(Path(__file__).parent),
        address=str(tmp_path / "geoname.gpkg"),
        cache=str(tmp_path / "cache"),
    )
    kills = 0
    while geoname.store.job("j1").state is not JobState.DONE:
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert process.stdout.readline() == b"ready\n"
        before = geoname.store.job("j1").chunks
        while geoname.store.job("j1").state is not JobState.DONE:
            time.sleep(0.02)
            if kills < 4 and geoname.store.job("j1").chunks >= before + 6:
                break
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        kills += 1
    assert kills == 5
    assert geoname.store.job("j1").lease >= 5
    assert numbers(geoname.store) == list(range(60))
    assert geoname.store.verify() == []
