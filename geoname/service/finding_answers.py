"""Kept findings as answers show them (审查意见): what was found on which name, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.kept_finding import KeptFinding
from geoname.service.answers import ClassShown, DivisionRef
from geoname.service.live_index import LiveIndex
from geoname.service.rule_answers import DecisionShown, FindingShown, TextShown, text_shown

_TITLES = {rule.code: rule.title for rule in NAME_RULES}


@dataclass(frozen=True, slots=True)
class KeptFindingShown:
    """A finding that was decided or waits for it. `against` are ids of the other names.

    `finding` is the finding as the rules give it now, None when they do not find it any more.
    """

    id: str
    rule: str
    title: TextShown | None
    name: str
    name_id: str | None
    feature_class: ClassShown
    within: tuple[DivisionRef, ...]
    against: tuple[str, ...]
    seen_on: str | None
    decision: DecisionShown | None
    finding: FindingShown | None
    version: int


@dataclass(frozen=True, slots=True)
class KeptFindingList:
    """Kept findings, oldest first."""

    items: tuple[KeptFindingShown, ...]


def kept_shown(index: LiveIndex, kept: KeptFinding, finding: FindingShown | None = None) -> KeptFindingShown:
    """A kept finding as answers show it."""
    key, decision = kept.key, kept.decision
    title = _TITLES.get(key.rule)
    known = key.division_id is not None and key.division_id in index.atlas
    return KeptFindingShown(
        kept.id,
        key.rule,
        text_shown(title) if title is not None else None,
        key.text,
        kept.name_id,
        index.class_shown(key.feature_class),
        index.chain(key.division_id) if known and key.division_id else (),
        key.against,
        kept.seen_on.isoformat(),
        DecisionShown(decision.outcome, decision.reason, decision.reviewer, decision.on.isoformat())
        if decision
        else None,
        finding,
        kept.version,
    )
