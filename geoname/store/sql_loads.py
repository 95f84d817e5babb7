"""What earlier loads left (历次载入), read from any of the databases."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, func, select

from geoname.core.register.provenance import Release, ReleaseState
from geoname.errors import ConflictError
from geoname.store.dialect import Dialect
from geoname.store.protocols import Written
from geoname.store.protocols_loads import KnownRecord
from geoname.store.reading.records import chunks, served_rows
from geoname.store.reading.standing import as_it_stands
from geoname.store.rows.kept import NAMES, PLACES
from geoname.store.schema import audit, name, place, release, staged_name, staged_place
from geoname.store.writing.sql_writer import SqlWriter
from geoname.store.writing.withdrawals import (
    forget_withdrawal,
    keeps_undo,
    plan_withdrawal,
    stage_withdrawal,
)

BREATH_SECONDS = 0.03
"""For so long, at least, a large load leaves the door open: who waits looks many times meanwhile."""


class SqlLoads(ABC):
    """What `LoadStore` says."""

    _dialect: Dialect

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction."""

    @abstractmethod
    def writing(self, actor: str, reason: str) -> AbstractContextManager[SqlWriter]:
        """One transaction with its writer."""

    @abstractmethod
    def settle(self) -> None:
        """Write down all that a switch made valid."""

    def withdraw(self, release: Release, *, actor: str, reason: str) -> Written:
        """Take a published release back; worked out and kept aside in short transactions, then switched."""
        self.settle()
        with self._reading() as connection:
            of_divisions = keeps_undo(connection, release.id)
        if of_divisions:
            with self.writing(actor, reason) as writer:
                return writer.withdraw_divisions(release)
        self._forget(release.id)
        with self._reading() as connection:
            plan = plan_withdrawal(connection, release.id)
        for number, (kept, ids) in enumerate(plan.parts()):
            with self._changing() as connection:
                stage_withdrawal(connection, self._dialect, plan, kept, ids)
            if number & (number - 1) == 0:
                self._weigh_staged()
            time.sleep(BREATH_SECONDS)
        try:
            with self.writing(actor, reason) as writer:
                writer.withdraw_names(release, plan)
        except ConflictError:
            self._forget(release.id)
            raise
        return plan.written

    def _weigh_staged(self) -> None:
        """Have the database look at how much lies ready, which it would else believe to be little."""
        with self._dialect.engine.begin() as connection:
            self._dialect.weigh(connection, (staged_place, staged_name))

    def _forget(self, release_id: str) -> None:
        forgotten = False
        while not forgotten:
            with self._changing() as connection:
                forgotten = forget_withdrawal(connection, release_id)

    def known_records(self, place_ids: Sequence[str]) -> dict[str, KnownRecord]:
        """The served places of these ids with their names; an id that is not served is left out."""
        places: list[dict[str, Any]] = []
        names: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        with self._reading() as connection:
            for part in chunks(place_ids):
                places += served_rows(connection, self._dialect, PLACES, place.c.id.in_(part))
                for row in served_rows(connection, self._dialect, NAMES, name.c.place_id.in_(part)):
                    names[row["place_id"]].append(row)
        return {row["id"]: KnownRecord(row, tuple(names[row["id"]])) for row in places}

    def places_of_source(self, source_id: str, batch: int = 10_000) -> Iterator[list[tuple[str, str]]]:
        """(place id, the source's own id) of every served place of a source, ordered by place id."""
        prefix = f"{source_id}:"
        asked = (
            select(place.c.id, place.c.source_record)
            .join(release, place.c.release_id == release.c.id)
            .where(
                release.c.state == ReleaseState.PUBLISHED.value,
                place.c.source_record.startswith(prefix, autoescape=True),
            )
            .order_by(place.c.id)
            .execution_options(stream_results=True)
        )
        with self._reading() as connection, connection.execute(as_it_stands(connection, asked)) as result:
            for rows in result.partitions(batch):
                yield [(id_, record.removeprefix(prefix)) for id_, record in rows]

    def last_reasons(self, subjects: Sequence[str], passing_over: Sequence[str] = ()) -> dict[str, str]:
        """Why each subject was changed last; subjects that were never changed are left out.

        Changes whose reason begins with one of `passing_over` do not count.
        """
        others = [~audit.c.reason.startswith(each, autoescape=True) for each in passing_over]
        found: dict[str, str] = {}
        with self._reading() as connection:
            for part in chunks(subjects):
                last = (
                    select(audit.c.subject, func.max(audit.c.position).label("position"))
                    .where(audit.c.subject.in_(part), *others)
                    .group_by(audit.c.subject)
                    .subquery()
                )
                asked = select(audit.c.subject, audit.c.reason).join(
                    last, (audit.c.subject == last.c.subject) & (audit.c.position == last.c.position)
                )
                for subject, reason in connection.execute(asked):
                    found[subject] = reason
        return found
