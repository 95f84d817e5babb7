"""What a store must do with jobs (后台任务): leases, chunks committed with their checkpoint, expiry."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from geoname.errors import ConflictError


class JobState(StrEnum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_STATES = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that goes on in the background, as it stands at one moment.

    `request`, `progress` and `trouble` are JSON, `checkpoint` whatever the work needs to go on; all empty
    where there is nothing. Times are seconds since 1970. `holder` works on it until `leased_until`, if it
    does not renew its lease; `lease` counts the leases given so far.
    """

    id: str
    kind: str
    owner: str
    state: JobState
    request: str
    progress: str
    checkpoint: str
    trouble: str
    chunks: int
    created: float
    started: float | None
    finished: float | None
    expires: float
    holder: str | None
    lease: int
    leased_until: float | None


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write to a job; it ends when somebody else is given a later one."""

    job_id: str
    number: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one step of a job gave, for `rows` rows from `first_row` on (0 is the first)."""

    first_row: int
    rows: int
    content: bytes


class LeaseLostError(ConflictError):
    """Another worker took the job over, or it was cancelled or removed: let go of it."""


class JobStore(Protocol):
    """Jobs are kept in the database; adding, cancelling and removing go on the chain `job:ID`."""

    def add_job(self, job_id: str, kind: str, owner: str, request: str, expires: float) -> Job:
        """Put a new job at the end of the queue."""
        ...

    def job(self, job_id: str) -> Job | None:
        """The job of an id, None when there is none."""
        ...

    def jobs(self, owner: str | None = None) -> list[Job]:
        """Every job, or those of one owner, oldest first."""
        ...

    def lease_job(self, holder: str, seconds: float, kinds: Collection[str]) -> tuple[Job, Lease] | None:
        """The oldest job of these kinds that waits or whose holder is silent; None when there is none."""
        ...

    def renew_lease(self, lease: Lease, seconds: float) -> None:
        """Say that the holder is alive; LeaseLostError when the lease is no more."""
        ...

    def commit_chunk(
        self, lease: Lease, chunk: Chunk, checkpoint: str, progress: str, seconds: float
    ) -> None:
        """Keep a chunk with the checkpoint that follows it, and renew the lease, in one transaction.

        LeaseLostError when the lease is no more; then nothing is written.
        """
        ...

    def finish_job(self, lease: Lease, state: JobState, progress: str, trouble: str = "") -> None:
        """End a job; LeaseLostError when the lease is no more."""
        ...

    def release_lease(self, lease: Lease) -> None:
        """Give an unfinished job back, so that another may take it at once; nothing when it was lost."""
        ...

    def cancel_job(self, job_id: str, actor: str) -> Job:
        """Stop a job that waits or runs; an ended one stays as it is. NotFoundError for an unknown id."""
        ...

    def remove_job(self, job_id: str, actor: str) -> None:
        """Stop a job and forget it with its chunks and choices; nothing when it is not there."""
        ...

    def expired_jobs(self, now: float) -> list[Job]:
        """The jobs that need not be kept any longer, whatever their state."""
        ...

    def job_chunks(self, job_id: str, first_row: int = 0) -> Iterator[Chunk]:
        """The chunks of a job from the one that holds `first_row` on, read one by one."""
        ...

    def put_choice(self, job_id: str, row: int, content: str, actor: str) -> None:
        """Keep what a person chose for a row, JSON; an empty text takes the choice back."""
        ...

    def choices(self, job_id: str) -> dict[int, str]:
        """What was chosen, by row."""
        ...
