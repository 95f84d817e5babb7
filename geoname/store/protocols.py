"""What a store must be able to do, whichever database stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from geoname.core.audit.chain import AuditRecord, ChainFault
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
from geoname.store.protocols_anchors import AnchorStore
from geoname.store.protocols_changes import ChangeLog
from geoname.store.protocols_division_changes import DivisionChangeReader, DivisionChangeWriter
from geoname.store.protocols_exports import ExportStore
from geoname.store.protocols_inspections import InspectionStore
from geoname.store.protocols_jobs import JobStore
from geoname.store.protocols_lines import LineStore
from geoname.store.protocols_loads import LoadStore
from geoname.store.protocols_materials import MaterialStore
from geoname.store.protocols_naming import FindingStore, NamingReader, NamingWriter
from geoname.store.protocols_tokens import TokenStore
from geoname.store.served_names import ServedNames


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name together with its place, and the release each was loaded with."""

    name: Name
    place: Place
    release_id: str


@dataclass(frozen=True, slots=True)
class Served:
    """Names that are served, and the ids of names that were asked for and are not."""

    entries: tuple[NameEntry, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a database is: where, of which schema version, with how many rows in each table."""

    address: str
    dialect: str
    schema_version: str
    size_bytes: int
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class StoreFault:
    """Something wrong in a database: which check found it, where, and what."""

    check: str
    where: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: rows added, rows changed, rows that were there already and the same."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Written) -> Written:
        """Both together."""
        return Written(self.added + other.added, self.changed + other.changed, self.same + other.same)


class Reader(Protocol):
    """Everything that can be asked of a store; only records of published releases are given."""

    def info(self) -> StoreInfo:
        """What database this is."""
        ...

    def database_id(self) -> str:
        """An opaque id given to the database when it was made; index files are kept under it."""
        ...

    def data_version(self) -> int:
        """A number that grows with every published write; indexes and ETags follow it."""
        ...

    def divisions(self) -> list[Division]:
        """Every division of every period, with its codes."""
        ...

    def division_events(self) -> list[DivisionEvent]:
        """Every event that changed divisions."""
        ...

    def successions(self) -> list[Succession]:
        """Every edge from predecessor to successor."""
        ...

    def name_entries(self, batch: int = 10_000) -> Iterator[list[NameEntry]]:
        """Every name with its place, in batches, ordered by name id."""
        ...

    def name_entry(self, name_id: str) -> NameEntry | None:
        """One name with its place, None when there is no such name."""
        ...

    def served_entries(self, name_ids: Collection[str], place_ids: Collection[str]) -> Served:
        """Names of these ids and all names of these places: those that are served, the ids of the others."""
        ...

    def served_names(self) -> ServedNames:
        """Every name that is served with its place, as columns."""
        ...

    def names_of(self, place_id: str) -> list[Name]:
        """Every name of one place."""
        ...

    def name_events(self, name_id: str) -> list[NameEvent]:
        """The events of one name, oldest first."""
        ...

    def editions(self) -> list[Edition]:
        """Every edition that is loaded."""
        ...

    def draft_editions(self) -> list[Edition]:
        """Every edition that is loaded and waits to be published."""
        ...

    def active_edition(self) -> Edition | None:
        """The edition that answers are given from; None before any is activated."""
        ...

    def territories(self, edition_id: str) -> Territories:
        """The polygons of one edition, ordered by level and code; NotFoundError for an unknown edition."""
        ...

    def boundary_lines(self, edition_id: str) -> list[BoundaryLine]:
        """The lines of one edition, ordered by sides."""
        ...

    def sources(self) -> list[Source]:
        """Every source."""
        ...

    def releases(self) -> list[Release]:
        """Every release, staged and withdrawn ones too."""
        ...

    def audit(self, subject: str) -> list[AuditRecord]:
        """The chain of one subject, oldest first."""
        ...

    def verify_audit(self) -> Sequence[ChainFault]:
        """Every break in any chain."""
        ...


class Writer(NamingWriter, DivisionChangeWriter, Protocol):
    """What can be changed inside one transaction; nothing is seen by others before it ends well.

    The `put_*` functions add rows that are new, replace rows that differ (writing an audit record with
    before and after for the subject `name:ID` or `place:ID`) and leave equal rows alone.
    """

    def put_source(self, source: Source) -> Written:
        """Add or replace a source."""
        ...

    def put_release(self, release: Release) -> Written:
        """Add a release or change its state."""
        ...

    def put_divisions(self, divisions: Iterable[Division], release_id: str) -> Written:
        """Add or replace divisions with their codes; the place of the same id must exist."""
        ...

    def put_division_changes(
        self, events: Iterable[DivisionEvent], successions: Iterable[Succession], release_id: str
    ) -> Written:
        """Add or replace events and their edges."""
        ...

    def put_places(self, places: Iterable[Place], release_id: str) -> Written:
        """Add or replace places."""
        ...

    def put_names(self, names: Iterable[Name], release_id: str) -> Written:
        """Add or replace names; a changed name's version grows by one."""
        ...

    def put_batch(self, batch: RecordBatch, release_id: str) -> Written:
        """Add or replace places and names given as columns, as `put_places` and `put_names` do."""
        ...

    def put_name_events(self, events: Iterable[NameEvent], release_id: str) -> Written:
        """Add or replace events of names."""
        ...

    def put_edition(
        self,
        edition: Edition,
        territories: Territories,
        lines: Sequence[BoundaryLine],
        release_id: str,
    ) -> Written:
        """Add an edition with its polygons and lines as a draft, replacing a draft of the same id."""
        ...

    def activate_edition(self, edition_id: str) -> None:
        """Make this edition the one that answers are given from; NotFoundError for an unknown one."""
        ...

    def record(self, subject: str, action: str, before: str = "", after: str = "") -> AuditRecord:
        """Append to the chain of a subject."""
        ...


class Store(
    Reader,
    AnchorStore,
    ChangeLog,
    DivisionChangeReader,
    InspectionStore,
    LineStore,
    LoadStore,
    MaterialStore,
    TokenStore,
    JobStore,
    NamingReader,
    FindingStore,
    ExportStore,
    Protocol,
):
    """A database of geoname."""

    def writing(self, actor: str, reason: str) -> AbstractContextManager[Writer]:
        """One transaction: committed when the block ends well, undone whole when it raises.

        ConflictError when another writer holds the database too long, StorageError when the disk is full.
        """
        ...

    def load_batch(
        self,
        batch: RecordBatch,
        release_id: str,
        *,
        actor: str,
        reason: str,
        progress: Callable[[int], None] | None = None,
    ) -> Written:
        """Write many places and names under a release in short transactions, other writers in between.

        Under a staged release nothing that is served changes before it is published. Each transaction is
        whole or not there at all: after an error or an end by force, load the same again, and what is there
        already is left alone. `progress` is told the places and names done so far.
        """
        ...

    def schema_is_current(self) -> bool:
        """Whether the schema is the one this version of geoname works with."""
        ...

    def upgrade(self) -> str:
        """Bring an older schema up to date; the schema version after it."""
        ...

    def backup(self, target: Path) -> None:
        """Write a consistent copy while others read and write; the target must not exist."""
        ...

    def verify(self) -> list[StoreFault]:
        """Every fault: damaged pages, broken references, spatial index, broken audit chains."""
        ...

    def close(self) -> None:
        """Give back connections."""
        ...
