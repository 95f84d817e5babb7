"""The worker of jobs (后台任务): one at a time, committed chunk by chunk, let go of when taken away."""

from __future__ import annotations

import json
import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

from geoname.errors import ConflictError, GeonameError, NotReadyError, StorageError
from geoname.service.opened import Geoname
from geoname.store.protocols_jobs import Chunk, Job, JobState, Lease, LeaseLostError

_LOG = logging.getLogger("geoname.jobs")
_TIDY_S = 60.0
# A job that kills its worker each time must not go on killing workers.
_LEASES_WITHOUT_CHUNK = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One chunk of a job, the checkpoint from which the next is made, and the progress so far (JSON)."""

    chunk: Chunk
    checkpoint: str
    progress: str


Work = Callable[[Job], Iterator[Step]]
"""Makes the steps of a job that are still to be made: its checkpoint tells which."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a lease lasts without a sign of life, and how often new jobs are looked for, in seconds."""

    lease_s: float = 30.0
    idle_s: float = 0.5


def worker_name() -> str:
    """A name for a worker of this process, its like nowhere else."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


class JobRunner:
    """Runs jobs until it is told to stop; any number may work on one database."""

    def __init__(
        self,
        geoname: Geoname,
        work: Mapping[str, Work],
        *,
        pace: Pace | None = None,
        stop: threading.Event | None = None,
        tidy: Callable[[], None] = lambda: None,
    ) -> None:
        """`work` is what each kind of job does; `tidy` clears away what has expired, now and then."""
        self._store = geoname.store
        self._work = work
        self._pace = pace or Pace()
        self._stop = stop or threading.Event()
        self._tidy = tidy
        self._name = worker_name()

    def stop(self) -> None:
        """End after the chunk at hand; its job is given back for others to go on with."""
        self._stop.set()

    def run(self) -> None:
        """Work until `stop`; a database that is held or full for a while is tried again."""
        tidied = -_TIDY_S
        while not self._stop.is_set():
            try:
                if time.monotonic() - tidied >= _TIDY_S:
                    tidied = time.monotonic()
                    self._tidy()
                worked = self.run_one()
            except (ConflictError, StorageError, NotReadyError) as error:
                _LOG.warning("jobs have to wait: %s", error)
                worked = False
            if not worked:
                self._stop.wait(self._pace.idle_s)

    def run_one(self) -> bool:
        """Take one job and work on it to its end; False when there was none to take."""
        taken = self._store.lease_job(self._name, self._pace.lease_s, tuple(self._work))
        if taken is None:
            return False
        job, lease = taken
        _LOG.info("job %s taken, lease %d, %d chunks done", job.id, lease.number, job.chunks)
        try:
            with _Heartbeat(self._store.renew_lease, lease, self._pace.lease_s) as heartbeat:
                self._carry_on(job, lease, heartbeat)
        except LeaseLostError:
            _LOG.info("job %s was taken over or removed", job.id)
        except (ConflictError, StorageError, NotReadyError):
            # Not the job's fault: whoever comes next goes on from the last checkpoint.
            self._store.release_lease(lease)
            raise
        return True

    def _carry_on(self, job: Job, lease: Lease, heartbeat: _Heartbeat) -> None:
        progress = job.progress
        if job.lease > _LEASES_WITHOUT_CHUNK + 2 * job.chunks:
            self._store.finish_job(lease, JobState.FAILED, progress, _gave_up(job))
            return
        try:
            for step in self._work[job.kind](job):
                if heartbeat.lost:
                    return
                progress = step.progress
                self._store.commit_chunk(lease, step.chunk, step.checkpoint, progress, self._pace.lease_s)
                if self._stop.is_set():
                    self._store.release_lease(lease)
                    return
            self._store.finish_job(lease, JobState.DONE, progress)
        except (ConflictError, StorageError, NotReadyError):
            raise
        except GeonameError as error:
            trouble = json.dumps({"en": error.message, "zh": error.zh}, ensure_ascii=False)
            self._store.finish_job(lease, JobState.FAILED, progress, trouble)
        except Exception:
            number = uuid4().hex
            _LOG.exception("%s job %s", number, job.id)
            self._store.finish_job(lease, JobState.FAILED, progress, _internal(number))
            raise


class _Heartbeat:
    """Renews a lease in a thread of its own for as long as the block lasts; `lost` once it is no more."""

    def __init__(self, renew: Callable[[Lease, float], None], lease: Lease, seconds: float) -> None:
        self._renew, self._lease, self._seconds = renew, lease, seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="geoname-job-lease", daemon=True)
        self.lost = False

    def __enter__(self) -> _Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(self._seconds / 3):
            try:
                self._renew(self._lease, self._seconds)
            except LeaseLostError:
                self.lost = True
                return
            except GeonameError as error:
                _LOG.warning("the lease on %s could not be renewed: %s", self._lease.job_id, error)


def _gave_up(job: Job) -> str:
    return json.dumps(
        {
            "en": f"{job.lease - 1} workers were lost on it: look into the service's log, then send it again",
            "zh": f"处理它的进程已中断 {job.lease - 1} 次：请查看服务日志后重新提交",
        },
        ensure_ascii=False,
    )


def _internal(number: str) -> str:
    return json.dumps(
        {
            "en": f"something went wrong inside the service; its log tells it under {number}",
            "zh": f"服务内部出错，详见服务日志，编号 {number}",
        },
        ensure_ascii=False,
    )
