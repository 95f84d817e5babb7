"""Decisions on findings (审查决定) over any of the databases; each is audited in its transaction."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from sqlalchemy import Connection, insert, update

from geoname.core.rules.kept_finding import KeptFinding
from geoname.errors import ChangedSinceError, ConflictError
from geoname.store.dialect import Dialect
from geoname.store.reading.naming import SqlNamingReader, findings_where
from geoname.store.rows.cells import check_cells
from geoname.store.rows.naming import finding_row
from geoname.store.schema import finding
from geoname.store.writing.audit_log import AuditLog, Entry, differences


class SqlFindings(SqlNamingReader):
    """What `NamingReader` and `FindingStore` say."""

    _dialect: Dialect
    _clock: Callable[[], str]

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction, over a current schema."""

    def decide_finding(self, decided: KeptFinding, actor: str, version: int | None) -> KeptFinding:
        """Keep a decision; `version` is the one of the earlier decision that it takes the place of."""
        check_cells(finding_row(decided), finding.name)
        with self._changing() as connection:
            before = next(iter(findings_where(connection, finding.c.id == decided.id)), None)
            if before is not None and before.decision is not None:
                _check_version(before, version)
            number = 1 if before is None else before.version + 1
            name_id = decided.name_id or (before.name_id if before else None)
            seen_on = before.seen_on if before else decided.seen_on
            kept = replace(decided, version=number, name_id=name_id, seen_on=seen_on)
            row = finding_row(kept)
            if before is None:
                connection.execute(insert(finding), [row])
            else:
                connection.execute(update(finding).where(finding.c.id == kept.id).values(row))
            was, now = differences({} if before is None else finding_row(before), row)
            log = AuditLog(connection, actor, row["reason"], self._clock)
            log.extend([Entry(f"finding:{kept.id}", str(row["outcome"]), "" if before is None else was, now)])
            self._dialect.note_changes(connection, {finding.name})
        return kept


def _check_version(before: KeptFinding, version: int | None) -> None:
    if version is None:
        raise ConflictError(
            f"the finding {before.id} was decided already, version {before.version}: to decide anew, name "
            "that version",
            zh=f"意见 {before.id} 已有决定，为第 {before.version} 版：如须改定，请注明该版本",
            field="version",
        )
    if version != before.version:
        raise ChangedSinceError(
            f"the decision is at version {before.version}, not {version}: read it again, then decide",
            zh=f"该决定现为第 {before.version} 版，不是第 {version} 版：请重新读取后再定",
        )
