"""Reads the file of a case (案卷) in one transaction."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, Table, select

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.finding import Finding
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.peace import PeaceRecord
from geoname.core.inspections.signature import Signature
from geoname.store.rows.inspections import read_content
from geoname.store.schema import (
    inspection,
    inspection_finding,
    inspection_paper,
    inspection_record,
    inspection_signature,
    peace_record,
)

Part = TypeVar("Part")


def read_case(connection: Connection, inspection_id: str) -> CaseFile | None:
    """The file of a case, each kind of part in the order in which it was added; None for an unknown id."""
    asked = select(inspection.c.content).where(inspection.c.id == inspection_id)
    content = connection.execute(asked).scalar_one_or_none()
    if content is None:
        return None

    def parts(table: Table, kind: type[Part]) -> tuple[Part, ...]:
        asked = select(table.c.content).where(table.c.inspection_id == inspection_id).order_by(table.c.fid)
        return tuple(read_content(kind, each) for each in connection.execute(asked).scalars())

    return CaseFile(
        read_content(Inspection, content),
        parts(inspection_record, FieldRecord),
        parts(inspection_finding, Finding),
        parts(inspection_paper, Paper),
        parts(inspection_signature, Signature),
        parts(peace_record, PeaceRecord),
    )
