"""Audit records, each bound to the one before it by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who changed what, when and why; `before` and `after` are JSON texts, empty when there was none.

    `position` counts from 1 within the subject; `digest` covers every other field.
    """

    subject: str
    position: int
    at: str
    actor: str
    action: str
    reason: str
    before: str
    after: str
    previous: str
    digest: str

    def computed_digest(self) -> str:
        """The digest that this record's content must carry."""
        content = (
            self.subject, self.position, self.at, self.actor, self.action,
            self.reason, self.before, self.after, self.previous,
        )  # fmt: skip
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where a chain is broken, and how."""

    subject: str
    position: int
    trouble: str


def append(
    head: AuditRecord | None,
    *,
    subject: str,
    at: str,
    actor: str,
    action: str,
    reason: str = "",
    before: str = "",
    after: str = "",
) -> AuditRecord:
    """Make the record that follows `head` (None for the first of a subject); `at` is ISO 8601 in UTC."""
    position = head.position + 1 if head else 1
    previous = head.digest if head else FIRST
    bare = AuditRecord(subject, position, at, actor, action, reason, before, after, previous, "")
    return AuditRecord(
        subject, position, at, actor, action, reason, before, after, previous, bare.computed_digest()
    )


def verify_chain(records: Iterable[AuditRecord]) -> tuple[ChainFault, ...]:
    """Find every break in one subject's records, given in order of position."""
    faults: list[ChainFault] = []
    expected_position, previous = 1, FIRST
    for record in records:
        if record.position != expected_position:
            faults.append(ChainFault(record.subject, record.position, f"{expected_position} is missing"))
        elif record.previous != previous:
            faults.append(ChainFault(record.subject, record.position, "does not follow the record before it"))
        if record.digest != record.computed_digest():
            faults.append(ChainFault(record.subject, record.position, "content was changed afterwards"))
        expected_position, previous = record.position + 1, record.digest
    return tuple(faults)
