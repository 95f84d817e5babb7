"""The reader (读取), over any of the databases: each answer is one moment's state."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from geoname.core.audit.chain import AuditRecord, ChainFault
from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.changes import DivisionEvent, Succession
from geoname.core.divisions.division import Division
from geoname.core.register.name import Name
from geoname.core.register.name_event import NameEvent
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.errors import NotFoundError
from geoname.store.dialect import Dialect
from geoname.store.protocols import NameEntry
from geoname.store.reading import editions as edition_reading
from geoname.store.reading.content_check import audit_faults
from geoname.store.reading.name_entries import stream_name_entries
from geoname.store.reading.records import served_rows
from geoname.store.rows.divisions import division_of, edge_of, event_of
from geoname.store.rows.editions import line_of, territories_of
from geoname.store.rows.kept import DIVISION_EVENTS, DIVISIONS, NAME_EVENTS, NAMES
from geoname.store.rows.provenance import audit_of, edition_of, release_of, source_of
from geoname.store.rows.register import name_event_of, name_of
from geoname.store.schema import audit, edition, name, name_event, release, source


class SqlReader(ABC):
    """What `Reader` says, apart from `info` and `database_id`."""

    _dialect: Dialect

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction; DatabaseError while the schema is not current."""

    def data_version(self) -> int:
        """A number that grows with every published write; indexes and ETags follow it."""
        with self._reading() as connection:
            return int(edition_reading.read_setting(connection, edition_reading.DATA_VERSION) or "0")

    def divisions(self) -> list[Division]:
        """Every division of every period, with its codes."""
        with self._reading() as connection:
            return [division_of(row) for row in served_rows(connection, self._dialect, DIVISIONS)]

    def division_events(self) -> list[DivisionEvent]:
        """Every event that changed divisions."""
        with self._reading() as connection:
            return [event_of(row) for row in served_rows(connection, self._dialect, DIVISION_EVENTS)]

    def successions(self) -> list[Succession]:
        """Every edge from predecessor to successor, event by event."""
        with self._reading() as connection:
            events = served_rows(connection, self._dialect, DIVISION_EVENTS)
        return [edge_of(event["id"], edge) for event in events for edge in event["edges"]]

    def name_entries(self, batch: int = 10_000) -> Iterator[list[NameEntry]]:
        """Every name with its place, in batches, ordered by name id."""
        with self._reading() as connection:
            yield from stream_name_entries(connection, self._dialect, batch)

    def name_entry(self, name_id: str) -> NameEntry | None:
        """One name with its place, None when there is no such name."""
        with self._reading() as connection:
            found = stream_name_entries(connection, self._dialect, 1, name.c.id == name_id)
            return next((entry for entries in found for entry in entries), None)

    def names_of(self, place_id: str) -> list[Name]:
        """Every name of one place."""
        with self._reading() as connection:
            rows = served_rows(connection, self._dialect, NAMES, name.c.place_id == place_id)
        return [name_of(row) for row in rows]

    def name_events(self, name_id: str) -> list[NameEvent]:
        """The events of one name, oldest first; those without a day come first."""
        with self._reading() as connection:
            rows = served_rows(connection, self._dialect, NAME_EVENTS, name_event.c.name_id == name_id)
        return [name_event_of(row) for row in sorted(rows, key=lambda row: row["happened_on"] or "")]

    def editions(self) -> list[Edition]:
        """Every edition that is loaded and published."""
        with self._reading() as connection:
            return _editions(connection)

    def draft_editions(self) -> list[Edition]:
        """Every edition that is loaded and waits to be published."""
        with self._reading() as connection:
            return _editions(connection, ReleaseState.STAGED)

    def active_edition(self) -> Edition | None:
        """The edition that answers are given from; None before any is activated."""
        with self._reading() as connection:
            active = edition_reading.read_setting(connection, edition_reading.ACTIVE_EDITION)
            return next((one for one in _editions(connection) if one.id == active), None)

    def territories(self, edition_id: str) -> Territories:
        """The polygons of one edition, ordered by level and code; NotFoundError for an unknown edition.

        A territory of one part comes as a Polygon, one of several as a MultiPolygon.
        """
        with self._reading() as connection:
            _check_edition(connection, edition_id)
            rows, polygons = edition_reading.territory_content(connection, self._dialect, edition_id)
        return territories_of(rows, polygons)

    def boundary_lines(self, edition_id: str) -> list[BoundaryLine]:
        """The lines of one edition, ordered by sides; NotFoundError for an unknown edition."""
        with self._reading() as connection:
            _check_edition(connection, edition_id)
            rows, courses = edition_reading.line_content(connection, self._dialect, edition_id)
        return [line_of(row, course) for row, course in zip(rows, courses, strict=True)]

    def sources(self) -> list[Source]:
        """Every source."""
        with self._reading() as connection:
            found = connection.execute(select(source).order_by(source.c.fid)).mappings()
            return [source_of(dict(row)) for row in found]

    def releases(self) -> list[Release]:
        """Every release, staged and withdrawn ones too."""
        with self._reading() as connection:
            found = connection.execute(select(release).order_by(release.c.fid)).mappings()
            return [release_of(dict(row)) for row in found]

    def audit(self, subject: str) -> list[AuditRecord]:
        """The chain of one subject, oldest first."""
        asked = select(audit).where(audit.c.subject == subject).order_by(audit.c.position)
        with self._reading() as connection:
            return [audit_of(dict(row)) for row in connection.execute(asked).mappings()]

    def verify_audit(self) -> Sequence[ChainFault]:
        """Every break in any chain."""
        with self._reading() as connection:
            return audit_faults(connection)


def _editions(connection: Connection, state: ReleaseState = ReleaseState.PUBLISHED) -> list[Edition]:
    asked = (
        select(edition)
        .join(release, edition.c.release_id == release.c.id)
        .where(release.c.state == state.value)
        .order_by(edition.c.fid)
    )
    return [edition_of(dict(row)) for row in connection.execute(asked).mappings()]


def _check_edition(connection: Connection, edition_id: str) -> None:
    known = [one.id for one in _editions(connection)]
    if edition_id not in known:
        raise NotFoundError(
            f"there is no edition {edition_id!r}: the editions are {', '.join(known) or 'none yet'}",
            zh=f"没有界线版本 {edition_id!r}：现有 {'、'.join(known) or '无'}",
            field="edition",
        )
