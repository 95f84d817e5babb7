"""Writes sources and releases (批次): publishing one lets its records be seen and its changes take effect."""

from __future__ import annotations

import json

from sqlalchemy import delete, insert, select, update

from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.errors import InvalidInputError, NotFoundError
from geoname.store.protocols import Written
from geoname.store.protocols_changes import What
from geoname.store.rows.cells import check_cells
from geoname.store.rows.kept import ALL_KEPT
from geoname.store.rows.provenance import release_row, source_row
from geoname.store.schema import division, division_event, edition, release, source, staged_change
from geoname.store.writing.audit_log import Entry, as_json, differences
from geoname.store.writing.change_log import MOST
from geoname.store.writing.staged_changes import STAGED_KEPT, Awaited, staged_keys
from geoname.store.writing.upsert import Target, Transaction, put_records, settle_overtaken


def put_source(transaction: Transaction, given: Source) -> Written:
    """Write a source; a change of it is audited under `source:ID`.

    Readers see a change only when records of it are served.
    """
    row = source_row(given)
    check_cells(row, "source")
    connection = transaction.connection
    found = connection.execute(select(source).where(source.c.id == given.id)).mappings().one_or_none()
    if found is None:
        connection.execute(insert(source), [row])
        written = Written(added=1)
    else:
        was, now = differences(dict(found), row)
        if was == now:
            return Written(same=1)
        connection.execute(update(source).where(source.c.id == given.id), [row])
        transaction.log.extend([Entry(f"source:{given.id}", "changed", was, now)])
        written = Written(changed=1)
    transaction.tables.add("source")
    served = select(release.c.id).where(
        release.c.source_id == given.id, release.c.state == ReleaseState.PUBLISHED.value
    )
    if connection.execute(served.limit(1)).first() is not None:
        transaction.served_changed = True
        transaction.notes.note(What.EDITIONS)
    return written


def put_release(transaction: Transaction, given: Release) -> Written:
    """Write a release; its chain `release:ID` tells each state it comes into.

    When it becomes published, or withdrawn, the changes that waited for that are valid at once. Those of
    places and names are written down later, with their audit records; the others in this transaction.
    """
    row = release_row(given)
    check_cells(row, "release")
    connection = transaction.connection
    found = connection.execute(select(release).where(release.c.id == given.id)).mappings().one_or_none()
    before = {} if found is None else dict(found)
    was, now = ("", as_json(row)) if found is None else differences(before, row)
    if was == now:
        return Written(same=1)
    awaited, switched = Awaited(given.id, given.state), before.get("state") != given.state.value
    if switched:
        settle_overtaken(transaction, awaited)
    if found is None:
        connection.execute(insert(release), [row])
    else:
        connection.execute(update(release).where(release.c.id == given.id), [row])
    transaction.log.extend([Entry(f"release:{given.id}", given.state.value, was, now)])
    transaction.tables.add("release")
    published = given.state is ReleaseState.PUBLISHED
    if switched:
        _take_effect(transaction, awaited)
    if published or before.get("state") == ReleaseState.PUBLISHED.value:
        transaction.served_changed = True
        if switched:
            _note_release(transaction, given.id)
    return Written(added=1) if found is None else Written(changed=1)


def target(transaction: Transaction, release_id: str) -> Target:
    """The release to write under; NotFoundError when it is not there, InvalidInputError when withdrawn."""
    asked = select(release.c.state).where(release.c.id == release_id)
    state = transaction.connection.execute(asked).scalar_one_or_none()
    if state is None:
        raise NotFoundError(
            f"there is no release {release_id!r}: put the release before its records",
            zh=f"没有批次 {release_id!r}：请先写入批次，再写入其记录",
            field="release_id",
        )
    if state == ReleaseState.WITHDRAWN.value:
        raise InvalidInputError(
            f"release {release_id} was withdrawn: write under a new release",
            zh=f"批次 {release_id} 已撤回：请使用新批次",
            field="release_id",
        )
    return Target(release_id, state == ReleaseState.PUBLISHED.value)


def _note_release(transaction: Transaction, release_id: str) -> None:
    """Tell the indexes that all records of a release are served, or are no more."""
    transaction.notes.note(What.RELEASE, [release_id])
    for table, what in (
        (division, What.DIVISIONS),
        (division_event, What.DIVISIONS),
        (edition, What.EDITIONS),
    ):
        asked = select(table.c.fid).where(table.c.release_id == release_id).limit(1)
        if transaction.connection.execute(asked).first() is not None:
            transaction.notes.note(what)


def _take_effect(transaction: Transaction, awaited: Awaited) -> None:
    """Let be valid what waited for a release to come into a state."""
    for kept in STAGED_KEPT:
        keys = staged_keys(transaction.connection, kept, awaited, MOST + 1)
        transaction.note_written(kept, keys, Target(awaited.release_id, published=True))
        transaction.switched = transaction.switched or bool(keys)
    if awaited.state is ReleaseState.PUBLISHED:
        _write_others(transaction, awaited.release_id)


def _write_others(transaction: Transaction, release_id: str) -> None:
    of_release = staged_change.c.release_id == release_id
    for kept in ALL_KEPT:
        asked = (
            select(staged_change.c.content)
            .where(of_release, staged_change.c.table_name == kept.table.name)
            .order_by(staged_change.c.fid)
        )
        contents = transaction.connection.execute(asked).scalars().all()
        rows = (json.loads(content) for content in contents)
        put_records(transaction, kept, rows, Target(release_id, published=True))
    transaction.connection.execute(delete(staged_change).where(of_release))
