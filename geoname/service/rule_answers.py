"""Findings as answers show them (审查结果): both languages, each with the law it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.law.citation import Citation, Known
from geoname.core.rules.finding import Finding, Words
from geoname.core.rules.kept_finding import finding_id
from geoname.core.rules.repeats import scope_words
from geoname.service.answers import ClassShown, DivisionRef, RomanizationShown


@dataclass(frozen=True, slots=True)
class TextShown:
    """One text in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CitationShown:
    """Where a rule stands written. `known`: full_text, one_copy, secondary or computed; dates of force."""

    text: str
    known: str
    in_force_from: str | None
    in_force_until: str | None


@dataclass(frozen=True, slots=True)
class SpanShown:
    """Characters `start` to `end` of the name, counted from 0, `end` not among them, and what they are."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ScopeShown:
    """Within what the name was compared; `complete` False: the note says what is missing or stands for it."""

    level: str
    division_id: str | None
    complete: bool
    note: TextShown


@dataclass(frozen=True, slots=True)
class NamesakeShown:
    """Another name of the register, and the divisions that hold it."""

    id: str
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """What a reviewer decided, and why."""

    outcome: str
    reason: str
    reviewer: str
    on: str


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One finding. `severity_if_new` is what it would be for a new name without an exception.

    `id` is always the same for the same rule, name, class, division and other names; under it a reviewer
    decides.

    `evidence` is how well the evidence is known where it is weaker than the citation: memory is a hint of
    this system's own and no law. `exceptions` are possible by law; `excepted` is the one that was claimed.
    """

    id: str | None
    rule: str
    title: TextShown
    severity: str
    severity_if_new: str
    message: TextShown
    span: SpanShown | None
    citations: tuple[CitationShown, ...]
    scope: ScopeShown | None
    against: tuple[NamesakeShown, ...]
    exceptions: tuple[TextShown, ...]
    excepted: str | None
    grandfathered: bool
    evidence: str | None
    decision: DecisionShown | None


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A rule that applies and could not judge, and the fact that it lacked."""

    rule: str
    title: TextShown
    lacks: str


@dataclass(frozen=True, slots=True)
class CheckShown:
    """What the rules say of a name.

    `verdict` is the gravest severity among the findings that are open or were upheld (blocks, advice,
    information), or `clear`.
    `romanization` is the spelling by the rules. The rules advise; a person decides.
    """

    name: str
    feature_class: ClassShown
    kind: str
    specific: str
    generic: str
    romanization: RomanizationShown
    within: tuple[DivisionRef, ...]
    verdict: str
    findings: tuple[FindingShown, ...]
    not_judged: tuple[NotJudged, ...]


def finding_shown(finding: Finding) -> FindingShown:
    """A finding as answers show it."""
    scope, decision = finding.scope, finding.decision
    return FindingShown(
        finding_id(finding.key) if finding.key is not None else None,
        finding.rule,
        text_shown(finding.title),
        finding.severity,
        finding.severity_if_new or finding.severity,
        text_shown(finding.words),
        SpanShown(*finding.span, finding.matched) if finding.span is not None else None,
        citations_shown(finding.basis),
        ScopeShown(scope.level, scope.division_id, scope.complete, text_shown(scope_words(scope)))
        if scope is not None
        else None,
        tuple(NamesakeShown(other.name_id, other.text, other.where) for other in finding.against),
        tuple(map(text_shown, finding.exceptions)),
        finding.excepted or None,
        finding.grandfathered,
        finding.known,
        DecisionShown(decision.outcome, decision.reason, decision.reviewer, decision.on.isoformat())
        if decision
        else None,
    )


def citations_shown(basis: tuple[Citation, ...]) -> tuple[CitationShown, ...]:
    """The citations that may be shown: nothing that is known from memory alone passes for law."""
    return tuple(
        CitationShown(
            str(citation),
            citation.known,
            citation.in_force_from.isoformat() if citation.in_force_from else None,
            citation.in_force_until.isoformat() if citation.in_force_until else None,
        )
        for citation in basis
        if citation.known is not Known.MEMORY
    )


def text_shown(words: Words) -> TextShown:
    """A text in both languages."""
    return TextShown(words.zh, words.en)
