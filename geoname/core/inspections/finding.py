"""A finding (问题) as a child case of an inspection: its states, and what must hold between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from geoname.core.inspections.finding_rules import RULE_OF, Filing, FindingKind, FindingRule
from geoname.core.inspections.refusal import Reason, Refusal, listed
from geoname.core.inspections.stages import Document, Party
from geoname.core.inspections.terms_zh import FINDING_STATES, FINDING_STEPS, papers_zh


class FindingState(StrEnum):
    """Where a finding stands; TO_VERIFY is a suspicion that nobody has looked at yet."""

    TO_VERIFY = "to_verify"
    OPENED = "opened"
    HANDLING = "handling"
    DOCUMENTED = "documented"
    FILED = "filed"
    CLOSED = "closed"
    CARRIED_OVER = "carried_over"
    DISMISSED = "dismissed"

    @property
    def ended(self) -> bool:
        """Whether the report may be drafted with it as it is."""
        return self in (FindingState.CLOSED, FindingState.CARRIED_OVER, FindingState.DISMISSED)


class FindingStep(StrEnum):
    """What can be done with a finding."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    HANDLE = "handle"
    DOCUMENT = "document"
    FILE = "file"
    CLOSE = "close"
    CARRY_OVER = "carry_over"
    REOPEN = "reopen"


_S, _T = FindingState, FindingStep
STEPS: dict[FindingStep, tuple[frozenset[FindingState], FindingState]] = {
    _T.CONFIRM: (frozenset({_S.TO_VERIFY}), _S.OPENED),
    _T.DISMISS: (frozenset({_S.TO_VERIFY, _S.OPENED}), _S.DISMISSED),
    _T.HANDLE: (frozenset({_S.OPENED}), _S.HANDLING),
    _T.DOCUMENT: (frozenset({_S.HANDLING}), _S.DOCUMENTED),
    _T.FILE: (frozenset({_S.DOCUMENTED}), _S.FILED),
    _T.CLOSE: (frozenset({_S.DOCUMENTED, _S.FILED}), _S.CLOSED),
    _T.CARRY_OVER: (frozenset({_S.TO_VERIFY, _S.OPENED, _S.HANDLING, _S.DOCUMENTED}), _S.CARRIED_OVER),
    _T.REOPEN: (frozenset({_S.CLOSED, _S.CARRIED_OVER, _S.DISMISSED}), _S.OPENED),
}
"""From which states a step leads to which; everything else is refused."""

_NEEDS_REASON = frozenset({_T.DISMISS, _T.CARRY_OVER, _T.REOPEN})


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about an item. `documents` are those handed in, `consents` and `present` are side codes.

    `present` are the sides that were there when it was handled. `line_changed` says for F7 whether the line's
    description changes and the outcome must be filed. `reason` is that of the last step that needs one.
    """

    id: str
    inspection_id: str
    kind: FindingKind
    item: str
    what: str
    state: FindingState
    side: str
    actor: str
    opened_on: date
    responsible_side: str = ""
    documents: tuple[Document, ...] = ()
    consents: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    handled_on: date | None = None
    filed_on: date | None = None
    filing_receipt: str = ""
    line_changed: bool = False
    reason: str = ""
    record_id: str | None = None
    photos: tuple[str, ...] = ()
    version: int = 1
    generated: bool = False

    @property
    def rule(self) -> FindingRule:
        """What is to be done about its kind."""
        return RULE_OF[self.kind]

    @property
    def must_be_filed(self) -> bool:
        """Whether the outcome goes to the organ that approved the line."""
        filing = self.rule.filing
        return filing is Filing.APPROVING_ORGAN or (filing is Filing.IF_CHANGED and self.line_changed)


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What is known when a step is taken: the case's sides, who takes it, frozen items, what is handed in."""

    sides: tuple[str, ...]
    side: str
    party: Party
    day: date
    frozen: frozenset[str] = frozenset()
    documents: tuple[Document, ...] = ()
    consents: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    receipt: str = ""
    reason: str = ""
    line_changed: bool | None = None


def advance_finding(finding: Finding, step: FindingStep, facts: FindingFacts) -> Finding | Refusal:
    """The finding after a step, or every reason why it cannot be taken."""
    sources, target = STEPS[step]
    if finding.state not in sources:
        reason = Reason(
            "wrong_state",
            f"the finding is {finding.state}, and {step} leads out of {', '.join(sorted(sources))} only",
            f"该问题现处“{FINDING_STATES[finding.state]}”，“{FINDING_STEPS[step]}”只能从"
            f"{'、'.join(f'“{FINDING_STATES[one]}”' for one in sorted(sources))}办理",
        )
        return Refusal((reason,))
    after = _with_facts(finding, facts)
    reasons = _reasons(after, step, facts)
    if reasons:
        return Refusal(tuple(reasons))
    filed: dict[str, Any] = (
        {"filed_on": facts.day, "filing_receipt": facts.receipt} if step is _T.FILE else {}
    )
    handled: dict[str, Any] = {"handled_on": facts.day} if step is _T.DOCUMENT else {}
    return replace(after, state=target, **filed, **handled)


def _with_facts(finding: Finding, facts: FindingFacts) -> Finding:
    return replace(
        finding,
        documents=tuple(dict.fromkeys((*finding.documents, *facts.documents))),
        consents=tuple(dict.fromkeys((*finding.consents, *facts.consents))),
        present=tuple(dict.fromkeys((*finding.present, *facts.present))),
        reason=facts.reason or finding.reason,
        line_changed=finding.line_changed if facts.line_changed is None else facts.line_changed,
    )


def _reasons(finding: Finding, step: FindingStep, facts: FindingFacts) -> list[Reason]:
    rule = finding.rule
    found: list[Reason] = []
    if step in _NEEDS_REASON and not facts.reason.strip():
        found.append(Reason("reason_missing", "give the reason", "请写明理由"))
    works = step in (_T.HANDLE, _T.DOCUMENT)
    if works and finding.item in facts.frozen and finding.kind is not FindingKind.DISPUTE:
        found.append(
            Reason(
                "frozen",
                f"{finding.item} lies in a disputed stretch: wait for the approving organ's decision",
                f"{finding.item} 位于争议地段：请待批准机关决定",
                RULE_OF[FindingKind.DISPUTE].basis[0],
            )
        )
    if works and rule.responsible:
        found += _not_responsible(finding, facts)
    if step is _T.HANDLE and rule.consent:
        found += _missing(facts.sides, finding.consents, "consent_missing", rule, _CONSENT)
    if step is _T.DOCUMENT:
        if rule.together:
            found += _missing(facts.sides, finding.present, "neighbour_absent", rule, _PRESENT)
        papers = [paper for paper in rule.documents if paper not in finding.documents]
        if papers:
            en, zh = listed(papers)[0], listed(papers_zh(papers))[1]
            found.append(Reason("papers_missing", f"hand in: {en}", f"缺少材料：{zh}", rule.basis[0]))
    if step is _T.FILE and not facts.receipt.strip():
        found.append(
            Reason("receipt_missing", "give the receipt of the filing", "请写明备案回执", rule.basis[0])
        )
    if step is _T.CLOSE and finding.must_be_filed and finding.filed_on is None:
        found.append(
            Reason(
                "not_filed",
                "file it with the organ that approved the line first",
                "须先报该界线的批准机关备案",
                rule.basis[0],
            )
        )
    return found


_CONSENT = ("consent is missing of", "尚缺下列一方的同意：")
_PRESENT = ("not done with all sides present: absent was", "毗邻方未在场：")


def _missing(
    sides: Sequence[str], given: Sequence[str], code: str, rule: FindingRule, words: tuple[str, str]
) -> list[Reason]:
    absent = [side for side in sides if side not in given]
    if not absent:
        return []
    en, zh = listed(absent)
    return [Reason(code, f"{words[0]} {en}", f"{words[1]}{zh}", basis) for basis in rule.basis[:2]]


def _not_responsible(finding: Finding, facts: FindingFacts) -> list[Reason]:
    basis = finding.rule.basis[0]
    if not finding.responsible_side:
        text = (
            "it is not known which side is responsible: agree on it and name it",
            "分管方未定：请先商定并写明",
        )
        return [Reason("responsible_unknown", *text, basis)]
    if finding.responsible_side != facts.side:
        side = finding.responsible_side
        return [Reason("not_responsible", f"{side} is responsible, and acts", f"由分管方 {side} 办理", basis)]
    return []
