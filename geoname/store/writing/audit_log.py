"""Appends to audit chains (审计链), many subjects at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from geoname.core.audit.chain import AuditRecord, append
from geoname.store.reading.records import chunks
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.provenance import audit_of, audit_row
from geoname.store.schema import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded of one subject; `before` and `after` are JSON, empty when there was none."""

    subject: str
    action: str
    before: str = ""
    after: str = ""


def as_json(row: Row) -> str:
    """A row as JSON; equal rows give equal text."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def differences(before: Row, after: Row) -> tuple[str, str]:
    """The JSON of what two rows have different, as it was and as it is."""
    fields = [field for field in after if before.get(field) != after[field]]
    return as_json({field: before.get(field) for field in fields}), as_json({f: after[f] for f in fields})


class AuditLog:
    """The chains inside one transaction, which holds the write lock, so that no head can move."""

    def __init__(self, connection: Connection, actor: str, reason: str, clock: Callable[[], str]) -> None:
        check_cells({"actor": actor, "reason": reason}, "audit")
        self._connection = connection
        self._actor = actor
        self._reason = reason
        self._clock = clock

    def extend(self, entries: Sequence[Entry]) -> list[AuditRecord]:
        """Append entries in their order."""
        records: list[AuditRecord] = []
        for part in chunks(entries):
            for entry in part:
                check_cells({"subject": entry.subject, "before": entry.before, "after": entry.after}, "audit")
            heads = self._heads({entry.subject for entry in part})
            at = self._clock()
            for entry in part:
                record = append(
                    heads.get(entry.subject),
                    subject=entry.subject,
                    at=at,
                    actor=self._actor,
                    action=entry.action,
                    reason=self._reason,
                    before=entry.before,
                    after=entry.after,
                )
                heads[entry.subject] = record
                records.append(record)
            self._connection.execute(insert(audit), [audit_row(record) for record in records[-len(part) :]])
        return records

    def _heads(self, subjects: set[str]) -> dict[str, AuditRecord]:
        last = (
            select(audit.c.subject, func.max(audit.c.position).label("position"))
            .where(audit.c.subject.in_(sorted(subjects)))
            .group_by(audit.c.subject)
            .subquery()
        )
        heads = select(audit).join(
            last, (audit.c.subject == last.c.subject) & (audit.c.position == last.c.position)
        )
        found = self._connection.execute(heads).mappings()
        return {row["subject"]: audit_of(dict(row)) for row in found}
