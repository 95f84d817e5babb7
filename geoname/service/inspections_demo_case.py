"""Takes a demonstration case (演示案件) from plan to closed through the same guards as a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geoname.core.inspections.advance import CaseFacts, advance
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_list import ListedMarker, field_list
from geoname.core.inspections.field_record import (
    Condition,
    FieldRecord,
    MarkerDetails,
    MarkerState,
    Presence,
    SegmentDetails,
)
from geoname.core.inspections.finding import (
    Finding,
    FindingFacts,
    FindingState,
    FindingStep,
    advance_finding,
)
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import FieldItem, ItemKind
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.peace import PeaceKind, PeaceRecord
from geoname.core.inspections.refusal import Refusal
from geoname.core.inspections.signature import PLAN, REPORT, Signature
from geoname.core.inspections.stages import OF_STEP, Document, Party, Stage, Step
from geoname.core.inspections.terms_zh import DOCUMENTS
from geoname.service.inspection_acting import refused
from geoname.service.inspection_moment import new_id, now

ACTOR = "演示 (generated)"
_STEPS: tuple[tuple[Step, int], ...] = (
    (Step.DRAFT_PLAN, 20), (Step.AGREE_PLAN, 20), (Step.FILE_PLAN, 15), (Step.START_DESK, 10),
    (Step.START_FIELD, 15), (Step.LIST_FINDINGS, 25), (Step.REMEDY, 5), (Step.SURVEY, 20),
    (Step.DRAFT_REPORT, 10), (Step.SIGN_REPORT, 10), (Step.FILE, 15), (Step.ARCHIVE, 10), (Step.CLOSE, 5),
)  # fmt: skip
"""The steps of a round, and how many days each comes after the one before."""
_BEGINS_ON = 10
_DAMAGED_EACH, _WORKS_EACH, _CARRIED_EACH = 11, 29, 47
Keep = Callable[[CaseFile, CaseFile, str], CaseFile]


@dataclass(frozen=True, slots=True)
class DemoCase:
    """A case with the markers of its line; `keep` writes each step down and gives back what is kept."""

    markers: tuple[ListedMarker, ...]
    keep: Keep
    today: date

    def run(self, file: CaseFile, until: Stage) -> CaseFile:
        """Go on until a stage, or until the days are used up."""
        # A case rests until its own year.
        day = max(file.inspection.since, date(file.inspection.year, 1, _BEGINS_ON))
        for step, days in _STEPS:
            day += timedelta(days=days)
            if file.inspection.stage is until or day > self.today:
                break
            for prepare in _BEFORE.get(step, ()):
                file = prepare(self, file, day)
            file = self._step(file, step, day)
        return file

    def _step(self, file: CaseFile, step: Step, day: date) -> CaseFile:
        row = OF_STEP[step]
        papers = tuple(self._paper(file, kind, day) for kind in row.documents)
        after = replace(file, papers=(*file.papers, *papers))
        case = file.inspection
        if step in (Step.START_DESK, Step.START_FIELD):
            case = replace(case, items=field_list(self.markers, case.stretch))
        party = Party.LEAD if Party.LEAD in row.parties else Party.ORGAN
        facts = CaseFacts(
            party, day, self.today, after.documents(), after.records, after.findings, after.signatures,
            {subject: after.digest(subject) for subject in (PLAN, REPORT)},
        )  # fmt: skip
        moved = advance(case, step, facts)
        if isinstance(moved, Refusal):
            raise refused(moved, "step")
        return self.keep(file, replace(after, inspection=moved), f"step {step}")

    def _paper(self, file: CaseFile, kind: Document, day: date, finding_id: str | None = None) -> Paper:
        case = file.inspection
        title = f"{case.line_name}{DOCUMENTS[kind]}（演示）"
        return Paper(
            new_id(), case.id, kind, title, day, case.lead, ACTOR, now(),
            text="演示用，系生成", finding_id=finding_id, generated=True,
        )  # fmt: skip

    def sign(self, file: CaseFile, subject: str) -> CaseFile:
        """Every side signs."""
        case = file.inspection
        for side in case.sides:
            made = Signature(new_id(), case.id, subject, side, ACTOR, now(), file.digest(subject))
            file = self.keep(
                file, replace(file, signatures=(*file.signatures, made)), f"{subject} signed by {side}"
            )
        return file

    def inspect(self, file: CaseFile, day: date) -> CaseFile:
        """A record of every item with all sides present, and a finding where something is wrong."""
        records = tuple(
            self._record(file, item, place, day) for place, item in enumerate(file.inspection.items)
        )
        findings = tuple(self._findings(file, records, day))
        after = replace(file, records=records, findings=findings)
        return self.keep(file, after, f"{len(records)} records")

    def _record(self, file: CaseFile, item: FieldItem, place: int, day: date) -> FieldRecord:
        case = file.inspection
        present = tuple(Presence(side, f"{side} 联检员（生成）") for side in case.sides)
        damaged = item.kind is ItemKind.MARKER and _one_in(item.key, _DAMAGED_EACH)
        marker = segment = None
        if item.kind is ItemKind.MARKER:
            state = MarkerState.DAMAGED if damaged else MarkerState.INTACT
            seen = Condition.POOR if damaged else Condition.GOOD
            responsible = case.sides[place % len(case.sides)]
            marker = MarkerDetails(
                item.from_marker, "Q", "石质", responsible, state, seen, seen, Condition.GOOD, True
            )
        else:
            works = "有跨界道路施工（演示）" if _one_in(item.key, _WORKS_EACH) else ""
            segment = SegmentDetails(item.from_marker, item.to_marker, cross_border_works=works)
        problem = FindingKind.DAMAGED if damaged else None
        return FieldRecord(
            new_id(), case.id, item.key, day - timedelta(days=5), present, case.lead, ACTOR, marker, segment,
            "晴", problem, generated=True,
        )  # fmt: skip

    def _findings(self, file: CaseFile, records: tuple[FieldRecord, ...], day: date) -> Iterator[Finding]:
        case = file.inspection
        for record in records:
            if record.marker is not None and record.marker.state is MarkerState.DAMAGED:
                kind, what, side = FindingKind.DAMAGED, "界桩破损（演示）", record.marker.responsible_side
            elif record.segment is not None and record.segment.cross_border_works:
                kind, what, side = FindingKind.WORKS_ACROSS, record.segment.cross_border_works, ""
            else:
                continue
            yield Finding(
                new_id(), case.id, kind, record.item, what, FindingState.OPENED, case.lead, ACTOR,
                record.day, side, record_id=record.id, generated=True,
            )  # fmt: skip

    def remedy(self, file: CaseFile, day: date) -> CaseFile:
        """Handle every finding with all sides, or carry it over with a reason."""
        for finding in file.findings:
            steps = [FindingStep.HANDLE, FindingStep.DOCUMENT]
            if finding.must_be_filed:
                steps.append(FindingStep.FILE)
            steps.append(FindingStep.CLOSE)
            if _one_in(finding.item, _CARRIED_EACH):
                steps = [FindingStep.CARRY_OVER]
            for step in steps:
                file = self._handle(file, finding.id, step, day - timedelta(days=2))
        return file

    def _handle(self, file: CaseFile, finding_id: str, step: FindingStep, day: date) -> CaseFile:
        case = file.inspection
        finding = file.finding(finding_id)
        assert finding is not None
        papers = finding.rule.documents if step is FindingStep.HANDLE else ()
        facts = FindingFacts(
            case.sides, finding.responsible_side or case.lead, Party.LEAD, day, case.frozen, papers,
            case.sides, case.sides, "演示回执", "结转下一轮（演示）",
        )  # fmt: skip
        moved = advance_finding(finding, step, facts)
        if isinstance(moved, Refusal):
            raise refused(moved, "step")
        moved = replace(moved, version=finding.version + 1)
        handed = tuple(self._paper(file, kind, day, finding_id) for kind in papers)
        findings = tuple(moved if one.id == finding_id else one for one in file.findings)
        after = replace(file, findings=findings, papers=(*file.papers, *handed))
        return self.keep(file, after, f"finding {finding.kind} {step}")

    def befriend(self, file: CaseFile, day: date) -> CaseFile:
        """An agreement and a joint meeting along the line."""
        case = file.inspection
        made = tuple(
            PeaceRecord(
                new_id(), case.line_id, kind, day - timedelta(days=3), title, case.sides, case.lead, ACTOR,
                content="演示用，系生成", inspection_id=case.id, generated=True,
            )
            for kind, title in (
                (PeaceKind.AGREEMENT, f"{case.line_name}睦邻友好公约（演示）"),
                (PeaceKind.JOINT_MEETING, f"{case.line_name}联席会议（演示）"),
            )
        )  # fmt: skip
        return self.keep(file, replace(file, peace=(*file.peace, *made)), "peace records")


def _one_in(key: str, each: int) -> bool:
    """Whether a thing falls into one of so many, the same every time."""
    return sum(ord(mark) * place for place, mark in enumerate(key, start=1)) % each == 0


_BEFORE: dict[Step, tuple[Callable[[DemoCase, CaseFile, date], CaseFile], ...]] = {
    Step.AGREE_PLAN: (lambda demo, file, _: demo.sign(file, PLAN),),
    Step.LIST_FINDINGS: (DemoCase.inspect,),
    Step.SURVEY: (DemoCase.remedy, DemoCase.befriend),
    Step.SIGN_REPORT: (lambda demo, file, _: demo.sign(file, REPORT),),
}
"""What is done before a step."""
