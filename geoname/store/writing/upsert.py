"""Adds, replaces or leaves alone (增改): records compared by value, each change audited or staged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, select

from geoname.errors import InvalidInputError
from geoname.store.dialect import Dialect
from geoname.store.protocols import Written
from geoname.store.protocols_changes import What
from geoname.store.reading.records import Stored, chunks, stored_records
from geoname.store.reading.standing import changes_wait
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.kept import DIVISION_EVENTS, DIVISIONS, NAMES, PLACES, Kept
from geoname.store.schema import audit
from geoname.store.writing.audit_log import AuditLog, Entry, differences
from geoname.store.writing.change_log import ChangeNotes
from geoname.store.writing.record_tables import add_rows, replace_rows
from geoname.store.writing.staged_changes import (
    STAGED_KEPT,
    Awaited,
    overtaking,
    stage,
    unstage,
    valid_changes,
    waiting,
)

_NOTED = {
    PLACES.table.name: What.PLACE,
    NAMES.table.name: What.NAME,
    DIVISIONS.table.name: What.DIVISIONS,
    DIVISION_EVENTS.table.name: What.DIVISIONS,
}
"""What the change of a record means to an index; an event of a name is in none."""


@dataclass(frozen=True, slots=True)
class Target:
    """The release that records are written under; `switched` ones have been seen in it since its switch."""

    release_id: str
    published: bool
    switched: bool = False


@dataclass(slots=True)
class Transaction:
    """What one transaction writes with, and what it has changed so far.

    `served_changed` is set when something that readers see changed, `switched` when changes became valid that
    are still to be written down; `tables` are those that were touched.
    """

    connection: Connection
    dialect: Dialect
    log: AuditLog
    tables: set[str] = field(default_factory=set)
    served_changed: bool = False
    switched: bool = False
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
    staged: list[Row] = field(default_factory=list)
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


def settle(transaction: Transaction, kept: Kept, keys: Sequence[str]) -> None:
    """Write down the changes of these records that are valid already, before they are changed further."""
    if kept.staged is not None and changes_wait(transaction.connection):
        _write_down(transaction, kept, kept.staged.c[kept.key].in_(keys))


def settle_some(transaction: Transaction, most: int) -> bool:
    """Write down some of the changes that are valid already; whether that was all."""
    if changes_wait(transaction.connection):
        for kept in STAGED_KEPT:
            most -= _write_down(transaction, kept, most=most)
    return most > 0


def settle_overtaken(transaction: Transaction, awaited: Awaited) -> None:
    """Write down the valid changes of records of which another is about to become valid."""
    if changes_wait(transaction.connection):
        for kept in STAGED_KEPT:
            _write_down(transaction, kept, overtaking(kept, awaited))


def _write_down(
    transaction: Transaction, kept: Kept, *among: ColumnElement[bool], most: int | None = None
) -> int:
    """Write valid changes into their table, with the audit of the switch that made them so; how many."""
    connection, dialect = transaction.connection, transaction.dialect
    count = 0
    for awaited, keys in valid_changes(connection, kept, *among, most=most).items():
        # Readers saw them when the release was switched: nothing of what is served changes any more.
        silent = Transaction(connection, dialect, _log_of_switch(connection, awaited), transaction.tables)
        for part in chunks(keys):
            changes = waiting(connection, dialect, kept, part, awaited).values()
            unstage(connection, kept, part, awaited)
            for release_id in {change.release_id for change in changes}:
                rows = [change.row for change in changes if change.release_id == release_id]
                _write_batch(silent, kept, rows, Target(release_id, published=True, switched=True))
        count += len(keys)
    return count


def _log_of_switch(connection: Connection, awaited: Awaited) -> AuditLog:
    """A log that writes who switched a release, when and why."""
    asked = (
        select(audit.c.actor, audit.c.reason, audit.c.at)
        .where(audit.c.subject == f"release:{awaited.release_id}", audit.c.action == awaited.state.value)
        .order_by(audit.c.position.desc())
        .limit(1)
    )
    actor, reason, at = connection.execute(asked).one()
    return AuditLog(connection, actor, reason, lambda: at)


def _put_batch(transaction: Transaction, kept: Kept, batch: list[Row], target: Target) -> Written:
    settle(transaction, kept, [row[kept.key] for row in batch])
    return _write_batch(transaction, kept, batch, target)


def _write_batch(transaction: Transaction, kept: Kept, batch: list[Row], target: Target) -> Written:
    connection, dialect = transaction.connection, transaction.dialect
    keys = [row[kept.key] for row in batch]
    stored = stored_records(connection, dialect, kept, kept.key, keys)
    staged = {} if target.published else waiting(connection, dialect, kept, keys, Awaited(target.release_id))
    plan = _Plan()
    for row in batch:
        before = stored.get(row[kept.key])
        if before is None:
            plan.added.append(row | {"release_id": target.release_id})
            plan.written += Written(added=1)
        elif before.served and not target.published:
            _stage(plan, kept, before, row, staged.get(row[kept.key]))
        else:
            _replace(plan, kept, before, row, target)
    _carry_out(transaction, kept, plan, target)
    return plan.written


def _replace(plan: _Plan, kept: Kept, before: Stored, row: Row, target: Target) -> None:
    same = not target.switched and _same(kept, before.row, row)
    served = before.served or target.switched
    if same and (before.served or before.release_id == target.release_id):
        plan.written += Written(same=1)
        return
    after = row | {"release_id": target.release_id}
    if kept.versioned:
        after["version"] = before.row["version"] + (1 if served else 0)
    plan.replaced.append(after)
    if not served:
        # Nobody was shown it: it is this release's own draft, or left over from one that came to nothing.
        mine = before.release_id == target.release_id
        plan.written += Written(changed=1) if mine else Written(added=1)
        return
    plan.written += Written(changed=1)
    was, now = differences(before.row | {"release_id": before.release_id}, after)
    plan.entries.append(Entry(kept.subject(row), "changed", was, now))


def _stage(plan: _Plan, kept: Kept, before: Stored, row: Row, staged: Stored | None) -> None:
    same = _same(kept, before.row, row)
    if same if staged is None else not same and staged.row == row:
        plan.written += Written(same=1)
        return
    plan.written += Written(changed=1)
    if staged is not None:
        plan.unstaged.append(row[kept.key])
    if not same:
        plan.staged.append(row)


def _same(kept: Kept, before: Row, row: Row) -> bool:
    if not kept.versioned:
        return before == row
    return before | {"version": 0} == row | {"version": 0}


def _carry_out(transaction: Transaction, kept: Kept, plan: _Plan, target: Target) -> None:
    connection, dialect = transaction.connection, transaction.dialect
    unstage(connection, kept, plan.unstaged, Awaited(target.release_id))
    given = [row | {"release_id": target.release_id} for row in plan.staged]
    stage(connection, dialect, kept, given, Awaited(target.release_id))
    add_rows(connection, dialect, kept, plan.added)
    replace_rows(connection, dialect, kept, plan.replaced)
    transaction.log.extend(plan.entries)
    transaction.note_written(kept, [row[kept.key] for row in (*plan.added, *plan.replaced)], target)
