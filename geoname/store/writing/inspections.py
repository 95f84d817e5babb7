"""Writes joint inspections (界线联检): what changed in a case, with its audit records, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from sqlalchemy import Connection, Table, delete, insert, select, update

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.finding import Finding
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.peace import PeaceRecord
from geoname.core.inspections.plan import InspectionPlan
from geoname.core.inspections.signature import Signature, canonical_json
from geoname.errors import ConflictError, NotFoundError
from geoname.store.dialect import Dialect
from geoname.store.reading.case_files import read_case
from geoname.store.rows import inspections as rows
from geoname.store.rows.cells import Row, check_cells
from geoname.store.schema import (
    boundary_marker,
    inspection,
    inspection_finding,
    inspection_paper,
    inspection_plan,
    inspection_record,
    inspection_signature,
    peace_record,
)
from geoname.store.writing.audit_log import AuditLog, Entry

Part = TypeVar("Part", FieldRecord, Finding, Paper, Signature, PeaceRecord)
_PARTS = (inspection_record, inspection_finding, inspection_paper, inspection_signature, peace_record)


class SqlInspectionWriter:
    """What `InspectionWriter` says; the transaction holds the write lock, so what it reads stays true."""

    def __init__(
        self, connection: Connection, dialect: Dialect, actor: str, reason: str, clock: Callable[[], str]
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self._log = AuditLog(connection, actor, reason, clock)
        self._touched: set[str] = set()

    def case(self, inspection_id: str) -> CaseFile:
        """The file of a case as it is now; NotFoundError for an unknown id."""
        found = read_case(self._connection, inspection_id)
        if found is None:
            raise NotFoundError(
                f"there is no inspection {inspection_id!r}: `geoname inspections list` shows those there are",
                zh=f"没有联检 {inspection_id!r}：可用 `geoname inspections list` 查看",
                field="id",
            )
        return found

    def open_case(self, opened: Inspection) -> None:
        """Add a case; ConflictError when the line has a regular one in that year already."""
        row = rows.inspection_row(opened)
        same = select(inspection.c.id).where(inspection.c.occasion == row["occasion"])
        if self._connection.execute(same).first() is not None:
            raise ConflictError(
                f"line {opened.line_id} has a regular inspection in {opened.year} already",
                zh=f"界线 {opened.line_id} 在 {opened.year} 年已有一次联检",
                field="line_id",
            )
        self._insert(inspection, row)
        self._log.extend([Entry(f"inspection:{opened.id}", "opened", after=row["content"])])

    def save(self, before: CaseFile, after: CaseFile, action: str) -> CaseFile:
        """Keep what changed in a case, and give back the file with the raised version."""
        was = before.inspection
        case = replace(after.inspection, version=was.version + 1)
        row = rows.inspection_row(case)
        check_cells(row, inspection.name)
        same = (inspection.c.id == was.id) & (inspection.c.version == was.version)
        if self._connection.execute(update(inspection).where(same).values(row)).rowcount != 1:
            raise ConflictError(
                f"inspection {was.id} is of another version than {was.version}: read it again, then retry",
                zh=f"联检 {was.id} 已不是第 {was.version} 版：请重新读取后再试",
                field="version",
            )
        self._touched.add(inspection.name)
        entries = [Entry("", action, *_changed(was, case))]
        entries += self._parts(inspection_record, before.records, after.records, rows.record_row)
        entries += self._parts(inspection_finding, before.findings, after.findings, rows.finding_row)
        entries += self._parts(inspection_paper, before.papers, after.papers, rows.paper_row)
        entries += self._parts(inspection_signature, before.signatures, after.signatures, rows.signature_row)
        entries += self._parts(peace_record, before.peace, after.peace, rows.peace_row)
        self._log.extend([replace(entry, subject=f"inspection:{was.id}") for entry in entries])
        return replace(after, inspection=case)

    def add_peace(self, peace: PeaceRecord) -> None:
        """Keep a peace record of a line."""
        row = rows.peace_row(peace)
        self._insert(peace_record, row)
        self._log.extend([Entry(f"line:{peace.line_id}", "peace record added", after=row["content"])])

    def add_plan(self, plan: InspectionPlan) -> None:
        """Keep a plan."""
        row = rows.plan_row(plan)
        self._insert(inspection_plan, row)
        self._log.extend([Entry(f"inspection-plan:{plan.id}", "adopted", after=row["content"])])

    def remove_generated(self) -> int:
        """Remove every generated case, plan, peace record and marker; how many there were."""
        cases = list(
            self._connection.execute(select(inspection.c.id).where(inspection.c.generated == 1)).scalars()
        )
        entries = [Entry(f"inspection:{id_}", "generated case removed") for id_ in cases]
        for id_ in cases:
            for table in _PARTS:
                self._connection.execute(delete(table).where(table.c.inspection_id == id_))
            self._connection.execute(delete(inspection).where(inspection.c.id == id_))
        plans = self._generated(inspection_plan, InspectionPlan)
        loose = self._generated(peace_record, PeaceRecord)
        entries += [Entry(f"inspection-plan:{id_}", "generated plan removed") for id_ in plans]
        entries += [Entry(f"peace-record:{id_}", "generated peace record removed") for id_ in loose]
        for table, ids in ((inspection_plan, plans), (peace_record, loose)):
            for id_ in ids:
                self._connection.execute(delete(table).where(table.c.id == id_))
        made_up = boundary_marker.c.generated.is_(True)
        markers = list(self._connection.execute(select(boundary_marker.c.id).where(made_up)).scalars())
        self._connection.execute(delete(boundary_marker).where(made_up))
        entries += [Entry(f"marker:{id_}", "generated marker removed") for id_ in markers]
        self._touched |= {table.name for table in (inspection, inspection_plan, boundary_marker, *_PARTS)}
        self._log.extend(entries)
        return len(cases) + len(plans) + len(loose) + len(markers)

    def finish(self) -> None:
        """Bring what the database says about its tables up to date."""
        self._dialect.note_changes(self._connection, self._touched)

    def _generated(self, table: Table, kind: type[InspectionPlan] | type[PeaceRecord]) -> list[str]:
        found = self._connection.execute(select(table.c.content)).scalars()
        read = (rows.read_content(kind, content) for content in found)
        return [each.id for each in read if each.generated]

    def _insert(self, table: Table, row: Row) -> None:
        check_cells(row, table.name)
        self._connection.execute(insert(table), [row])
        self._touched.add(table.name)

    def _parts(
        self, table: Table, before: Sequence[Part], after: Sequence[Part], row_of: Callable[[Part], Row]
    ) -> list[Entry]:
        """Write the parts that are new or differ; the entries that tell so, their subject still empty."""
        known = {part.id: part for part in before}
        entries = []
        for part in after:
            was = known.get(part.id)
            if was == part:
                continue
            row = row_of(part)
            if was is None:
                self._once(table, part)
                self._insert(table, row)
            else:
                check_cells(row, table.name)
                self._connection.execute(update(table).where(table.c.id == part.id).values(row))
                self._touched.add(table.name)
            what = table.name.removeprefix("inspection_").replace("_", " ")
            told = ("", row["content"]) if was is None else _changed(was, part)
            entries.append(Entry("", f"{what} {'changed' if was else 'added'} {part.id}", *told))
        return entries

    def _once(self, table: Table, part: object) -> None:
        if not isinstance(part, Signature):
            return
        own = table.c
        same = (
            (own.inspection_id == part.inspection_id)
            & (own.subject == part.subject)
            & (own.side == part.side)
            & (own.digest == part.digest)
        )
        if self._connection.execute(select(own.id).where(same)).first() is not None:
            raise ConflictError(
                f"side {part.side} has signed {part.subject} already",
                zh=f"{part.side} 一方已在 {part.subject} 上签字",
                field="subject",
            )


def _changed(before: Part | Inspection, after: Part | Inspection) -> tuple[str, str]:
    """What differs between two records, as JSON, as it was and as it is."""
    names = [one.name for one in fields(after) if getattr(before, one.name) != getattr(after, one.name)]
    was, now = ({name: getattr(each, name) for name in names} for each in (before, after))
    return canonical_json(was), canonical_json(now)
