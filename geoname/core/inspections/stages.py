"""The stages of a joint inspection (联检流程) and every step between them, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.law.citation import Citation, Known


class Stage(StrEnum):
    """Where a joint inspection stands; in the order in which a regular one passes through them."""

    DUE = "due"
    PLANNED = "planned"
    PLAN_DRAFTED = "plan_drafted"
    PLAN_AGREED = "plan_agreed"
    PLAN_FILED = "plan_filed"
    DESK = "desk"
    FIELD = "field"
    FINDINGS = "findings"
    REMEDY = "remedy"
    SURVEYED = "surveyed"
    REPORT_DRAFT = "report_draft"
    SIGNED = "signed"
    FILED = "filed"
    ARCHIVED = "archived"
    CLOSED = "closed"

    @property
    def position(self) -> int:
        """Its place in the order, from 0."""
        return _ORDER[self]


_ORDER = {stage: position for position, stage in enumerate(Stage)}


class Party(StrEnum):
    """In which capacity somebody acts on a case."""

    LEAD = "lead"
    """The side that leads the case (牵头方)."""
    SIDE = "side"
    """Another side."""
    ORGAN = "organ"
    """Whoever is above all sides: the organ that approved the line (批准机关) or acts for it."""


class Document(StrEnum):
    """A paper that a case needs; the values are those of the archive set."""

    ANNUAL_PLAN = "annual_plan"
    FIELD_PLAN = "field_plan"
    MINUTES = "minutes"
    PLAN_RECEIPT = "plan_receipt"
    DESK_RECORD = "desk_record"
    FINDING_LIST = "finding_list"
    SURVEY_RECORD = "survey_record"
    REPORT = "report"
    FILING_LETTER = "filing_letter"
    FILING_RECEIPT = "filing_receipt"
    ARCHIVE_LIST = "archive_list"
    MARKER_REGISTER = "marker_register"
    MARKER_TABLE = "marker_table"
    REPAIR_RECORD = "repair_record"
    REMOVAL_RECORD = "removal_record"
    RESTORATION_RECORD = "restoration_record"
    REQUEST = "request"
    CONSENT = "consent"
    NEW_DESCRIPTION = "new_description"
    NOTICE = "notice"
    LETTER = "letter"
    DECISION = "decision"
    OTHER = "other"


class Guard(StrEnum):
    """What must hold before a step; each is checked by `advance`."""

    SIDES_LISTED = "sides_listed"
    PLAN_SIGNED = "plan_signed"
    FIELD_LIST = "field_list"
    RECORDS_COMPLETE = "records_complete"
    FINDINGS_OPENED = "findings_opened"
    FINDINGS_SURVEYED = "findings_surveyed"
    FINDINGS_ENDED = "findings_ended"
    REPORT_SIGNED = "report_signed"
    REASON_GIVEN = "reason_given"


class Step(StrEnum):
    """What can be done with a case as a whole."""

    PLAN = "plan"
    DRAFT_PLAN = "draft_plan"
    AGREE_PLAN = "agree_plan"
    FILE_PLAN = "file_plan"
    RETURN_PLAN = "return_plan"
    START_DESK = "start_desk"
    START_FIELD = "start_field"
    LIST_FINDINGS = "list_findings"
    BACK_TO_FIELD = "back_to_field"
    REMEDY = "remedy"
    SURVEY = "survey"
    DRAFT_REPORT = "draft_report"
    SIGN_REPORT = "sign_report"
    AMEND_REPORT = "amend_report"
    FILE = "file"
    RETURN_REPORT = "return_report"
    ARCHIVE = "archive"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: from, to, what must hold, who may, which papers there must be, on what basis.

    `back` marks a step to an earlier stage, which needs a reason. Nothing is signed by a step: signatures
    are put one by one beforehand, and the step checks them.
    """

    step: Step
    source: Stage
    target: Stage
    basis: Citation
    parties: tuple[Party, ...]
    documents: tuple[Document, ...] = ()
    guards: tuple[Guard, ...] = ()

    @property
    def back(self) -> bool:
        """Whether the step leads to an earlier stage."""
        return self.target.position < self.source.position


REGULATION = "行政区域界线管理条例"
PROVINCIAL = "省级行政区域界线联合检查实施办法"
MARKERS = "行政区域界线界桩管理办法"
PRACTICE = "县级行政区域界线联合检查实施方案（外省）"
_LAW = Citation(REGULATION, article=12, known=Known.FULL_TEXT)
_ARCHIVE = Citation(REGULATION, article=13, known=Known.FULL_TEXT)
_BASIS = Citation(PROVINCIAL, article=5, known=Known.ONE_COPY)
_CONTENT = Citation(PROVINCIAL, article=3, known=Known.ONE_COPY)
_PRACTICE = Citation(PRACTICE, known=Known.SECONDARY)

_LEADS = (Party.LEAD,)
_SIDES = (Party.LEAD, Party.SIDE)
_ANY = (Party.LEAD, Party.SIDE, Party.ORGAN)
_S, _D, _G = Stage, Document, Guard

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Step.PLAN, _S.DUE, _S.PLANNED, _LAW, _ANY, (_D.ANNUAL_PLAN,), (_G.SIDES_LISTED,)),
    Transition(Step.DRAFT_PLAN, _S.PLANNED, _S.PLAN_DRAFTED, _PRACTICE, _LEADS, (_D.FIELD_PLAN,)),
    Transition(
        Step.AGREE_PLAN, _S.PLAN_DRAFTED, _S.PLAN_AGREED, _PRACTICE, _SIDES, (_D.MINUTES,), (_G.PLAN_SIGNED,)
    ),
    Transition(Step.FILE_PLAN, _S.PLAN_AGREED, _S.PLAN_FILED, _PRACTICE, _LEADS, (_D.PLAN_RECEIPT,)),
    Transition(
        Step.RETURN_PLAN, _S.PLAN_FILED, _S.PLAN_DRAFTED, _PRACTICE, (Party.ORGAN,), (), (_G.REASON_GIVEN,)
    ),
    Transition(Step.START_DESK, _S.PLAN_FILED, _S.DESK, _BASIS, _SIDES),
    Transition(Step.START_FIELD, _S.DESK, _S.FIELD, _BASIS, _SIDES, (_D.DESK_RECORD,), (_G.FIELD_LIST,)),
    Transition(
        Step.LIST_FINDINGS, _S.FIELD, _S.FINDINGS, _CONTENT, _SIDES, (_D.FINDING_LIST,),
        (_G.RECORDS_COMPLETE,),
    ),
    Transition(Step.BACK_TO_FIELD, _S.FINDINGS, _S.FIELD, _CONTENT, _SIDES, (), (_G.REASON_GIVEN,)),
    Transition(Step.REMEDY, _S.FINDINGS, _S.REMEDY, _CONTENT, _SIDES, (), (_G.FINDINGS_OPENED,)),
    Transition(
        Step.SURVEY, _S.REMEDY, _S.SURVEYED, _CONTENT, _SIDES, (_D.SURVEY_RECORD,), (_G.FINDINGS_SURVEYED,)
    ),
    Transition(
        Step.DRAFT_REPORT, _S.SURVEYED, _S.REPORT_DRAFT, _LAW, _LEADS, (_D.REPORT,), (_G.FINDINGS_ENDED,)
    ),
    Transition(
        Step.SIGN_REPORT, _S.REPORT_DRAFT, _S.SIGNED, _LAW, _SIDES, (), (_G.FINDINGS_ENDED, _G.REPORT_SIGNED)
    ),
    Transition(Step.AMEND_REPORT, _S.SIGNED, _S.REPORT_DRAFT, _PRACTICE, _SIDES, (), (_G.REASON_GIVEN,)),
    Transition(
        Step.FILE, _S.SIGNED, _S.FILED, _LAW, _LEADS, (_D.FILING_LETTER, _D.FILING_RECEIPT),
        (_G.REPORT_SIGNED,),
    ),
    Transition(
        Step.RETURN_REPORT, _S.FILED, _S.REPORT_DRAFT, _PRACTICE, (Party.ORGAN,), (), (_G.REASON_GIVEN,)
    ),
    Transition(Step.ARCHIVE, _S.FILED, _S.ARCHIVED, _ARCHIVE, _LEADS, (_D.ARCHIVE_LIST,)),
    Transition(Step.CLOSE, _S.ARCHIVED, _S.CLOSED, _LAW, (Party.LEAD, Party.ORGAN)),
)  # fmt: skip
"""Every step there is. What is not in the table is refused: there is no field work before an agreed plan, no
filing before all sides have signed, and no way to skip a stage."""

OF_STEP = {transition.step: transition for transition in TRANSITIONS}


def steps_from(stage: Stage) -> tuple[Transition, ...]:
    """The rows that lead out of a stage, those forward first."""
    return tuple(
        sorted((row for row in TRANSITIONS if row.source is stage), key=lambda row: (row.back, row.step))
    )
