"""Takes a published release back (撤回批次): what it added is gone, what it changed is as before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, func, not_, select

from geoname.core.register.provenance import Release, ReleaseState
from geoname.errors import ConflictError
from geoname.store.protocols import Written
from geoname.store.reading.records import chunks, rows_where
from geoname.store.rows.cells import Row
from geoname.store.rows.kept import NAMES, PLACES, Kept
from geoname.store.schema import audit, division, division_event, load_undo, name, place
from geoname.store.schema import release as schema_release
from geoname.store.writing.put_back import put_back
from geoname.store.writing.releases import put_release
from geoname.store.writing.upsert import Target, Transaction, put_records

_KINDS = {"place": PLACES, "name": NAMES}
_SHOWN = 5
WITHDRAWAL = "undo "
"""How the reason of a transaction begins that withdraws a release."""


def withdraw_release(transaction: Transaction, release: Release) -> Written:
    """Withdraw a published release; how many records were taken away (`added`) and put back (`changed`).

    ConflictError, and nothing is changed, when any of its records was changed since, or something was built
    on one that it brought.
    """
    asked = select(load_undo.c.undo).where(load_undo.c.release_id == release.id)
    kept = transaction.connection.execute(asked.order_by(load_undo.c.fid.desc())).scalars().all()
    written = _undo_divisions(transaction, release.id, kept) if kept else _undo_names(transaction, release.id)
    put_release(transaction, replace(release, state=ReleaseState.WITHDRAWN))
    return written


def _undo_divisions(transaction: Transaction, release_id: str, kept: Sequence[str]) -> Written:
    """Put back what a list or a table of changes wrote, the newest first."""
    written = Written()
    for undo in kept:
        written += put_back(transaction, json.loads(undo), _built_on)
    transaction.connection.execute(delete(load_undo).where(load_undo.c.release_id == release_id))
    transaction.tables.add(load_undo.name)
    return written


def _undo_names(transaction: Transaction, release_id: str) -> Written:
    """Restore the places and names that a release changed; those that it brought go with it."""
    connection = transaction.connection
    _check_names_only(connection, release_id)
    changed = _changed_by(connection, release_id)
    added = {
        kind: _under(connection, kept, release_id) - changed[kind].keys() for kind, kept in _KINDS.items()
    }
    _check_untouched(connection, release_id, changed, added)
    written = Written(added=sum(map(len, added.values())))
    for kind, kept in _KINDS.items():
        for ids in chunks(changed[kind]):
            written += _restore(transaction, kept, ids, changed[kind])
    return written


def _check_names_only(connection: Connection, release_id: str) -> None:
    """Refuse a load of divisions by an earlier version, which kept nothing that would undo it."""
    for table in (division, division_event):
        if (
            connection.execute(select(table.c.fid).where(table.c.release_id == release_id)).first()
            is not None
        ):
            raise ConflictError(
                f"what {release_id} changed of the divisions was not kept: restore a backup from before it, "
                "or load what is right over it",
                zh=f"批次 {release_id} 载入时未保留区划原状：请恢复载入前的备份，或重新载入正确的数据",
                field="release",
            )


def _built_on(table: str, key: str) -> ConflictError:
    return ConflictError(
        f"{table} {key} was changed since this load, or stands on what it brought: take that back first",
        zh=f"载入之后 {table} {key} 已被更改，或以载入的数据为据：请先撤销该更改",
        field="release",
    )


def _restore(transaction: Transaction, kept: Kept, ids: Sequence[str], before: dict[str, Row]) -> Written:
    rows = rows_where(transaction.connection, transaction.dialect, kept, kept.table.c.id.in_(ids))
    by_release: defaultdict[str, list[Row]] = defaultdict(list)
    for row, _, _ in rows:
        was = row | before[row["id"]]
        by_release[was.pop("release_id")].append(was)
    written = Written()
    for release_id, several in by_release.items():
        written += put_records(transaction, kept, several, Target(release_id, published=True))
    return Written(changed=written.changed)


def _changed_by(connection: Connection, release_id: str) -> dict[str, dict[str, Row]]:
    """What each record that a release changed had before, by kind and id."""
    marked = '"release_id":' + json.dumps(release_id, ensure_ascii=False)
    asked = select(audit.c.subject, audit.c.before).where(
        audit.c.action == "changed",
        audit.c.after.contains(marked, autoescape=True),
        # What a later withdrawal put back under this release was not changed by it.
        not_(audit.c.reason.startswith(WITHDRAWAL, autoescape=True)),
    )
    found: dict[str, dict[str, Row]] = {kind: {} for kind in _KINDS}
    for subject, before in connection.execute(asked):
        kind, _, id_ = subject.partition(":")
        if kind in found:
            found[kind][id_] = json.loads(before)
    return found


def _under(connection: Connection, kept: Kept, release_id: str) -> set[str]:
    asked = select(kept.table.c.id).where(kept.table.c.release_id == release_id)
    return set(connection.execute(asked).scalars())


def _check_untouched(
    connection: Connection,
    release_id: str,
    changed: dict[str, dict[str, Row]],
    added: dict[str, set[str]],
) -> None:
    marked = '"release_id":' + json.dumps(release_id, ensure_ascii=False)
    touched: list[str] = []
    for kind in _KINDS:
        subjects = [f"{kind}:{id_}" for id_ in (*changed[kind], *sorted(added[kind]))]
        for part in chunks(subjects):
            last = (
                select(audit.c.subject, func.max(audit.c.position).label("position"))
                .where(audit.c.subject.in_(part))
                .group_by(audit.c.subject)
                .subquery()
            )
            asked = select(audit.c.subject, audit.c.after).join(
                last, (audit.c.subject == last.c.subject) & (audit.c.position == last.c.position)
            )
            touched += [subject for subject, after in connection.execute(asked) if marked not in after]
    given = (
        select(name.c.id, place.c.id)
        .join(place, name.c.place_id == place.c.id)
        .join(schema_release, name.c.release_id == schema_release.c.id)
        .where(
            place.c.release_id == release_id,
            name.c.release_id != release_id,
            schema_release.c.state == ReleaseState.PUBLISHED.value,
        )
    )
    touched += [f"name:{id_}" for id_, of in connection.execute(given) if of in added["place"]]
    if touched:
        shown = ", ".join(touched[:_SHOWN])
        raise ConflictError(
            f"{len(touched)} records were changed since this load ({shown}): take those changes back first",
            zh=f"载入之后有 {len(touched)} 条记录被更改（{shown}）：请先撤销那些更改",
            field="release",
        )
