"""The writer of one transaction (写入事务), over any of the databases."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection

from geoname.core.audit.chain import AuditRecord
from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.changes import DivisionEvent, Succession
from geoname.core.divisions.division import Division
from geoname.core.register.name import Name
from geoname.core.register.name_event import NameEvent
from geoname.core.register.place import Place
from geoname.core.register.provenance import Release, Source
from geoname.core.register.record_batch import RecordBatch
from geoname.store.dialect import Dialect
from geoname.store.protocols import Written
from geoname.store.protocols_changes import What
from geoname.store.reading.editions import DATA_VERSION, DIVISIONS_VERSION, read_setting
from geoname.store.rows.kept import NAME_EVENTS, NAMES, PLACES
from geoname.store.rows.register import name_event_row, name_row, place_row
from geoname.store.writing import divisions as division_writing
from geoname.store.writing import editions as edition_writing
from geoname.store.writing import releases as release_writing
from geoname.store.writing.audit_log import AuditLog, Entry
from geoname.store.writing.bulk import Cells, batch_cells, put_cells
from geoname.store.writing.division_changes import SqlDivisionChangeWriter
from geoname.store.writing.naming import SqlNamingWriter
from geoname.store.writing.settings import write_setting
from geoname.store.writing.upsert import Transaction, put_records, settle_some
from geoname.store.writing.withdrawals import Withdrawal, withdraw_divisions, withdraw_names


class SqlWriter(SqlNamingWriter, SqlDivisionChangeWriter):
    """What `Writer` says, inside a transaction that holds the write lock; `finish` comes last."""

    def __init__(
        self,
        connection: Connection,
        dialect: Dialect,
        actor: str,
        reason: str,
        clock: Callable[[], str],
    ) -> None:
        self._transaction = Transaction(connection, dialect, AuditLog(connection, actor, reason, clock))
        self._clock = clock
        self._loaded: defaultdict[str, Written] = defaultdict(Written)

    def put_source(self, source: Source) -> Written:
        """Add or replace a source."""
        return release_writing.put_source(self._transaction, source)

    def put_release(self, release: Release) -> Written:
        """Add a release or change its state."""
        return release_writing.put_release(self._transaction, release)

    def withdraw_names(self, release: Release, plan: Withdrawal) -> None:
        """Take a release of names back as was planned; ConflictError when its records were changed since."""
        withdraw_names(self._transaction, release, plan)

    def withdraw_divisions(self, release: Release) -> Written:
        """Take a list or a table of changes back; ConflictError when something was built on it since."""
        return withdraw_divisions(self._transaction, release)

    def put_divisions(self, divisions: Iterable[Division], release_id: str) -> Written:
        """Add or replace divisions with their codes; a state replaces the kept one that it overlaps."""
        target = release_writing.target(self._transaction, release_id)
        return self._note(release_id, division_writing.put_divisions(self._transaction, divisions, target))

    def put_division_changes(
        self, events: Iterable[DivisionEvent], successions: Iterable[Succession], release_id: str
    ) -> Written:
        """Add or replace events; the edges given for an event are all that it has afterwards."""
        target = release_writing.target(self._transaction, release_id)
        written = division_writing.put_division_changes(self._transaction, events, successions, target)
        return self._note(release_id, written)

    def put_places(self, places: Iterable[Place], release_id: str) -> Written:
        """Add or replace places."""
        target = release_writing.target(self._transaction, release_id)
        rows = (place_row(place) for place in places)
        return self._note(release_id, put_records(self._transaction, PLACES, rows, target))

    def put_names(self, names: Iterable[Name], release_id: str) -> Written:
        """Add or replace names; a changed name's version grows by one."""
        target = release_writing.target(self._transaction, release_id)
        rows = (name_row(name) for name in names)
        return self._note(release_id, put_records(self._transaction, NAMES, rows, target))

    def put_batch(self, batch: RecordBatch, release_id: str) -> Written:
        """Add or replace places and names given as columns, as `put_places` and `put_names` do."""
        return self.put_cells(batch_cells(batch), release_id)

    def put_cells(self, cells: Cells, release_id: str) -> Written:
        """What `put_batch` does, with what needs no transaction done before."""
        target = release_writing.target(self._transaction, release_id)
        return self._note(release_id, put_cells(self._transaction, cells, target))

    def put_name_events(self, events: Iterable[NameEvent], release_id: str) -> Written:
        """Add or replace events of names."""
        target = release_writing.target(self._transaction, release_id)
        rows = (name_event_row(event) for event in events)
        return self._note(release_id, put_records(self._transaction, NAME_EVENTS, rows, target))

    def put_edition(
        self,
        edition: Edition,
        territories: Territories,
        lines: Sequence[BoundaryLine],
        release_id: str,
    ) -> Written:
        """Add an edition with its polygons and lines as a draft, replacing a draft of the same id."""
        target = release_writing.target(self._transaction, release_id)
        written = edition_writing.put_edition(self._transaction, edition, territories, lines, target)
        return self._note(release_id, written)

    def activate_edition(self, edition_id: str) -> None:
        """Make this edition the one that answers are given from; NotFoundError for an unknown one."""
        edition_writing.activate_edition(self._transaction, edition_id, self._clock())

    def record(self, subject: str, action: str, before: str = "", after: str = "") -> AuditRecord:
        """Append to the chain of a subject."""
        self._transaction.served_changed = True
        return self._transaction.log.extend([Entry(subject, action, before, after)])[0]

    @property
    def switched(self) -> bool:
        """Whether changes became valid that are still to be written down."""
        return self._transaction.switched

    def settle_some(self, most: int) -> bool:
        """Write down some of the changes that an earlier switch made valid; whether that was all."""
        return settle_some(self._transaction, most)

    def finish(self) -> None:
        """Close the releases' chains, count the data version up when readers will see a change."""
        transaction = self._transaction
        transaction.log.extend(
            [
                Entry(
                    f"release:{release_id}",
                    "loaded",
                    after=json.dumps({"added": written.added, "changed": written.changed}),
                )
                for release_id, written in self._loaded.items()
                if written.added or written.changed
            ]
        )
        if transaction.served_changed:
            version = int(read_setting(transaction.connection, DATA_VERSION) or "0") + 1
            write_setting(transaction.connection, DATA_VERSION, str(version))
            if What.DIVISIONS in transaction.notes.keys:
                write_setting(transaction.connection, DIVISIONS_VERSION, str(version))
            transaction.notes.write(transaction.connection, transaction.dialect, version)
        transaction.dialect.note_changes(transaction.connection, transaction.tables)

    def _note(self, release_id: str, written: Written) -> Written:
        self._loaded[release_id] += written
        return written
