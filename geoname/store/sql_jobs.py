"""Jobs (后台任务) over any of the databases; what a worker writes depends on its lease, row by row."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, insert, or_, select, update

from geoname.errors import NotFoundError
from geoname.store.dialect import Dialect
from geoname.store.protocols_jobs import OPEN_STATES, Chunk, Job, JobState, Lease, LeaseLostError
from geoname.store.rows.cells import check_cells
from geoname.store.rows.jobs import job_of
from geoname.store.schema import job as table
from geoname.store.schema import job_choice, job_chunk
from geoname.store.writing.audit_log import AuditLog, Entry


class SqlJobs(ABC):
    """What `JobStore` says."""

    _dialect: Dialect
    _clock: Callable[[], str]

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction, over a current schema."""

    def add_job(self, job_id: str, kind: str, owner: str, request: str, expires: float) -> Job:
        """Put a new job at the end of the queue."""
        row: dict[str, Any] = {
            "id": job_id, "kind": kind, "owner": owner, "state": JobState.QUEUED.value, "request": request,
            "progress": "", "checkpoint": "", "trouble": "", "chunks": 0, "created": time.time(),
            "started": None, "finished": None, "expires": expires, "holder": None, "lease": 0,
            "leased_until": None,
        }  # fmt: skip
        check_cells(row, table.name)
        with self._changing() as connection:
            connection.execute(insert(table), [row])
            self._recorded(connection, owner, Entry(f"job:{job_id}", "added", after=request), table)
        return job_of(row)

    def job(self, job_id: str) -> Job | None:
        """The job of an id, None when there is none."""
        with self._reading() as connection:
            return _found(connection, job_id)

    def jobs(self, owner: str | None = None) -> list[Job]:
        """Every job, or those of one owner, oldest first."""
        asked = select(table).order_by(table.c.fid)
        with self._reading() as connection:
            rows = connection.execute(asked if owner is None else asked.where(table.c.owner == owner))
            return [job_of(dict(row)) for row in rows.mappings()]

    def lease_job(self, holder: str, seconds: float, kinds: Collection[str]) -> tuple[Job, Lease] | None:
        """The oldest job of these kinds that waits or whose holder is silent; None when there is none."""
        now = time.time()
        free = and_(
            table.c.kind.in_(sorted(kinds)),
            table.c.expires > now,
            or_(
                table.c.state == JobState.QUEUED.value,
                and_(table.c.state == JobState.RUNNING.value, table.c.leased_until < now),
            ),
        )
        with self._reading() as connection:
            # Looked for first without the write lock, which idle workers would otherwise take all the time.
            if connection.execute(select(table.c.fid).where(free).limit(1)).first() is None:
                return None
        with self._changing() as connection:
            oldest = select(table).where(free).order_by(table.c.fid).limit(1)
            row = connection.execute(oldest).mappings().first()
            if row is None:
                return None
            taken = {
                "state": JobState.RUNNING.value,
                "holder": holder,
                "lease": row["lease"] + 1,
                "leased_until": now + seconds,
                "started": row["started"] or now,
            }
            same = (table.c.id == row["id"]) & (table.c.lease == row["lease"])
            if connection.execute(update(table).where(same).values(taken)).rowcount == 0:
                return None
            self._dialect.note_changes(connection, {table.name})
            return job_of({**row, **taken}), Lease(row["id"], row["lease"] + 1)

    def renew_lease(self, lease: Lease, seconds: float) -> None:
        """Say that the holder is alive; LeaseLostError when the lease is no more."""
        with self._changing() as connection:
            self._held(connection, lease, {"leased_until": time.time() + seconds})

    def commit_chunk(
        self, lease: Lease, chunk: Chunk, checkpoint: str, progress: str, seconds: float
    ) -> None:
        """Keep a chunk with the checkpoint that follows it, and renew the lease, in one transaction."""
        values = {
            "checkpoint": checkpoint,
            "progress": progress,
            "chunks": table.c.chunks + 1,
            "leased_until": time.time() + seconds,
        }
        check_cells({"checkpoint": checkpoint, "progress": progress}, table.name)
        with self._changing() as connection:
            self._held(connection, lease, values)
            position = select(table.c.chunks).where(table.c.id == lease.job_id).scalar_subquery()
            connection.execute(
                insert(job_chunk).values(
                    job_id=lease.job_id,
                    position=position,
                    first_row=chunk.first_row,
                    row_count=chunk.rows,
                    content=chunk.content,
                )
            )
            self._dialect.note_changes(connection, {table.name, job_chunk.name})

    def finish_job(self, lease: Lease, state: JobState, progress: str, trouble: str = "") -> None:
        """End a job; LeaseLostError when the lease is no more."""
        values = {"state": state.value, "progress": progress, "trouble": trouble, "finished": time.time()}
        check_cells(values, table.name)
        with self._changing() as connection:
            self._held(connection, lease, values | {"holder": None, "leased_until": None})
            self._dialect.note_changes(connection, {table.name})

    def release_lease(self, lease: Lease) -> None:
        """Give an unfinished job back, so that another may take it at once; nothing when it was lost."""
        given_back = {"state": JobState.QUEUED.value, "holder": None, "leased_until": None}
        with self._changing() as connection:
            connection.execute(_of(lease).values(given_back))

    def cancel_job(self, job_id: str, actor: str) -> Job:
        """Stop a job that waits or runs; an ended one stays as it is. NotFoundError for an unknown id."""
        with self._changing() as connection:
            known = _found(connection, job_id)
            if known is None:
                raise NotFoundError(
                    f"there is no job {job_id!r}: `geoname jobs list` shows those there are",
                    zh=f"没有任务 {job_id!r}：可用 `geoname jobs list` 查看",
                    field="id",
                )
            if known.state in OPEN_STATES:
                stopped = {
                    "state": JobState.CANCELLED.value,
                    "finished": time.time(),
                    "holder": None,
                    "leased_until": None,
                }
                connection.execute(update(table).where(table.c.id == job_id).values(stopped))
                self._recorded(connection, actor, Entry(f"job:{job_id}", "cancelled"), table)
            return _found(connection, job_id) or known

    def remove_job(self, job_id: str, actor: str) -> None:
        """Stop a job and forget it with its chunks and choices; nothing when it is not there."""
        with self._changing() as connection:
            if _found(connection, job_id) is None:
                return
            for part in (job_chunk, job_choice):
                connection.execute(delete(part).where(part.c.job_id == job_id))
            connection.execute(delete(table).where(table.c.id == job_id))
            self._recorded(connection, actor, Entry(f"job:{job_id}", "removed"), table, job_chunk, job_choice)

    def expired_jobs(self, now: float) -> list[Job]:
        """The jobs that need not be kept any longer, whatever their state."""
        with self._reading() as connection:
            rows = connection.execute(select(table).where(table.c.expires <= now)).mappings()
            return [job_of(dict(row)) for row in rows]

    def job_chunks(self, job_id: str, first_row: int = 0) -> Iterator[Chunk]:
        """The chunks of a job from the one that holds `first_row` on, read one by one."""
        position = -1
        while True:
            # A transaction for each, so that a slow reader holds up nobody.
            asked = (
                select(job_chunk)
                .where(
                    job_chunk.c.job_id == job_id,
                    job_chunk.c.position > position,
                    job_chunk.c.first_row + job_chunk.c.row_count > first_row,
                )
                .order_by(job_chunk.c.position)
                .limit(1)
            )
            with self._reading() as connection:
                row = connection.execute(asked).mappings().first()
            if row is None:
                return
            yield Chunk(row["first_row"], row["row_count"], row["content"])
            position = row["position"]

    def put_choice(self, job_id: str, row: int, content: str, actor: str) -> None:
        """Keep what a person chose for a row, JSON; an empty text takes the choice back."""
        check_cells({"content": content}, job_choice.name)
        own = and_(job_choice.c.job_id == job_id, job_choice.c.row_number == row)
        with self._changing() as connection:
            connection.execute(delete(job_choice).where(own))
            if content:
                connection.execute(insert(job_choice).values(job_id=job_id, row_number=row, content=content))
            entry = Entry(f"job:{job_id}", "chosen" if content else "choice taken back", after=content)
            self._recorded(connection, actor, entry, job_choice)

    def choices(self, job_id: str) -> dict[int, str]:
        """What was chosen, by row."""
        asked = select(job_choice.c.row_number, job_choice.c.content).where(job_choice.c.job_id == job_id)
        with self._reading() as connection:
            return {row.row_number: row.content for row in connection.execute(asked)}

    def _held(self, connection: Connection, lease: Lease, values: dict[str, Any]) -> None:
        if connection.execute(_of(lease).values(values)).rowcount == 0:
            raise LeaseLostError(
                f"job {lease.job_id} is another worker's now, or was cancelled: let go of it",
                zh=f"任务 {lease.job_id} 已由其他进程接手或已取消：请放手",
                field="lease",
            )

    def _recorded(self, connection: Connection, actor: str, entry: Entry, *tables: Table) -> None:
        AuditLog(connection, actor, "", self._clock).extend([entry])
        self._dialect.note_changes(connection, {each.name for each in tables})


def _of(lease: Lease) -> Any:  # noqa: ANN401 - SQLAlchemy's Update, still without values
    return update(table).where(
        table.c.id == lease.job_id,
        table.c.lease == lease.number,
        table.c.state == JobState.RUNNING.value,
    )


def _found(connection: Connection, job_id: str) -> Job | None:
    row = connection.execute(select(table).where(table.c.id == job_id)).mappings().one_or_none()
    return None if row is None else job_of(dict(row))
