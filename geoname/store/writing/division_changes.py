"""Keeps what undoes a change of divisions (变更与撤回), and puts everything back as it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from geoname.core.divisions.change_record import ChangeRecord
from geoname.core.register.provenance import ReleaseState
from geoname.errors import ConflictError, NotFoundError
from geoname.store.protocols_division_changes import Watched
from geoname.store.reading.records import chunks, stored_records
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.division_changes import change_of, change_row
from geoname.store.rows.kept import DIVISION_EVENTS, DIVISIONS, NAME_EVENTS, NAMES, PLACES, Kept
from geoname.store.schema import METADATA, division_change, release
from geoname.store.writing.audit_log import Entry, as_json
from geoname.store.writing.upsert import Target, Transaction, put_records, settle

_ORDER = (PLACES, DIVISIONS, DIVISION_EVENTS, NAMES, NAME_EVENTS)
Records = dict[str, dict[str, dict[str, Any]]]


class SqlDivisionChangeWriter:
    """What `DivisionChangeWriter` says."""

    _transaction: Transaction

    def watch_records(self, place_ids: Collection[str], event_id: str) -> Watched:
        """Note what places, names, divisions of these ids and this event are, before they change."""
        ids = tuple(sorted(place_ids))
        return Watched(ids, event_id, _records(self._transaction, ids, event_id))

    def keep_division_change(self, change: ChangeRecord, watched: Watched) -> None:
        """Keep the record of a change with what undoes it: all that differs from what was watched."""
        after = _records(self._transaction, watched.place_ids, watched.event_id)
        undo = {
            "place_ids": watched.place_ids,
            "before": {
                table: {key: was for key, was in rows.items() if was != after[table].get(key)}
                for table, rows in watched.before.items()
            },
            "after": {
                table: {key: now for key, now in rows.items() if now != watched.before[table].get(key)}
                for table, rows in after.items()
            },
        }
        row = change_row(change) | {"undo": json.dumps(undo, ensure_ascii=False)}
        check_cells(row, division_change.name)
        self._transaction.connection.execute(insert(division_change), [row])
        self._transaction.tables.add(division_change.name)
        entry = Entry(f"division_change:{change.id}", "done", after=change.request)
        self._transaction.log.extend([entry])

    def undo_division_change(self, change_id: str, at: str, actor: str) -> ChangeRecord:
        """Put everything back as it was before a change, and say so in its record."""
        transaction = self._transaction
        row = _newest_that_stands(transaction, change_id)
        undo = json.loads(row["undo"])
        before: Records = undo["before"]
        after: Records = undo["after"]
        now = _records(transaction, tuple(undo["place_ids"]), row["event_id"])
        _check_untouched(change_id, before, after, now)
        added = {
            kept.table.name: [key for key in after[kept.table.name] if key not in before[kept.table.name]]
            for kept in _ORDER
        }
        for kept in _ORDER:
            _put_back(transaction, kept, before[kept.table.name].values())
        for kept in reversed(_ORDER):
            _remove(transaction, kept, added[kept.table.name], now[kept.table.name])
        _check_unused(transaction, change_id, added)
        undone = {"undone_at": at, "undone_by": actor}
        transaction.connection.execute(
            update(division_change).where(division_change.c.id == change_id).values(undone)
        )
        transaction.tables.add(division_change.name)
        transaction.log.extend([Entry(f"division_change:{change_id}", "undone")])
        return change_of(row | undone)


def _records(transaction: Transaction, place_ids: Sequence[str], event_id: str) -> Records:
    """The rows of these places, with the release each belongs to, by table and key."""
    found: Records = {kept.table.name: {} for kept in _ORDER}

    def gather(kept: Kept, by: str, keys: Iterable[str]) -> None:
        for part in chunks(keys):
            stored = stored_records(transaction.connection, transaction.dialect, kept, by, part)
            found[kept.table.name] |= {
                key: {"row": record.row, "release_id": record.release_id} for key, record in stored.items()
            }

    gather(PLACES, "id", place_ids)
    gather(NAMES, "place_id", place_ids)
    gather(NAME_EVENTS, "name_id", list(found[NAMES.table.name]))
    gather(DIVISIONS, "id", place_ids)
    gather(DIVISION_EVENTS, "id", [event_id])
    # As it is when it has been through JSON, so that the two can be compared.
    again: Records = json.loads(json.dumps(found))
    return again


def _newest_that_stands(transaction: Transaction, change_id: str) -> Row:
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
    return dict(row)


def _check_untouched(change_id: str, before: Records, after: Records, now: Records) -> None:
    """Refuse when a record is not as the change left it, or a new division has got a name or state since."""
    made = after[PLACES.table.name].keys() - before[PLACES.table.name].keys()
    for kept in _ORDER:
        table = kept.table.name
        for key, left in after[table].items():
            if not _same(now[table].get(key), left):
                raise _built_on(change_id, table, key)
        for key in now[table].keys() - after[table].keys():
            row = now[table][key]["row"]
            if row.get("place_id", row["id"]) in made:
                raise _built_on(change_id, table, key)


def _same(now: dict[str, Any] | None, left: dict[str, Any]) -> bool:
    """Whether a record is as it was left; its version grows when a later change of it is undone."""
    if now is None:
        return False
    return now | {"row": now["row"] | {"version": 0}} == left | {"row": left["row"] | {"version": 0}}


def _put_back(transaction: Transaction, kept: Kept, records: Iterable[dict[str, Any]]) -> None:
    by_release: dict[str, list[Row]] = {}
    for record in records:
        by_release.setdefault(record["release_id"], []).append(record["row"])
    for release_id, rows in by_release.items():
        asked = select(release.c.state).where(release.c.id == release_id)
        state = transaction.connection.execute(asked).scalar_one()
        put_records(transaction, kept, rows, Target(release_id, state == ReleaseState.PUBLISHED.value))


def _remove(
    transaction: Transaction, kept: Kept, keys: Sequence[str], now: dict[str, dict[str, Any]]
) -> None:
    if not keys:
        return
    settle(transaction, kept, keys)
    for part in chunks(keys):
        if kept.children is not None:
            parent = kept.children.table.c[kept.children.parent]
            transaction.connection.execute(delete(kept.children.table).where(parent.in_(part)))
        transaction.connection.execute(delete(kept.table).where(kept.table.c[kept.key].in_(part)))
    transaction.log.extend(
        [Entry(kept.subject(now[key]["row"]), "removed", before=as_json(now[key]["row"])) for key in keys]
    )
    transaction.note_written(kept, keys, Target("", published=True))


def _check_unused(transaction: Transaction, change_id: str, removed: dict[str, list[str]]) -> None:
    """Refuse when a row that stays refers to one that goes."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            for link in column.foreign_keys:
                keys = removed.get(link.column.table.name, [])
                for part in chunks(keys):
                    asked = select(func.count()).select_from(table).where(column.in_(part))
                    if transaction.connection.execute(asked).scalar_one():
                        raise _built_on(change_id, table.name, part[0])


def _built_on(change_id: str, table: str, key: str) -> ConflictError:
    return ConflictError(
        f"something was built on change {change_id} since ({table} {key}): enter a change that leads back",
        zh=f"变更 {change_id} 之后已有数据以它为据（{table} {key}）：请另办一次变更改回",
        field="id",
    )
