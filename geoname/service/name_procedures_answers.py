"""Naming procedures as answers show them (命名办理): where a name stands, what may follow, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoname.core.law.deadline import Deadline
from geoname.core.register.naming_proposal import NamingProposal
from geoname.core.rules.approval_matrix import LocalRules, MatrixRow, approvers_of, channel_of
from geoname.core.rules.finding import Finding
from geoname.core.rules.naming_deadlines import ANNOUNCEMENT, FILING
from geoname.core.rules.procedure_cases import Approver
from geoname.core.rules.timers.right_approver import APPROVER_NAMES
from geoname.service.rule_answers import (
    CitationShown,
    FindingShown,
    TextShown,
    citations_shown,
    finding_shown,
    text_shown,
)
from geoname.service.show_name import NameDetail

APPROVERS = {approver: TextShown(zh, approver.replace("_", " ")) for approver, zh in APPROVER_NAMES.items()}


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """The application behind a name. `papers` are those that were handed in."""

    reason: str
    proposed_on: str
    proposed_by: str
    replaces: str | None
    cause: str | None
    papers: tuple[str, ...]
    exception: str | None
    exception_reason: str


@dataclass(frozen=True, slots=True)
class ChannelShown:
    """What follows when one kind of organ has approved. `filed_with` None: no filing is prescribed.

    `clock`: approval or filing, from which the fifteen days of the announcement run; None: no days.
    """

    approver: str
    title: TextShown
    filed_with: TextShown | None
    announced_by: TextShown
    clock: str | None
    citations: tuple[CitationShown, ...]


@dataclass(frozen=True, slots=True)
class MatrixRowShown:
    """One kind of name. `is_local`: left to the province; `origin` is the document the office has entered,
    and without one any organ may be recorded."""

    id: str
    kind: str
    title: TextShown
    is_local: bool
    origin: str | None
    citations: tuple[CitationShown, ...]
    approvers: tuple[ChannelShown, ...]


@dataclass(frozen=True, slots=True)
class MatrixShown:
    """Who approves which name, with whom it is filed, who announces it, and from when the days run."""

    items: tuple[MatrixRowShown, ...]


@dataclass(frozen=True, slots=True)
class DeadlineShown:
    """Something due: of which `subject` (name, line, inspection, division_change) and `id`.

    `codes` are the divisions it belongs to. `state`: late, soon or open; `days_left` is negative when late.
    `duty` says who must do it, where the law does; what rests on no text that is known has no citation.
    """

    subject: str
    id: str
    title: str
    codes: tuple[str, ...]
    kind: str
    what: TextShown
    state: str
    started_on: str | None
    due_on: str
    days_left: int
    duty: TextShown | None
    citations: tuple[CitationShown, ...]


@dataclass(frozen=True, slots=True)
class NameLink:
    """A name that came before or after another, and the event by which it did."""

    id: str
    name: str
    event_id: str


@dataclass(frozen=True, slots=True)
class ProcedureShown:
    """Where a name stands in its procedure. `id` and `version` are those of the name.

    `steps` may follow next. `findings` are those of the naming rules that stand, `procedure_findings` those
    of the rules over applications and approvals; `notes` say what was taken for granted.
    """

    id: str
    version: int
    name: NameDetail
    proposal: ProposalShown | None
    steps: tuple[str, ...]
    deadlines: tuple[DeadlineShown, ...]
    approvers: tuple[MatrixRowShown, ...]
    predecessors: tuple[NameLink, ...]
    successors: tuple[NameLink, ...]
    findings: tuple[FindingShown, ...]
    procedure_findings: tuple[FindingShown, ...]
    notes: tuple[TextShown, ...]


def proposal_shown(proposal: NamingProposal) -> ProposalShown:
    """A proposal as answers show it."""
    return ProposalShown(
        proposal.reason,
        proposal.proposed_on.isoformat(),
        proposal.proposed_by,
        proposal.replaces,
        proposal.cause,
        proposal.papers,
        proposal.exception,
        proposal.exception_reason,
    )


def row_shown(row: MatrixRow, local: LocalRules) -> MatrixRowShown:
    """A row of the matrix, with what the office has entered for it."""
    entered = local.get(row.id) if row.is_local else None
    approvers = approvers_of(row, local)
    if row.is_local and entered is None:
        approvers = tuple(approver for approver in Approver if approver not in _OF_THE_STATE)
    return MatrixRowShown(
        row.id,
        row.kind,
        text_shown(row.title),
        row.is_local,
        entered.origin if entered is not None else None,
        citations_shown(row.basis),
        tuple(_channel_shown(row, approver) for approver in approvers),
    )


def deadline_shown(
    deadline: Deadline, subject: str, id_: str, title: str, code: str | None, day: date
) -> DeadlineShown:
    """A deadline as it stands on a day."""
    return DeadlineShown(
        subject,
        id_,
        title,
        (code,) if code is not None else (),
        deadline.kind,
        _WHAT[deadline.kind],
        deadline.state_on(day),
        deadline.started_on.isoformat(),
        deadline.due_on.isoformat(),
        (deadline.due_on - day).days,
        TextShown(deadline.duty_zh, deadline.duty_en),
        citations_shown(deadline.basis),
    )


def findings_shown(findings: tuple[Finding, ...]) -> tuple[FindingShown, ...]:
    """Findings as answers show them."""
    return tuple(map(finding_shown, findings))


_WHAT = {FILING: TextShown("报送备案", "filing"), ANNOUNCEMENT: TextShown("公告", "announcement")}
_OF_THE_STATE = (Approver.STATE_COUNCIL, Approver.STATE_COUNCIL_DEPARTMENT)


def _channel_shown(row: MatrixRow, approver: Approver) -> ChannelShown:
    channel = channel_of(row, approver)
    return ChannelShown(
        approver,
        APPROVERS[approver],
        text_shown(channel.filed_with) if channel.filed_with is not None else None,
        text_shown(channel.announced_by),
        channel.clock,
        citations_shown((*channel.filing_basis, *channel.announcement_basis)),
    )
