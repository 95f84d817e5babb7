"""Puts cases before the rules (审查引擎); grandfathering and human decisions are applied here alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geoname.core.law.citation import Known
from geoname.core.names.characters import is_plain_han
from geoname.core.rules.case import Claim, ProposedName
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Decision, Finding, FindingKey, Hit, Outcome, Severity
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NameRule, Rule, Sign

Decisions = Mapping[FindingKey, Decision]
NO_DECISIONS: Decisions = {}
_TERM, _STRANGE, _UNCOMMON, _SPELT = (int(sign) for sign in Sign)


class RuleSet:
    """Rules in the order of the articles; for a name of a kind and with its signs those that must look."""

    def __init__(self, rules: Iterable[NameRule]) -> None:
        """Take the rules in order."""
        self._rules = tuple(rules)
        self._chosen: dict[tuple[PlaceKind, int, frozenset[Need]], tuple[NameRule, ...]] = {}

    def __iter__(self) -> Iterator[NameRule]:
        """The rules in order."""
        return iter(self._rules)

    def __len__(self) -> int:
        """How many rules."""
        return len(self._rules)

    def chosen(self, kind: PlaceKind, signs: int, known: frozenset[Need]) -> tuple[NameRule, ...]:
        """The rules that apply to the kind, whose sign is there, and whose facts are known."""
        key = kind, signs, known
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = tuple(
                rule
                for rule in self._rules
                if kind in rule.applies_to
                and (rule.sign is None or rule.sign & signs)
                and rule.needs <= known | {Need.WORD_LIST}
            )
        return found


def check_name(
    case: ProposedName, facts: Facts, rules: RuleSet, decisions: Decisions = NO_DECISIONS
) -> tuple[Finding, ...]:
    """The findings of all rules on one name, in the order of the rules; none for a sound name.

    G-1: a name approved before the Regulations, or in the list of divisions, gets information only. G-2: a
    decision on record is shown with its finding and not asked for again; overruled, it informs only.
    """
    text = case.name.text
    signs = (
        (_TERM if facts.lexicons.touches(text) else 0)
        | (0 if is_plain_han(text) else _STRANGE)
        | (0 if facts.is_common(text) else _UNCOMMON)
        | (_SPELT if case.romanization else 0)
    )
    findings: list[Finding] = []
    for rule in rules.chosen(case.kind, signs, known_of(case, facts)):
        hits = rule.check(case, facts)
        if hits:
            findings += [_finding(rule, case, hit, decisions) for hit in hits]
    return tuple(findings)


def check_case(case: Any, facts: Facts, rules: Iterable[Rule[Any]]) -> tuple[Finding, ...]:  # noqa: ANN401
    """The findings of the rules that take this type of case: a code, a procedure, a change of townships."""
    return tuple(
        Finding(
            rule.code,
            rule.title,
            _grade(rule, hit),
            hit.words,
            rule.basis,
            hit.span,
            against=hit.against,
            exceptions=tuple(allowed.words for allowed in rule.exceptions),
            known=hit.known,
            severity_if_new=_grade(rule, hit),
        )
        for rule in rules
        if rule.takes is type(case)
        for hit in rule.check(case, facts)
    )


def known_of(case: ProposedName, facts: Facts) -> frozenset[Need]:
    """The facts that are at hand for a case."""
    return _KNOWN[
        (1 if facts.register is not None and case.division_id is not None else 0)
        | (2 if facts.territory is not None and case.division_id is not None else 0)
        | (4 if case.told.extent is not None else 0)
        | (8 if case.romanization else 0)
    ]


_BITS = (Need.REGISTER, Need.TERRITORY, Need.EXTENT, Need.SPELLING)
_KNOWN = tuple(frozenset(need for bit, need in enumerate(_BITS) if flags >> bit & 1) for flags in range(16))


def not_judged(case: ProposedName, facts: Facts, rules: RuleSet) -> tuple[tuple[NameRule, Need], ...]:
    """The rules that apply to a case but could not judge it, each with the first fact that is missing."""
    known = known_of(case, facts)
    found = []
    for rule in rules:
        if case.kind not in rule.applies_to:
            continue
        have = known | {Need.WORD_LIST} if facts.lexicons.has(rule.code) else known
        missing = sorted(rule.needs - have)
        if missing:
            found.append((rule, missing[0]))
    return tuple(found)


def _finding(rule: NameRule, case: ProposedName, hit: Hit, decisions: Decisions) -> Finding:
    severity = severity_if_new = _grade(rule, hit)
    grandfathered = case.standing.is_grandfathered
    claim = _counted(case.claim, rule)
    key = FindingKey(
        rule.code,
        case.name.text,
        case.feature_class,
        case.division_id,
        _told_apart_by(case, hit),
    )
    decision = decisions.get(key)
    overruled = decision is not None and decision.outcome is Outcome.OVERRULED
    if grandfathered or claim is not None or overruled:
        severity = Severity.INFORMATION
    return Finding(
        rule.code,
        rule.title,
        severity,
        hit.words,
        rule.basis,
        hit.span,
        "" if hit.span is None else case.name.text[slice(*hit.span)],
        hit.scope,
        hit.against,
        tuple(allowed.words for allowed in rule.exceptions),
        "" if claim is None else claim.kind,
        grandfathered,
        hit.known,
        severity_if_new,
        key,
        decision,
    )


def _told_apart_by(case: ProposedName, hit: Hit) -> tuple[str, ...]:
    """The other names that a finding is about; of a place without a name, the place itself."""
    if not case.name.text and case.place_id is not None:
        return (case.place_id,)
    return tuple(sorted(other.name_id for other in hit.against))


def _grade(rule: Rule[Any], hit: Hit) -> Severity:
    # What is known from memory alone is a hint, never law.
    return Severity.INFORMATION if hit.known is Known.MEMORY else hit.severity or rule.severity


def _counted(claim: Claim | None, rule: NameRule) -> Claim | None:
    """The claim, where the rule knows the exception and a reason is given."""
    if claim is None or not claim.reason.strip():
        return None
    return claim if any(allowed.kind is claim.kind for allowed in rule.exceptions) else None
