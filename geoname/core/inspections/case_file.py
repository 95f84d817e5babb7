"""The file of a case (案卷): the inspection with its records, findings, papers and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.finding import Finding
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.peace import PeaceRecord
from geoname.core.inspections.signature import PLAN, REPORT, Signature, content_digest
from geoname.core.inspections.stages import Document


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that belongs to one case, each kind in the order in which it was added."""

    inspection: Inspection
    records: tuple[FieldRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    papers: tuple[Paper, ...] = ()
    signatures: tuple[Signature, ...] = ()
    peace: tuple[PeaceRecord, ...] = ()

    def record(self, record_id: str) -> FieldRecord | None:
        """One record by its id."""
        return next((one for one in self.records if one.id == record_id), None)

    def record_of(self, item: str) -> FieldRecord | None:
        """The record of an item of the field list."""
        return next((one for one in self.records if one.item == item), None)

    def finding(self, finding_id: str) -> Finding | None:
        """One finding by its id."""
        return next((one for one in self.findings if one.id == finding_id), None)

    def documents(self) -> frozenset[Document]:
        """The kinds of papers of the case itself that were handed in since it was last taken back."""
        present = self.papers[self.inspection.papers_returned :]
        return frozenset(paper.kind for paper in present if paper.finding_id is None)

    def subjects(self) -> tuple[str, ...]:
        """What can be signed now: the plan and the report once drafted, every record."""
        drafted = [PLAN] if self.inspection.plan_draft else []
        drafted += [REPORT] if self.inspection.report_draft else []
        return (*drafted, *(record.subject for record in self.records))

    def signed_content(self, subject: str) -> Mapping[str, Any] | None:
        """What a signature under a subject covers, as JSON values; None for a subject that is not there.

        The report covers every record, finding, dispute and peace record by digest, so that a change to any
        of them leaves the signatures under the report behind.
        """
        case = self.inspection
        head = {"inspection": case.id, "line": case.line_id, "year": case.year, "sides": list(case.sides),
                "lead": case.lead, "subject": subject}  # fmt: skip
        if subject == PLAN and case.plan_draft:
            return head | {"draft": case.plan_draft, "papers": self._papers(Document.FIELD_PLAN)}
        if subject == REPORT and case.report_draft:
            return head | {
                "draft": case.report_draft,
                "papers": self._papers(Document.REPORT),
                "records": [_named(one.id, replace(one, version=0)) for one in self.records],
                "findings": [_named(one.id, replace(one, version=0)) for one in self.findings],
                # The organ decides in its own time, and the sides do not sign for it.
                "disputes": [
                    _named(one.id, replace(one, decided_on=None, decision="")) for one in case.disputes
                ],
                "peace": [_named(one.id, one) for one in self.peace],
            }
        record = next((one for one in self.records if one.subject == subject), None)
        return None if record is None else head | {"record": record.signed_content()}

    def digest(self, subject: str) -> str:
        """The digest of what a signature under a subject covers; empty for a subject that is not there."""
        content = self.signed_content(subject)
        return "" if content is None else content_digest(content)

    def signed_sides(self, subject: str) -> tuple[str, ...]:
        """The sides whose signature covers the subject as it is now."""
        digest = self.digest(subject)
        signed = {one.side for one in self.signatures if one.subject == subject and one.digest == digest}
        return tuple(side for side in self.inspection.sides if side in signed)

    def _papers(self, kind: Document) -> list[dict[str, str]]:
        """The last paper of a kind, which replaces those before it."""
        last = [paper for paper in self.papers if paper.kind is kind and paper.finding_id is None][-1:]
        return [_named(paper.id, paper) for paper in last]


def _named(id_: str, value: object) -> dict[str, str]:
    return {"id": id_, "digest": content_digest(value)}
