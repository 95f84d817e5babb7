"""What a store must do with joint inspections (界线联检)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.finding import Finding
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.peace import PeaceRecord
from geoname.core.inspections.plan import InspectionPlan


class InspectionWriter(Protocol):
    """What can be changed about inspections inside one transaction, which nobody else writes beside.

    Every change is recorded on the chain `inspection:ID` of its case, `line:ID` for a peace record that
    belongs to no case, `inspection-plan:ID` for a plan.
    """

    def case(self, inspection_id: str) -> CaseFile:
        """The file of a case as it is now; NotFoundError for an unknown id."""
        ...

    def open_case(self, inspection: Inspection) -> None:
        """Add a case; ConflictError when the line has a regular one in that year already."""
        ...

    def save(self, before: CaseFile, after: CaseFile, action: str) -> CaseFile:
        """Keep what changed in a case, and give back the file with the raised version.

        Records and findings are added or replaced, papers, signatures and peace records only added.
        ConflictError when the case is not of the version `before` any more, or a side has signed already.
        """
        ...

    def add_peace(self, peace: PeaceRecord) -> None:
        """Keep a peace record of a line."""
        ...

    def add_plan(self, plan: InspectionPlan) -> None:
        """Keep a plan."""
        ...

    def remove_generated(self) -> int:
        """Remove every generated case, plan, peace record and marker; how many there were.

        The chains stay, and their last record says so.
        """
        ...


class InspectionStore(Protocol):
    """Cases, plans and peace records; a case is never removed unless it was generated."""

    def inspection(self, inspection_id: str) -> CaseFile | None:
        """The file of a case, None for an unknown id."""
        ...

    def inspections(
        self, *, line_id: str | None = None, year: int | None = None, stages: tuple[str, ...] = ()
    ) -> list[Inspection]:
        """The cases that fit, by year, line and age."""
        ...

    def inspection_findings(self) -> list[Finding]:
        """Every finding of every case, oldest first."""
        ...

    def peace_records(self, line_id: str | None = None) -> list[PeaceRecord]:
        """The peace records of a line, or all, oldest first."""
        ...

    def inspection_plans(self) -> list[InspectionPlan]:
        """Every plan, oldest first."""
        ...

    def changing_inspections(self, actor: str, reason: str = "") -> AbstractContextManager[InspectionWriter]:
        """One transaction over inspections: committed when the block ends well, else undone whole."""
        ...
