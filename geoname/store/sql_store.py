"""The store (数据存储) over any of the databases: reading, writing, upkeep."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select

from geoname.core.register.record_batch import Parts, RecordBatch
from geoname.errors import ConflictError, DatabaseError
from geoname.store.dialect import WRITES, Dialect
from geoname.store.protocols import StoreFault, StoreInfo, Written
from geoname.store.reading.content_check import content_faults
from geoname.store.reading.division_changes import SqlDivisionChangeReader
from geoname.store.reading.editions import DATABASE_ID, read_setting
from geoname.store.reading.sql_reader import SqlReader
from geoname.store.schema import METADATA, REVISIONS
from geoname.store.sql_anchors import SqlAnchors
from geoname.store.sql_changes import SqlChanges
from geoname.store.sql_exports import SqlExports
from geoname.store.sql_findings import SqlFindings
from geoname.store.sql_inspections import SqlInspections
from geoname.store.sql_jobs import SqlJobs
from geoname.store.sql_lines import SqlLines
from geoname.store.sql_loads import BREATH_SECONDS, SqlLoads
from geoname.store.sql_materials import SqlMaterials
from geoname.store.sql_tokens import SqlTokens
from geoname.store.writing.bulk import batch_cells
from geoname.store.writing.sql_writer import SqlWriter

_HELD_SECONDS = 0.2
"""For so long a large load keeps other writers out at a time."""
_FEWEST_CHANGES, _MOST_CHANGES = 200, 5_000
_TAKEN_ALONG = 100
"""So many changes that an earlier switch made valid are written down with any other write."""
_FIRST_PLACES, _FEWEST_PLACES, _MOST_PLACES = 4_000, 500, 20_000


def utc_now() -> str:
    """The time of day in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _next_size(size: int, taken: float, bounds: tuple[int, int]) -> int:
    """How much to do in the next transaction, when so much took so many seconds.

    Few large transactions touch fewer pages than many small ones: as large as others can wait for.
    """
    return max(bounds[0], min(int(size * _HELD_SECONDS / taken), 2 * size, bounds[1]))


class SqlStore(
    SqlReader,
    SqlAnchors,
    SqlChanges,
    SqlDivisionChangeReader,
    SqlInspections,
    SqlLines,
    SqlLoads,
    SqlMaterials,
    SqlTokens,
    SqlJobs,
    SqlFindings,
    SqlExports,
):
    """What `Store` says; safe to use from several threads."""

    def __init__(self, dialect: Dialect, schema_version: str, *, clock: Callable[[], str] = utc_now) -> None:
        self._dialect = dialect
        self._schema_version = schema_version
        self._clock = clock

    def info(self) -> StoreInfo:
        """What database this is; answers for an older schema too."""
        with self._dialect.engine.begin() as connection:
            found = inspect(connection)
            there = set(found.get_table_names(found.default_schema_name))
            rows = {
                str(table.name): int(connection.execute(select(func.count()).select_from(table)).scalar_one())
                for table in METADATA.sorted_tables
                if table.name in there
            }
        return StoreInfo(
            self._dialect.address,
            self._dialect.name,
            self._schema_version,
            self._dialect.size_bytes(),
            rows,
        )

    def database_id(self) -> str:
        """An opaque id given to the database when it was made; answers for an older schema too."""
        with self._dialect.engine.begin() as connection:
            return read_setting(connection, DATABASE_ID) or ""

    @contextmanager
    def writing(self, actor: str, reason: str) -> Iterator[SqlWriter]:
        """One transaction: committed when the block ends well, undone whole when it raises."""
        self._check_current()
        with self._write_transaction() as connection:
            writer = SqlWriter(connection, self._dialect, actor, reason, self._clock)
            # What a switch left unwritten because its process ended is taken along bit by bit.
            writer.settle_some(_TAKEN_ALONG)
            yield writer
            writer.finish()
        if writer.switched:
            self.settle()

    def settle(self) -> None:
        """Write down all that a switch made valid, in short transactions; readers see no difference."""
        self._check_current()
        settled, size = False, _FEWEST_CHANGES
        while not settled:
            with self._write_transaction() as connection:
                begun = time.perf_counter()
                writer = SqlWriter(connection, self._dialect, "", "", self._clock)
                settled = writer.settle_some(size)
                writer.finish()
            size = _next_size(size, time.perf_counter() - begun, (_FEWEST_CHANGES, _MOST_CHANGES))
            time.sleep(BREATH_SECONDS)

    def load_batch(
        self,
        batch: RecordBatch,
        release_id: str,
        *,
        actor: str,
        reason: str,
        progress: Callable[[int], None] | None = None,
    ) -> Written:
        """Write many places and names under a release in short transactions, other writers in between."""
        written, done, size, weighed = Written(), 0, _FIRST_PLACES, 0
        parts = Parts(batch)
        ended = -BREATH_SECONDS
        while (part := parts.take(size)) is not None:
            cells = batch_cells(part)
            time.sleep(max(0.0, ended + BREATH_SECONDS - time.perf_counter()))
            with self.writing(actor, reason) as writer:
                begun = time.perf_counter()
                written += writer.put_cells(cells, release_id)
            ended = time.perf_counter()
            if written.changed > 2 * weighed:
                self._weigh_staged()
                weighed = written.changed
            size = _next_size(size, ended - begun, (_FEWEST_PLACES, _MOST_PLACES))
            done += len(part.places) + len(part.names)
            if progress is not None:
                progress(done)
        return written

    @contextmanager
    def loading(self, source_id: str, folder: Path) -> Iterator[None]:
        """Keep others from loading this source while the block lasts; ConflictError when another does."""
        with self._dialect.sole_load(source_id, folder) as held:
            if not held:
                raise ConflictError(
                    f"another process is loading {source_id}: wait until it has ended",
                    zh=f"另一进程正在载入 {source_id}：请等它结束后再试",
                    field="id",
                )
            # What a load before left behind when it was killed is part of what this one is compared with.
            self.settle()
            yield

    def schema_is_current(self) -> bool:
        """Whether the schema is the one this version of geoname works with."""
        return self._schema_version == REVISIONS[-1]

    def upgrade(self) -> str:
        """Bring an older schema up to date, whole or not at all; the schema version after it."""
        # Alembic takes longer to import than a question takes to answer, and is needed here only.
        from geoname.store.migrations.run import migrate

        if not self.schema_is_current():
            with self._write_transaction() as connection:
                migrate(connection)
            self._schema_version = REVISIONS[-1]
        return self._schema_version

    def backup(self, target: Path) -> None:
        """Write a consistent copy while others read and write; the target must not exist."""
        self._dialect.backup(target)

    def verify(self) -> list[StoreFault]:
        """Every fault: damaged pages, broken references, spatial index, altered editions, audit chains."""
        with self._reading() as connection:
            faults = self._dialect.faults(connection)
            if any(fault.check == "integrity" for fault in faults):
                # What is read from damaged pages proves nothing.
                return faults
            return [*faults, *content_faults(connection, self._dialect)]

    @contextmanager
    def snapshot(self) -> Iterator[tuple[Connection, Dialect]]:
        """One moment's state of all tables, for copying them whole."""
        with self._reading() as connection:
            yield connection, self._dialect

    @contextmanager
    def refilling(self) -> Iterator[tuple[Connection, Dialect]]:
        """A writing transaction in which the tables may be filled from a copy, past all audit."""
        self._check_current()
        with self._write_transaction() as connection:
            yield connection, self._dialect

    def close(self) -> None:
        """Give back connections."""
        self._dialect.engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._check_current()
        with self._dialect.engine.begin() as connection:
            yield connection

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        self._check_current()
        with self._write_transaction() as connection:
            yield connection

    @contextmanager
    def _write_transaction(self) -> Iterator[Connection]:
        with (
            self._dialect.engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def _check_current(self) -> None:
        if not self.schema_is_current():
            raise DatabaseError(
                f"{self._dialect.address} has schema {self._schema_version}, this version works with "
                f"{REVISIONS[-1]}: run `geoname db upgrade`",
                zh=f"{self._dialect.address} 的库结构为 {self._schema_version}，本版本需要 {REVISIONS[-1]}："
                "请运行 `geoname db upgrade`",
                field="database",
            )
