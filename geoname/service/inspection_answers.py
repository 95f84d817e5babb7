"""The shapes of answers about joint inspections (联检回答); a field's name is its name in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.finding import Finding
from geoname.core.inspections.inspection import Dispute, FieldItem, Inspection, Stretch
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.peace import PeaceRecord
from geoname.core.inspections.signature import Signature


@dataclass(frozen=True)
class InspectionSummary:
    """A case as lists show it."""

    id: str
    line_id: str
    line_name: str
    kind: str
    round: int
    year: int
    sides: tuple[str, ...]
    lead: str
    stage: str
    since: date
    version: int
    generated: bool


@dataclass(frozen=True)
class InspectionPage:
    """Cases that fit, by year and line."""

    items: tuple[InspectionSummary, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class StepShown:
    """A step that leads out of the present stage: what it needs, who takes it, on what basis.

    `missing` are papers that are not in the file yet; `yours` tells whether the caller may take it.
    """

    step: str
    target: str
    back: bool
    parties: tuple[str, ...]
    documents: tuple[str, ...]
    missing: tuple[str, ...]
    guards: tuple[str, ...]
    basis: str
    known: str
    yours: bool


@dataclass(frozen=True)
class InspectionShown:
    """A case: where it stands, what comes next, how much of the field list is done."""

    id: str
    line_id: str
    line_name: str
    kind: str
    round: int
    year: int
    sides: tuple[str, ...]
    lead: str
    stage: str
    since: date
    version: int
    generated: bool
    parent: str | None
    stretch: Stretch | None
    trigger: str | None
    cause: str
    items: tuple[FieldItem, ...]
    disputes: tuple[Dispute, ...]
    plan_filed_on: date | None
    filed_on: date | None
    next_due: int | None
    next_steps: tuple[StepShown, ...]
    records: int
    records_complete: int
    findings: int
    findings_open: int
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class RecordList:
    """The field records of a case; coordinates are left out for those who may not see them."""

    items: tuple[FieldRecord, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class FindingShown:
    """A finding with what is to be done about its kind, and on what basis."""

    finding: Finding
    title_zh: str
    title_en: str
    handling_zh: str
    handling_en: str
    basis: tuple[str, ...]
    documents: tuple[str, ...]
    missing: tuple[str, ...]
    filing: str
    next_steps: tuple[str, ...]


@dataclass(frozen=True)
class FindingList:
    """The findings of a case, oldest first."""

    items: tuple[FindingShown, ...]


@dataclass(frozen=True)
class SubjectShown:
    """Something that can be signed: the digest of its content as it is now, and who signed it."""

    subject: str
    digest: str
    signed: tuple[str, ...]
    unsigned: tuple[str, ...]


@dataclass(frozen=True)
class SignatureList:
    """What can be signed, and every signature there is, those under earlier content too."""

    subjects: tuple[SubjectShown, ...]
    items: tuple[Signature, ...]


@dataclass(frozen=True)
class PeaceList:
    """What was agreed or done for peace along the line of a case, oldest first."""

    items: tuple[PeaceRecord, ...]


def summary_of(case: Inspection) -> InspectionSummary:
    """A case as lists show it."""
    return InspectionSummary(
        case.id, case.line_id, case.line_name, case.kind, case.round, case.year, case.sides, case.lead,
        case.stage, case.since, case.version, case.generated,
    )  # fmt: skip
