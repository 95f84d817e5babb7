"""Registered lines and markers (登记界线与界桩) over any of the databases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, or_, select

from geoname.core.boundaries.marker import Marker
from geoname.core.boundaries.registered_line import RegisteredLine
from geoname.core.register.provenance import Source
from geoname.store.dialect import Dialect
from geoname.store.protocols import Written
from geoname.store.reading.editions import DATA_VERSION, read_setting
from geoname.store.rows.cells import Row
from geoname.store.rows.lines import line_row, marker_of, marker_row, registered_line_of
from geoname.store.schema import boundary_marker, registered_line
from geoname.store.writing.audit_log import AuditLog, Entry, as_json
from geoname.store.writing.lines import LINES, MARKERS, LineKind, change_row, decoded, put_rows, stored_rows
from geoname.store.writing.releases import put_source
from geoname.store.writing.settings import write_setting
from geoname.store.writing.upsert import Transaction


class SqlLines(ABC):
    """What `LineStore` says."""

    _dialect: Dialect
    _clock: Callable[[], str]

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction, over a current schema."""

    def put_lines(
        self, lines: Sequence[RegisteredLine], source: Source, actor: str, reason: str = ""
    ) -> Written:
        """Add or replace lines under a source; all or none."""
        return self._put(LINES, [line_row(line) for line in lines], source, actor, reason)

    def put_markers(self, markers: Sequence[Marker], source: Source, actor: str, reason: str = "") -> Written:
        """Add or replace markers under a source; all or none."""
        return self._put(MARKERS, [marker_row(marker) for marker in markers], source, actor, reason)

    def change_line(self, line: RegisteredLine, actor: str, reason: str) -> RegisteredLine:
        """Replace a line whose version is the one given; the line as it is kept now."""
        return registered_line_of(self._change(LINES, line_row(line), actor, reason))

    def change_marker(self, marker: Marker, actor: str, reason: str) -> Marker:
        """Replace a marker whose version is the one given; the marker as it is kept now."""
        return marker_of(self._change(MARKERS, marker_row(marker), actor, reason))

    def registered_lines(self) -> list[RegisteredLine]:
        """Every registered line, in the order of its id."""
        asked = select(registered_line).order_by(registered_line.c.id)
        with self._reading() as connection:
            rows = [dict(row) for row in connection.execute(asked).mappings()]
        return [registered_line_of(row) for row in decoded(self._dialect, rows)]

    def registered_line(self, line_id: str) -> RegisteredLine | None:
        """One registered line, None when there is none of that id."""
        with self._reading() as connection:
            row = stored_rows(connection, self._dialect, LINES, [line_id]).get(line_id)
        return None if row is None else registered_line_of(row)

    def markers(self, line_id: str | None = None) -> list[Marker]:
        """The markers on a line, those where it meets others too, or all; by line, serial, letter."""
        table = boundary_marker
        asked = select(table).order_by(table.c.line_id, table.c.serial, table.c.type, table.c.number)
        if line_id is not None:
            also = table.c.also_on.contains(as_json_text(line_id), autoescape=True)
            asked = asked.where(or_(table.c.line_id == line_id, also))
        with self._reading() as connection:
            rows = [dict(row) for row in connection.execute(asked).mappings()]
        return [marker_of(row) for row in decoded(self._dialect, rows)]

    def marker(self, marker_id: str) -> Marker | None:
        """One marker, None when there is none of that id."""
        with self._reading() as connection:
            row = stored_rows(connection, self._dialect, MARKERS, [marker_id]).get(marker_id)
        return None if row is None else marker_of(row)

    def log_coordinates_given(self, subjects: Collection[str], actor: str, what: str) -> None:
        """Record on each chain (`line:ID`) that coordinates were handed out, to whom and in which form."""
        entries = [Entry(one, "coordinates given", after=as_json({"what": what})) for one in sorted(subjects)]
        with self._changing() as connection:
            AuditLog(connection, actor, "", self._clock).extend(entries)

    def _put(self, kind: LineKind, rows: Sequence[Row], source: Source, actor: str, reason: str) -> Written:
        with self._changing() as connection:
            log = AuditLog(connection, actor, reason, self._clock)
            transaction = Transaction(connection, self._dialect, log)
            put_source(transaction, source)
            written = put_rows(transaction, kind, [row | {"source_id": source.id} for row in rows])
            self._finish(transaction, kind)
        return written

    def _change(self, kind: LineKind, row: Row, actor: str, reason: str) -> Row:
        with self._changing() as connection:
            log = AuditLog(connection, actor, reason, self._clock)
            transaction = Transaction(connection, self._dialect, log)
            kept = change_row(transaction, kind, row)
            self._finish(transaction, kind)
        return kept

    def _finish(self, transaction: Transaction, kind: LineKind) -> None:
        """Let answers that are held elsewhere be seen to be old."""
        connection = transaction.connection
        if kind.table.name in transaction.tables:
            version = int(read_setting(connection, DATA_VERSION) or "0")
            write_setting(connection, DATA_VERSION, str(version + 1))
        self._dialect.note_changes(connection, transaction.tables)


def as_json_text(line_id: str) -> str:
    """A line's id as it stands in a list."""
    return f'"{line_id}"'
