"""Adds, replaces or leaves alone (增改): records compared by value, each change audited or staged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select

from geoname.errors import InvalidInputError
from geoname.store.dialect import Dialect
from geoname.store.protocols import Written
from geoname.store.protocols_changes import What
from geoname.store.reading.records import Stored, chunks, stored_records
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.kept import DIVISION_EVENTS, DIVISIONS, NAMES, PLACES, Kept
from geoname.store.schema import staged_change
from geoname.store.writing.audit_log import AuditLog, Entry, as_json, differences
from geoname.store.writing.change_log import ChangeNotes
from geoname.store.writing.record_tables import add_rows, replace_rows

_NOTED = {
    PLACES.table.name: What.PLACE,
    NAMES.table.name: What.NAME,
    DIVISIONS.table.name: What.DIVISIONS,
    DIVISION_EVENTS.table.name: What.DIVISIONS,
}
"""What the change of a record means to an index; an event of a name is in none."""


@dataclass(frozen=True, slots=True)
class Target:
    """The release that records are written under."""

    release_id: str
    published: bool


@dataclass(slots=True)
class Transaction:
    """What one transaction writes with, and what it has changed so far.

    `served_changed` is set when something that readers see changed; `tables` are those that were touched.
    """

    connection: Connection
    dialect: Dialect
    log: AuditLog
    tables: set[str] = field(default_factory=set)
    served_changed: bool = False
    notes: ChangeNotes = field(default_factory=ChangeNotes)

    def note_written(self, kept: Kept, keys: Sequence[str], target: Target) -> None:
        """Records of these keys were written under a release."""
        if not keys:
            return
        self.tables.add(kept.table.name)
        if kept.children is not None:
            self.tables.add(kept.children.table.name)
        if target.published:
            self.served_changed = True
            what = _NOTED.get(kept.table.name)
            if what is not None:
                self.notes.note(what, keys if what in (What.NAME, What.PLACE) else ("",))


@dataclass(slots=True)
class _Plan:
    """What is to be done with one batch."""

    added: list[Row] = field(default_factory=list)
    replaced: list[Row] = field(default_factory=list)
    staged: dict[str, str] = field(default_factory=dict)
    unstaged: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    written: Written = field(default_factory=Written)


def put_records(transaction: Transaction, kept: Kept, rows: Iterable[Row], target: Target) -> Written:
    """Write rows under a release; InvalidInputError when one key comes twice or a cell cannot be kept."""
    written, seen = Written(), set[str]()
    for batch in chunks(rows):
        for row in batch:
            check_cells(row, kept.table.name)
            if row[kept.key] in seen:
                raise InvalidInputError(
                    f"{kept.table.name} {row[kept.key]} is given twice: give it once",
                    zh=f"{kept.table.name} {row[kept.key]} 重复给出：请只给一次",
                    field=kept.key,
                )
            seen.add(row[kept.key])
        written += _put_batch(transaction, kept, batch, target)
    return written


def _put_batch(transaction: Transaction, kept: Kept, batch: list[Row], target: Target) -> Written:
    keys = [row[kept.key] for row in batch]
    stored = stored_records(transaction.connection, transaction.dialect, kept, kept.key, keys)
    waiting = {} if target.published else _waiting(transaction.connection, kept, keys, target)
    plan = _Plan()
    for row in batch:
        before = stored.get(row[kept.key])
        if before is None:
            plan.added.append(row | {"release_id": target.release_id})
            plan.written += Written(added=1)
        elif before.served and not target.published:
            _stage(plan, kept, before, row, waiting.get(row[kept.key]))
        else:
            _replace(plan, kept, before, row, target)
    _carry_out(transaction, kept, plan, target)
    return plan.written


def _replace(plan: _Plan, kept: Kept, before: Stored, row: Row, target: Target) -> None:
    same = _same(kept, before.row, row)
    if same and (before.served or before.release_id == target.release_id):
        plan.written += Written(same=1)
        return
    after = row | {"release_id": target.release_id}
    if kept.versioned:
        after["version"] = before.row["version"] + (1 if before.served else 0)
    plan.replaced.append(after)
    if not before.served:
        # Nobody was shown it: it is this release's own draft, or left over from one that came to nothing.
        mine = before.release_id == target.release_id
        plan.written += Written(changed=1) if mine else Written(added=1)
        return
    plan.written += Written(changed=1)
    was, now = differences(before.row | {"release_id": before.release_id}, after)
    plan.entries.append(Entry(kept.subject(row), "changed", was, now))


def _stage(plan: _Plan, kept: Kept, before: Stored, row: Row, waiting: str | None) -> None:
    if _same(kept, before.row, row):
        if waiting is None:
            plan.written += Written(same=1)
        else:
            plan.unstaged.append(row[kept.key])
            plan.written += Written(changed=1)
        return
    content = as_json(row)
    if content == waiting:
        plan.written += Written(same=1)
        return
    if waiting is not None:
        plan.unstaged.append(row[kept.key])
    plan.staged[row[kept.key]] = content
    plan.written += Written(changed=1)


def _same(kept: Kept, before: Row, row: Row) -> bool:
    if not kept.versioned:
        return before == row
    return before | {"version": 0} == row | {"version": 0}


def _waiting(connection: Connection, kept: Kept, keys: list[str], target: Target) -> dict[str, str]:
    asked = select(staged_change.c.record_key, staged_change.c.content).where(
        staged_change.c.release_id == target.release_id,
        staged_change.c.table_name == kept.table.name,
        staged_change.c.record_key.in_(keys),
    )
    return {row.record_key: row.content for row in connection.execute(asked)}


def _carry_out(transaction: Transaction, kept: Kept, plan: _Plan, target: Target) -> None:
    connection, dialect = transaction.connection, transaction.dialect
    if plan.unstaged:
        connection.execute(
            delete(staged_change).where(
                staged_change.c.release_id == target.release_id,
                staged_change.c.table_name == kept.table.name,
                staged_change.c.record_key.in_(plan.unstaged),
            )
        )
    if plan.staged:
        connection.execute(
            insert(staged_change),
            [
                {
                    "release_id": target.release_id,
                    "table_name": kept.table.name,
                    "record_key": key,
                    "content": content,
                }
                for key, content in plan.staged.items()
            ],
        )
    add_rows(connection, dialect, kept, plan.added)
    replace_rows(connection, dialect, kept, plan.replaced)
    transaction.log.extend(plan.entries)
    transaction.note_written(kept, [row[kept.key] for row in (*plan.added, *plan.replaced)], target)
