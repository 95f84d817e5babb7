"""Takes a published release back (撤回批次): what it added is gone, what it changed is as before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, delete, func, not_, select

from geoname.core.register.provenance import Release, ReleaseState
from geoname.errors import ConflictError
from geoname.store.dialect import Dialect
from geoname.store.protocols import Written
from geoname.store.reading.records import chunks, rows_where
from geoname.store.reading.standing import as_it_stands
from geoname.store.rows.cells import Row
from geoname.store.rows.kept import NAMES, PLACES, Kept
from geoname.store.schema import audit, division, division_event, load_undo, name, place
from geoname.store.schema import release as schema_release
from geoname.store.writing.put_back import put_back
from geoname.store.writing.releases import put_release
from geoname.store.writing.staged_changes import Awaited, stage, unstage_some
from geoname.store.writing.upsert import Transaction

_KINDS = {"place": PLACES, "name": NAMES}
_SHOWN = 5
_STAGED_AT_ONCE = 1_000
WITHDRAWAL = "undo "
"""How the reason of a transaction begins that withdraws a release."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What taking back a release of names does, worked out while others wrote: `before` and `added` by kind.

    `last_entry` and `last_name` are the last rows of audit and names that were looked at.
    """

    release_id: str
    before: dict[str, dict[str, Row]]
    added: dict[str, set[str]]
    last_entry: int
    last_name: int

    @property
    def written(self) -> Written:
        """How many records are taken away (`added`) and put back (`changed`)."""
        return Written(sum(map(len, self.added.values())), sum(map(len, self.before.values())))

    def parts(self) -> Iterator[tuple[Kept, list[str]]]:
        """Ids of what is put back, as many as one short transaction stages."""
        for kind, kept in _KINDS.items():
            for ids in chunks(self.before[kind], _STAGED_AT_ONCE):
                yield kept, ids

    def subjects(self) -> set[str]:
        """The audit subjects of all its records."""
        return {f"{kind}:{id_}" for kind in _KINDS for id_ in (*self.before[kind], *self.added[kind])}


def plan_withdrawal(connection: Connection, release_id: str) -> Withdrawal:
    """What taking a published release of names back would do.

    ConflictError when any of its records was changed since, or names were given to places that it brought.
    """
    _check_names_only(connection, release_id)
    before = _changed_by(connection, release_id)
    added = {
        kind: _under(connection, kept, release_id) - before[kind].keys() for kind, kept in _KINDS.items()
    }
    last_entry, last_name = (
        connection.execute(select(func.coalesce(func.max(table.c.fid), 0))).scalar_one()
        for table in (audit, name)
    )
    plan = Withdrawal(release_id, before, added, last_entry, last_name)
    _check_untouched(connection, plan)
    return plan


def stage_withdrawal(
    connection: Connection, dialect: Dialect, plan: Withdrawal, kept: Kept, ids: Sequence[str]
) -> None:
    """Keep aside what records were before, to be valid once the release is withdrawn."""
    before = plan.before[kept.table.name]
    rows = rows_where(connection, dialect, kept, kept.table.c.id.in_(ids))
    stage(
        connection, dialect, kept, [row | before[row["id"]] for row, _, _ in rows], _awaited(plan.release_id)
    )


def forget_withdrawal(connection: Connection, release_id: str) -> bool:
    """Remove some of what an attempt left aside; whether that was all."""
    return all(
        unstage_some(connection, kept, _awaited(release_id), _STAGED_AT_ONCE) for kept in _KINDS.values()
    )


def withdraw_names(transaction: Transaction, release: Release, plan: Withdrawal) -> None:
    """Switch the release; ConflictError when something came in the way since it was planned."""
    connection = transaction.connection
    since = connection.execute(
        select(audit.c.subject, audit.c.action).where(audit.c.fid > plan.last_entry)
    ).all()
    _refuse_touched(sorted({entry.subject for entry in since} & plan.subjects()))
    switched = any(
        entry.subject.startswith("release:") and entry.action in ("published", "withdrawn") for entry in since
    )
    if switched:
        _check_untouched(connection, plan)
    else:
        _refuse_touched(_names_given(connection, plan, name.c.fid > plan.last_name))
    put_release(transaction, replace(release, state=ReleaseState.WITHDRAWN))


def keeps_undo(connection: Connection, release_id: str) -> bool:
    """Whether a release is of divisions, and kept what undoes it."""
    asked = select(load_undo.c.fid).where(load_undo.c.release_id == release_id).limit(1)
    return connection.execute(asked).first() is not None


def withdraw_divisions(transaction: Transaction, release: Release) -> Written:
    """Put back what a list or a table of changes wrote, the newest first, and switch its release."""
    of_release = load_undo.c.release_id == release.id
    kept = transaction.connection.execute(
        select(load_undo.c.undo).where(of_release).order_by(load_undo.c.fid.desc())
    )
    written = Written()
    for undo in kept.scalars().all():
        written += put_back(transaction, json.loads(undo), _built_on)
    transaction.connection.execute(delete(load_undo).where(of_release))
    transaction.tables.add(load_undo.name)
    put_release(transaction, replace(release, state=ReleaseState.WITHDRAWN))
    return written


def _awaited(release_id: str) -> Awaited:
    return Awaited(release_id, ReleaseState.WITHDRAWN)


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
    return set(connection.execute(as_it_stands(connection, asked)).scalars())


def _check_untouched(connection: Connection, plan: Withdrawal) -> None:
    marked = '"release_id":' + json.dumps(plan.release_id, ensure_ascii=False)
    touched: list[str] = []
    for part in chunks(sorted(plan.subjects())):
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
    _refuse_touched([*touched, *_names_given(connection, plan)])


def _names_given(connection: Connection, plan: Withdrawal, *among: ColumnElement[bool]) -> list[str]:
    """Names of other releases that places which the release brought bear by now."""
    given = (
        select(name.c.id, place.c.id)
        .join(place, name.c.place_id == place.c.id)
        .join(schema_release, name.c.release_id == schema_release.c.id)
        .where(
            place.c.release_id == plan.release_id,
            name.c.release_id != plan.release_id,
            schema_release.c.state == ReleaseState.PUBLISHED.value,
            *among,
        )
    )
    found = connection.execute(as_it_stands(connection, given))
    return [f"name:{id_}" for id_, of in found if of in plan.added["place"]]


def _refuse_touched(touched: Sequence[str]) -> None:
    if touched:
        shown = ", ".join(touched[:_SHOWN])
        raise ConflictError(
            f"{len(touched)} records were changed since this load ({shown}): take those changes back first",
            zh=f"载入之后有 {len(touched)} 条记录被更改（{shown}）：请先撤销那些更改",
            field="release",
        )
