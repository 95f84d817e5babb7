"""Rows of naming procedures (命名办理): proposals, findings with their decisions."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from geoname.core.register.naming_proposal import NamingProposal
from geoname.core.rules.finding import Decision, FindingKey, Outcome
from geoname.core.rules.kept_finding import KeptFinding
from geoname.store.rows.cells import Row, choice, full_date


def proposal_row(proposal: NamingProposal) -> Row:
    """The row of a proposal."""
    return asdict(proposal) | {
        "proposed_on": proposal.proposed_on.isoformat(),
        "papers": " ".join(proposal.papers),
    }


def proposal_of(row: Row) -> NamingProposal:
    """The proposal of a row."""
    return NamingProposal(
        row["id"],
        row["name_id"],
        row["reason"],
        _day(row["proposed_on"], "proposed_on"),
        row["proposed_by"],
        row["replaces"],
        row["cause"],
        tuple(row["papers"].split()),
        row["exception"],
        row["exception_reason"],
    )


def finding_row(kept: KeptFinding) -> Row:
    """The row of a finding and of the decision on it."""
    key, decision = kept.key, kept.decision
    return {
        "id": kept.id,
        "rule": key.rule,
        "name": key.text,
        "feature_class": key.feature_class,
        "division_id": key.division_id,
        "against": json.dumps(key.against),
        "name_id": kept.name_id,
        "seen_on": kept.seen_on.isoformat(),
        "outcome": decision.outcome.value if decision else None,
        "reason": decision.reason if decision else "",
        "reviewer": decision.reviewer if decision else "",
        "decided_on": decision.on.isoformat() if decision else None,
        "version": kept.version,
    }


def finding_of(row: Row) -> KeptFinding:
    """The finding of a row, with its decision when there is one."""
    against = tuple(json.loads(row["against"]))
    key = FindingKey(row["rule"], row["name"], row["feature_class"], row["division_id"], against)
    decision = None
    if row["outcome"] is not None:
        outcome = choice(Outcome, row["outcome"], "outcome")
        decided_on = _day(row["decided_on"], "decided_on")
        decision = Decision(key, outcome, row["reason"], row["reviewer"], decided_on)
    return KeptFinding(
        row["id"], key, row["name_id"], _day(row["seen_on"], "seen_on"), decision, row["version"]
    )


def _day(text: str, column: str) -> date:
    day = full_date(text, column)
    assert day is not None
    return day
