"""Changes of served records that wait for a release (待发布更改): kept aside, to be shown by one switch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, FromClause, and_, delete, insert, select

from geoname.core.register.provenance import ReleaseState
from geoname.store.dialect import Dialect
from geoname.store.reading.records import Stored, chunks, rows_where
from geoname.store.reading.standing import is_valid
from geoname.store.rows.cells import Row
from geoname.store.rows.kept import ALL_KEPT, Kept
from geoname.store.schema import release, staged_change
from geoname.store.writing.audit_log import as_json
from geoname.store.writing.record_tables import add_rows

STAGED_KEPT = tuple(kept for kept in ALL_KEPT if kept.staged is not None)
"""The kinds whose changes a switch makes valid at once, however many there are."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A state of a release in which changes become valid."""

    release_id: str
    state: ReleaseState = ReleaseState.PUBLISHED


def waiting(
    connection: Connection, dialect: Dialect, kept: Kept, keys: Sequence[str], awaited: Awaited
) -> dict[str, Stored]:
    """What the records of at most CHUNK keys will be, and of which release then."""
    if kept.staged is not None:
        key = kept.staged.c[kept.key]
        found = rows_where(connection, dialect, kept.aside(), _await(kept.staged, awaited), key.in_(keys))
        return {row[kept.key]: Stored(row, release_id, served=False) for row, release_id, _ in found}
    asked = select(staged_change.c.record_key, staged_change.c.content)
    asked = asked.where(_of_kind(kept, awaited), staged_change.c.record_key.in_(keys))
    return {
        key: Stored(json.loads(content), awaited.release_id, served=False)
        for key, content in connection.execute(asked)
    }


def stage(
    connection: Connection, dialect: Dialect, kept: Kept, rows: Sequence[Row], awaited: Awaited
) -> None:
    """Keep rows aside, `release_id` among their cells; none of their keys waits for this yet."""
    if kept.staged is not None:
        waits = {"awaited_release": awaited.release_id, "awaited_state": awaited.state.value}
        add_rows(connection, dialect, kept.aside(), [row | waits for row in rows])
    elif rows:
        led = {"release_id": awaited.release_id, "table_name": kept.table.name}
        given = [({field: row[field] for field in row if field != "release_id"}, row) for row in rows]
        connection.execute(
            insert(staged_change),
            [led | {"record_key": row[kept.key], "content": as_json(bare)} for bare, row in given],
        )


def unstage(connection: Connection, kept: Kept, keys: Sequence[str], awaited: Awaited) -> None:
    """Forget the changes of these keys that wait for this."""
    for part in chunks(keys):
        if kept.staged is not None:
            mine = _await(kept.staged, awaited), kept.staged.c[kept.key].in_(part)
            connection.execute(delete(kept.staged).where(*mine))
        else:
            mine = _of_kind(kept, awaited), staged_change.c.record_key.in_(part)
            connection.execute(delete(staged_change).where(*mine))


def unstage_some(connection: Connection, kept: Kept, awaited: Awaited, most: int) -> bool:
    """Forget some of the changes that wait for this; whether that was all."""
    assert kept.staged is not None
    some = select(kept.staged.c.fid).where(_await(kept.staged, awaited)).limit(most)
    gone = connection.execute(delete(kept.staged).where(kept.staged.c.fid.in_(some.scalar_subquery())))
    return gone.rowcount < most


def staged_keys(connection: Connection, kept: Kept, awaited: Awaited, most: int) -> list[str]:
    """The keys whose changes wait for this, at most so many."""
    assert kept.staged is not None
    asked = select(kept.staged.c[kept.key]).where(_await(kept.staged, awaited)).limit(most)
    return [*connection.execute(asked).scalars()]


def valid_changes(
    connection: Connection, kept: Kept, *among: ColumnElement[bool], most: int | None = None
) -> dict[Awaited, list[str]]:
    """The keys whose changes are valid and not yet written down, by what they awaited."""
    assert kept.staged is not None
    led, state, key = (kept.staged.c[column] for column in ("awaited_release", "awaited_state", kept.key))
    asked = select(led, state, key).join(release, is_valid(kept.staged)).where(*among).limit(most)
    found: dict[Awaited, list[str]] = {}
    for release_id, value, key_ in connection.execute(asked):
        found.setdefault(Awaited(release_id, ReleaseState(value)), []).append(key_)
    return found


def overtaking(kept: Kept, awaited: Awaited) -> ColumnElement[bool]:
    """A condition for `valid_changes`: that another change of the same record waits for this."""
    assert kept.staged is not None
    later = kept.staged.alias("later")
    return kept.staged.c[kept.key].in_(select(later.c[kept.key]).where(_await(later, awaited)))


def _await(staged: FromClause, awaited: Awaited) -> ColumnElement[bool]:
    return and_(staged.c.awaited_release == awaited.release_id, staged.c.awaited_state == awaited.state.value)


def _of_kind(kept: Kept, awaited: Awaited) -> ColumnElement[bool]:
    return and_(
        staged_change.c.release_id == awaited.release_id, staged_change.c.table_name == kept.table.name
    )
