"""Joint inspections (界线联检) read from any of the databases; writing opens one transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, select

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.finding import Finding
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.peace import PeaceRecord
from geoname.core.inspections.plan import InspectionPlan
from geoname.store.dialect import Dialect
from geoname.store.reading.case_files import read_case
from geoname.store.rows.inspections import read_content
from geoname.store.schema import inspection, inspection_finding, inspection_plan, peace_record
from geoname.store.writing.inspections import SqlInspectionWriter


class SqlInspections(ABC):
    """What `InspectionStore` says."""

    _dialect: Dialect
    _clock: Callable[[], str]

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction, over a current schema."""

    def inspection(self, inspection_id: str) -> CaseFile | None:
        """The file of a case, None for an unknown id."""
        with self._reading() as connection:
            return read_case(connection, inspection_id)

    def inspections(
        self, *, line_id: str | None = None, year: int | None = None, stages: tuple[str, ...] = ()
    ) -> list[Inspection]:
        """The cases that fit, by year, line and age."""
        columns = inspection.c
        asked = select(columns.content).order_by(columns.year, columns.line_id, columns.fid)
        if line_id is not None:
            asked = asked.where(columns.line_id == line_id)
        if year is not None:
            asked = asked.where(columns.year == year)
        if stages:
            asked = asked.where(columns.stage.in_(stages))
        with self._reading() as connection:
            return [read_content(Inspection, content) for content in connection.execute(asked).scalars()]

    def inspection_findings(self) -> list[Finding]:
        """Every finding of every case, oldest first."""
        asked = select(inspection_finding.c.content).order_by(inspection_finding.c.fid)
        with self._reading() as connection:
            return [read_content(Finding, content) for content in connection.execute(asked).scalars()]

    def peace_records(self, line_id: str | None = None) -> list[PeaceRecord]:
        """The peace records of a line, or all, oldest first."""
        asked = select(peace_record.c.content).order_by(peace_record.c.fid)
        if line_id is not None:
            asked = asked.where(peace_record.c.line_id == line_id)
        with self._reading() as connection:
            return [read_content(PeaceRecord, content) for content in connection.execute(asked).scalars()]

    def inspection_plans(self) -> list[InspectionPlan]:
        """Every plan, oldest first."""
        asked = select(inspection_plan.c.content).order_by(inspection_plan.c.fid)
        with self._reading() as connection:
            return [read_content(InspectionPlan, content) for content in connection.execute(asked).scalars()]

    @contextmanager
    def changing_inspections(self, actor: str, reason: str = "") -> Iterator[SqlInspectionWriter]:
        """One transaction over inspections: committed when the block ends well, else undone whole."""
        with self._changing() as connection:
            writer = SqlInspectionWriter(connection, self._dialect, actor, reason, self._clock)
            yield writer
            writer.finish()
