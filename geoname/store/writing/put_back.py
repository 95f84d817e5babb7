"""Puts records back as they were (恢复原状): watched before a change, restored when it is undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, select

from geoname.core.register.provenance import ReleaseState
from geoname.errors import ConflictError
from geoname.store.protocols import Written
from geoname.store.protocols_division_changes import Watched
from geoname.store.reading.records import chunks, stored_records
from geoname.store.rows.cells import Row
from geoname.store.rows.kept import DIVISION_EVENTS, DIVISIONS, NAME_EVENTS, NAMES, PLACES, Kept
from geoname.store.schema import METADATA, release
from geoname.store.writing.audit_log import Entry, as_json
from geoname.store.writing.upsert import Target, Transaction, put_records, settle

_ORDER = (PLACES, DIVISIONS, DIVISION_EVENTS, NAMES, NAME_EVENTS)
Records = dict[str, dict[str, dict[str, Any]]]
Refusal = Callable[[str, str], ConflictError]
"""The error that says that something stands on what is to be undone: a table and a key in it."""


def watch(transaction: Transaction, place_ids: Collection[str], event_ids: Collection[str]) -> Watched:
    """What places, names, divisions of these ids and these events are."""
    places, events = tuple(sorted(place_ids)), tuple(sorted(event_ids))
    return Watched(places, events, _records(transaction, places, events))


def differing(transaction: Transaction, watched: Watched) -> str:
    """What differs now from what was watched, as JSON that `put_back` takes."""
    after = _records(transaction, watched.place_ids, watched.event_ids)
    undo = {
        "place_ids": watched.place_ids,
        "event_ids": watched.event_ids,
        "before": {
            table: {key: was for key, was in rows.items() if was != after[table].get(key)}
            for table, rows in watched.before.items()
        },
        "after": {
            table: {key: now for key, now in rows.items() if now != watched.before[table].get(key)}
            for table, rows in after.items()
        },
    }
    return json.dumps(undo, ensure_ascii=False)


def put_back(transaction: Transaction, undo: dict[str, Any], refusal: Refusal) -> Written:
    """Remove what came and restore what changed; how many are gone (`added`) and as before (`changed`).

    The refusal is raised when a record is not any more as it was left, or another refers to one that goes.
    """
    before: Records = undo["before"]
    after: Records = undo["after"]
    now = _records(transaction, undo["place_ids"], undo["event_ids"])
    _check_untouched(before, after, now, refusal)
    added = {
        kept.table.name: [key for key in after[kept.table.name] if key not in before[kept.table.name]]
        for kept in _ORDER
    }
    for kept in _ORDER:
        _restore(transaction, kept, before[kept.table.name].values())
    for kept in reversed(_ORDER):
        _remove(transaction, kept, added[kept.table.name], now[kept.table.name])
    _check_unused(transaction, added, refusal)
    return Written(added=sum(map(len, added.values())), changed=sum(map(len, before.values())))


def _records(transaction: Transaction, place_ids: Sequence[str], event_ids: Sequence[str]) -> Records:
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
    gather(DIVISION_EVENTS, "id", event_ids)
    # As it is when it has been through JSON, so that the two can be compared.
    again: Records = json.loads(json.dumps(found))
    return again


def _check_untouched(before: Records, after: Records, now: Records, refusal: Refusal) -> None:
    """Refuse when a record is not as it was left, or a new division has got a name or state since."""
    made = after[PLACES.table.name].keys() - before[PLACES.table.name].keys()
    for kept in _ORDER:
        table = kept.table.name
        for key, left in after[table].items():
            if not _same(now[table].get(key), left):
                raise refusal(table, key)
        for key in now[table].keys() - after[table].keys():
            row = now[table][key]["row"]
            if row.get("place_id", row["id"]) in made:
                raise refusal(table, key)


def _same(now: dict[str, Any] | None, left: dict[str, Any]) -> bool:
    """Whether a record is as it was left; its version grows when a later change of it is undone."""
    if now is None:
        return False
    return now | {"row": now["row"] | {"version": 0}} == left | {"row": left["row"] | {"version": 0}}


def _restore(transaction: Transaction, kept: Kept, records: Iterable[dict[str, Any]]) -> None:
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


def _check_unused(transaction: Transaction, removed: dict[str, list[str]], refusal: Refusal) -> None:
    """Refuse when a row that stays refers to one that goes."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            for link in column.foreign_keys:
                keys = removed.get(link.column.table.name, [])
                for part in chunks(keys):
                    asked = select(func.count()).select_from(table).where(column.in_(part))
                    if transaction.connection.execute(asked).scalar_one():
                        raise refusal(table.name, part[0])
