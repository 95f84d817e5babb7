"""Reading for exports, and the record of who took what (导出与留痕), over any of the databases."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from geoname.core.register.name import Publication
from geoname.store.dialect import Dialect
from geoname.store.protocols_exports import NameRows
from geoname.store.reading.export_rows import division_source_ids, stream_name_rows
from geoname.store.writing.audit_log import AuditLog, Entry


class SqlExports(ABC):
    """What `ExportStore` says."""

    _dialect: Dialect
    _clock: Callable[[], str]

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction, over a current schema."""

    def name_rows(
        self, publications: Sequence[Publication], digits: str = "", batch: int = 10_000
    ) -> Iterator[NameRows]:
        """Names with their places as columns, ordered by id."""
        with self._reading() as connection:
            yield from stream_name_rows(connection, self._dialect, batch, publications, digits)

    def division_sources(self) -> dict[str, str]:
        """The source of each division, by its id."""
        with self._reading() as connection:
            return division_source_ids(connection)

    def log_export(self, subject: str, actor: str, told: str) -> None:
        """Keep that somebody took a file with coordinates that are not open."""
        with self._changing() as connection:
            entry = Entry(f"export:{subject}", "exported", after=told)
            AuditLog(connection, actor, "", self._clock).extend([entry])
