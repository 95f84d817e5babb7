"""Rows of joint inspections (界线联检): the record as JSON, and the columns that repeat parts of it."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.finding import Finding
from geoname.core.inspections.inspection import Inspection, InspectionKind
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.peace import PeaceRecord
from geoname.core.inspections.plan import InspectionPlan
from geoname.core.inspections.signature import Signature, canonical_json
from geoname.errors import DatabaseError
from geoname.store.rows.cells import Row

Record = TypeVar("Record")
_READERS: dict[type[Any], TypeAdapter[Any]] = {}


def inspection_row(case: Inspection) -> Row:
    """The row of a case."""
    regular = case.kind is InspectionKind.REGULAR
    return {
        "id": case.id,
        "occasion": f"regular:{case.line_id}:{case.year}" if regular else f"special:{case.id}",
        "line_id": case.line_id,
        "kind": case.kind.value,
        "year": case.year,
        "stage": case.stage.value,
        "sides": " ".join(case.sides),
        "lead": case.lead,
        "generated": int(case.generated),
        "version": case.version,
        "content": canonical_json(case),
    }


def record_row(record: FieldRecord) -> Row:
    """The row of a field record."""
    return _part(record) | {"inspection_id": record.inspection_id, "item": record.item}


def finding_row(finding: Finding) -> Row:
    """The row of a finding."""
    own = {"kind": finding.kind.value, "state": finding.state.value}
    return _part(finding) | {"inspection_id": finding.inspection_id} | own


def paper_row(paper: Paper) -> Row:
    """The row of a paper."""
    return _part(paper) | {"inspection_id": paper.inspection_id, "kind": paper.kind.value}


def signature_row(signature: Signature) -> Row:
    """The row of a signature."""
    own = {"subject": signature.subject, "side": signature.side, "digest": signature.digest}
    return _part(signature) | {"inspection_id": signature.inspection_id} | own


def peace_row(peace: PeaceRecord) -> Row:
    """The row of a peace record."""
    own = {"line_id": peace.line_id, "kind": peace.kind.value}
    return _part(peace) | {"inspection_id": peace.inspection_id} | own


def plan_row(plan: InspectionPlan) -> Row:
    """The row of a plan."""
    return _part(plan) | {"first_year": plan.first_year, "years": plan.years}


def read_content(kind: type[Record], content: str) -> Record:
    """The record that a row's JSON holds; DatabaseError when it is none."""
    try:
        read: Record = _reader(kind).validate_json(content)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise DatabaseError(
            f"a record of {kind.__name__} cannot be read at {where!r}: restore a backup or mend the row",
            zh=f"{kind.__name__} 的记录在 {where!r} 处无法读取：请恢复备份或更正该行",
            field="content",
        ) from error
    return read


def _reader(kind: type[Any]) -> TypeAdapter[Any]:
    # To make one takes a hundred times as long as to read with it.
    if kind not in _READERS:
        _READERS[kind] = TypeAdapter(kind)
    return _READERS[kind]


def _part(part: FieldRecord | Finding | Paper | Signature | PeaceRecord | InspectionPlan) -> Row:
    return {"id": part.id, "content": canonical_json(part)}
