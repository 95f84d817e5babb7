"""Jobs: one holder at a time, and only the present holder writes, whatever the one before still does."""

from __future__ import annotations

import threading
import time

import pytest

from geoname.errors import NotFoundError
from geoname.store.open_store import open_store
from geoname.store.protocols_jobs import Chunk, JobState, LeaseLostError

LATER = time.time() + 86_400
KINDS = ("validation",)


@pytest.fixture
def queued(store):
    store.add_job("j1", "validation", "t1", '{"file": "abc"}', LATER)
    return store


def content(store, job_id="j1", first_row=0):
    return [(chunk.first_row, chunk.rows, chunk.content) for chunk in store.job_chunks(job_id, first_row)]


def test_a_new_job_waits_and_is_found_again(queued):
    job = queued.job("j1")
    assert (job.state, job.owner, job.request, job.chunks) == (JobState.QUEUED, "t1", '{"file": "abc"}', 0)
    assert queued.jobs() == [job]
    assert queued.jobs("t1") == [job]
    assert queued.jobs("t2") == []
    assert queued.job("j2") is None


def test_the_oldest_is_taken_first_and_by_one_only(queued):
    queued.add_job("j2", "validation", "t2", "", LATER)
    queued.add_job("j3", "load", "t2", "", LATER)
    assert queued.lease_job("a", 60, KINDS)[0].id == "j1"
    assert queued.lease_job("b", 60, KINDS)[0].id == "j2"
    assert queued.lease_job("c", 60, KINDS) is None
    assert queued.lease_job("c", 60, ("load",))[0].id == "j3"


def test_many_workers_at_once_take_each_job_once(store, store_address):
    for i in range(12):
        store.add_job(f"j{i}", "validation", "t", "", LATER)
    taken, lock = [], threading.Lock()

    def take(holder):
        own = open_store(store_address, busy_seconds=30)
        while (found := own.lease_job(holder, 60, KINDS)) is not None:
            with lock:
                taken.append(found[0].id)
        own.close()

    threads = [threading.Thread(target=take, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(f"j{i}" for i in range(12))


def test_chunks_are_kept_with_their_checkpoint(queued):
    _, lease = queued.lease_job("a", 60, KINDS)
    queued.commit_chunk(lease, Chunk(0, 3, b"abc"), "at 3", '{"rows": 3}', 60)
    queued.commit_chunk(lease, Chunk(3, 2, b"\0de"), "at 5", '{"rows": 5}', 60)
    job = queued.job("j1")
    assert (job.checkpoint, job.progress, job.chunks) == ("at 5", '{"rows": 5}', 2)
    assert content(queued) == [(0, 3, b"abc"), (3, 2, b"\0de")]
    assert content(queued, first_row=2) == [(0, 3, b"abc"), (3, 2, b"\0de")]
    assert content(queued, first_row=3) == [(3, 2, b"\0de")]
    assert content(queued, first_row=5) == []


def test_a_slow_worker_cannot_write_after_another_took_over(queued, store_address):
    slow = open_store(store_address)
    _, old = slow.lease_job("slow", 0.05, KINDS)
    slow.commit_chunk(old, Chunk(0, 1, b"slow"), "1", "", 0.05)
    time.sleep(0.1)
    job, new = queued.lease_job("quick", 60, KINDS)
    assert (job.checkpoint, job.chunks, new.number) == ("1", 1, old.number + 1)
    for write in (
        lambda: slow.commit_chunk(old, Chunk(1, 1, b"late"), "2", "", 60),
        lambda: slow.renew_lease(old, 60),
        lambda: slow.finish_job(old, JobState.DONE, ""),
    ):
        with pytest.raises(LeaseLostError):
            write()
    slow.release_lease(old)
    assert queued.job("j1").holder == "quick"
    queued.commit_chunk(new, Chunk(1, 1, b"quick"), "2", "", 60)
    queued.finish_job(new, JobState.DONE, "")
    assert content(queued) == [(0, 1, b"slow"), (1, 1, b"quick")]
    slow.close()


def test_a_holder_who_is_only_late_may_go_on(queued):
    _, lease = queued.lease_job("a", 0.01, KINDS)
    time.sleep(0.05)
    queued.commit_chunk(lease, Chunk(0, 1, b"x"), "1", "", 60)
    assert queued.lease_job("b", 60, KINDS) is None


def test_a_heartbeat_keeps_others_away(queued):
    _, lease = queued.lease_job("a", 0.2, KINDS)
    for _ in range(4):
        time.sleep(0.1)
        queued.renew_lease(lease, 0.2)
        assert queued.lease_job("b", 60, KINDS) is None


def test_a_job_that_is_given_back_is_taken_at_once(queued):
    _, lease = queued.lease_job("a", 60, KINDS)
    queued.release_lease(lease)
    job, again = queued.lease_job("b", 60, KINDS)
    assert (job.holder, again.number) == ("b", 2)
    with pytest.raises(LeaseLostError):
        queued.renew_lease(lease, 60)


@pytest.mark.parametrize("end", ["cancel", "remove", "finish"])
def test_an_ended_job_takes_no_more_chunks(queued, end):
    _, lease = queued.lease_job("a", 60, KINDS)
    if end == "cancel":
        assert queued.cancel_job("j1", "t1").state is JobState.CANCELLED
    elif end == "remove":
        queued.remove_job("j1", "t1")
    else:
        queued.finish_job(lease, JobState.FAILED, "", '{"en": "bad"}')
    with pytest.raises(LeaseLostError):
        queued.commit_chunk(lease, Chunk(0, 1, b"x"), "1", "", 60)
    assert content(queued) == []
    assert queued.lease_job("b", 60, KINDS) is None


def test_a_failed_chunk_leaves_neither_chunk_nor_checkpoint(queued):
    _, lease = queued.lease_job("a", 60, KINDS)
    with pytest.raises(Exception, match="content"):
        queued.commit_chunk(lease, Chunk(0, 1, None), "1", "", 60)
    assert queued.job("j1").checkpoint == ""
    assert content(queued) == []


def test_removing_forgets_everything_but_the_record_of_it(queued):
    _, lease = queued.lease_job("a", 60, KINDS)
    queued.commit_chunk(lease, Chunk(0, 1, b"x"), "1", "", 60)
    queued.put_choice("j1", 0, '{"id": "n1"}', "t1")
    queued.remove_job("j1", "t1")
    queued.remove_job("j1", "t1")
    assert queued.job("j1") is None
    assert queued.choices("j1") == {}
    assert [record.action for record in queued.audit("job:j1")] == ["added", "chosen", "removed"]
    assert queued.verify() == []


def test_choices_are_replaced_and_taken_back(queued):
    queued.put_choice("j1", 7, '{"id": "n1"}', "t1")
    queued.put_choice("j1", 7, '{"id": "n2"}', "t1")
    queued.put_choice("j1", 8, '{"id": "n3"}', "t1")
    queued.put_choice("j1", 8, "", "t1")
    assert queued.choices("j1") == {7: '{"id": "n2"}'}


def test_what_has_expired_is_listed_and_not_taken(store):
    store.add_job("old", "validation", "t", "", time.time() - 1)
    store.add_job("new", "validation", "t", "", LATER)
    assert [job.id for job in store.expired_jobs(time.time())] == ["old"]
    assert store.lease_job("a", 60, KINDS)[0].id == "new"
    assert store.lease_job("a", 60, KINDS) is None


def test_cancelling_twice_or_what_is_done_changes_nothing(queued):
    _, lease = queued.lease_job("a", 60, KINDS)
    queued.finish_job(lease, JobState.DONE, "")
    assert queued.cancel_job("j1", "t1").state is JobState.DONE
    with pytest.raises(NotFoundError, match="jobs list"):
        queued.cancel_job("j9", "t1")


def test_jobs_leave_the_data_version_alone(filled):
    before = filled.data_version()
    filled.add_job("j1", "validation", "t1", "", LATER)
    _, lease = filled.lease_job("a", 60, KINDS)
    filled.commit_chunk(lease, Chunk(0, 1, b"x"), "1", "", 60)
    filled.finish_job(lease, JobState.DONE, "")
    assert filled.data_version() == before
