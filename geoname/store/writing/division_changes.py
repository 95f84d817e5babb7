"""Keeps what undoes a change of divisions (变更与撤回), and puts everything back as it was."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from sqlalchemy import insert, select, update

from geoname.core.divisions.change_record import ChangeRecord
from geoname.errors import ConflictError, NotFoundError
from geoname.store.protocols_division_changes import Watched
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.division_changes import change_of, change_row
from geoname.store.schema import division_change, load_undo
from geoname.store.writing.audit_log import Entry, as_json
from geoname.store.writing.put_back import differing, put_back, watch
from geoname.store.writing.upsert import Transaction


class SqlDivisionChangeWriter:
    """What `DivisionChangeWriter` says."""

    _transaction: Transaction

    def watch_records(self, place_ids: Collection[str], event_ids: Collection[str]) -> Watched:
        """Note what places, names, divisions of these ids and these events are, before they change."""
        return watch(self._transaction, place_ids, event_ids)

    def keep_division_change(self, change: ChangeRecord, watched: Watched) -> None:
        """Keep the record of a change with what undoes it: all that differs from what was watched."""
        row = change_row(change) | {"undo": differing(self._transaction, watched)}
        check_cells(row, division_change.name)
        self._transaction.connection.execute(insert(division_change), [row])
        self._transaction.tables.add(division_change.name)
        entry = Entry(f"division_change:{change.id}", "done", after=change.request)
        self._transaction.log.extend([entry])

    def keep_load_undo(self, release_id: str, watched: Watched) -> None:
        """Keep what undoes a load under a release: all that differs from what was watched."""
        row = {"release_id": release_id, "undo": differing(self._transaction, watched)}
        self._transaction.connection.execute(insert(load_undo), [row])
        self._transaction.tables.add(load_undo.name)

    def note_completed(self, change_id: str, on: date) -> ChangeRecord:
        """Note the day on which a change was completed; a later note stands instead of an earlier one."""
        return self._noted(change_id, "completed", {"completed_on": on.isoformat()})

    def note_extended(self, change_id: str, document: str) -> ChangeRecord:
        """Note the document that gives a change six months more, which the law allows once."""
        known = _standing(self._transaction, change_id)["extended_by"]
        if known is not None and known != document:
            raise ConflictError(
                f"change {change_id} was extended already, by {known}: the law allows it once",
                zh=f"变更 {change_id} 已由 {known} 批准延期：只能延期一次",
                field="id",
            )
        return self._noted(change_id, "extended", {"extended_by": document})

    def _noted(self, change_id: str, action: str, noted: Row) -> ChangeRecord:
        transaction = self._transaction
        row = _standing(transaction, change_id)
        check_cells(noted, division_change.name)
        transaction.connection.execute(
            update(division_change).where(division_change.c.id == change_id).values(noted)
        )
        transaction.tables.add(division_change.name)
        before, after = ({name: one[name] for name in noted} for one in (row, noted))
        entry = Entry(f"division_change:{change_id}", action, as_json(before), as_json(after))
        transaction.log.extend([entry])
        return change_of(row | noted)

    def undo_division_change(self, change_id: str, at: str, actor: str) -> ChangeRecord:
        """Put everything back as it was before a change, and say so in its record."""
        transaction = self._transaction
        row = _newest_that_stands(transaction, change_id)
        undo = {"event_ids": [row["event_id"]]} | json.loads(row["undo"])
        put_back(transaction, undo, lambda table, key: _built_on(change_id, table, key))
        undone = {"undone_at": at, "undone_by": actor}
        transaction.connection.execute(
            update(division_change).where(division_change.c.id == change_id).values(undone)
        )
        transaction.tables.add(division_change.name)
        transaction.log.extend([Entry(f"division_change:{change_id}", "undone")])
        return change_of(row | undone)


def _standing(transaction: Transaction, change_id: str) -> Row:
    asked = select(division_change).where(division_change.c.id == change_id)
    row = transaction.connection.execute(asked).mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            f"there is no change {change_id!r}: `geoname divisions changes` lists those there are",
            zh=f"没有变更 {change_id!r}：可用 `geoname divisions changes` 查看",
            field="id",
        )
    if row["undone_at"] is not None:
        raise ConflictError(
            f"change {change_id} was undone already, on {row['undone_at']}",
            zh=f"变更 {change_id} 已于 {row['undone_at']} 撤回",
            field="id",
        )
    return dict(row)


def _newest_that_stands(transaction: Transaction, change_id: str) -> Row:
    row = _standing(transaction, change_id)
    newer = select(division_change.c.id).where(
        division_change.c.fid > row["fid"], division_change.c.undone_at.is_(None)
    )
    last = transaction.connection.execute(newer.order_by(division_change.c.fid.desc())).scalars().first()
    if last is not None:
        raise ConflictError(
            f"change {last} came after {change_id}: undo that one first",
            zh=f"变更 {last} 在 {change_id} 之后：请先撤回后者",
            field="id",
        )
    return row


def _built_on(change_id: str, table: str, key: str) -> ConflictError:
    return ConflictError(
        f"something was built on change {change_id} since ({table} {key}): enter a change that leads back",
        zh=f"变更 {change_id} 之后已有数据以它为据（{table} {key}）：请另办一次变更改回",
        field="id",
    )
