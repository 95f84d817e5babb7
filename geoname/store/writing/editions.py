"""Writes editions (界线版本): drafts that may be replaced until answers were given from them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, delete, insert, select, update

from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.territory import Territories
from geoname.core.register.provenance import ReleaseState
from geoname.errors import ConflictError, InvalidInputError, NotFoundError, NotReadyError
from geoname.store.protocols import Written
from geoname.store.protocols_changes import What
from geoname.store.reading.editions import ACTIVE_EDITION, read_setting
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.editions import as_multipolygons, content_digest, courses, line_rows, territory_rows
from geoname.store.rows.provenance import edition_row
from geoname.store.schema import boundary_line, edition, release, territory
from geoname.store.writing.audit_log import Entry, as_json, differences
from geoname.store.writing.settings import write_setting
from geoname.store.writing.upsert import Target, Transaction


def put_edition(
    transaction: Transaction,
    given: Edition,
    territories: Territories,
    lines: Sequence[BoundaryLine],
    target: Target,
) -> Written:
    """Write an edition with its polygons and lines; equal content is left alone.

    ConflictError when an edition of this id is published under another release or was ever active, and
    differs; InvalidInputError when two territories or lines of it are the same.
    """
    row = edition_row(given)
    check_cells(row, "edition")
    below, between = territory_rows(territories), line_rows(lines)
    _check_once([entry["code"] for entry in below], "code")
    _check_once([(entry["side_a"], entry["side_b"], entry["level"]) for entry in between], "sides")
    polygons, paths = as_multipolygons(territories.polygons), courses(lines)
    row["content_sha256"] = content_digest(below, polygons, between, paths)
    count = 1 + len(below) + len(between)
    stored = _stored(transaction, given.id)
    if stored is None:
        written = Written(added=count)
        transaction.connection.execute(
            insert(edition), [{**row, "activated_at": None, "release_id": target.release_id}]
        )
    else:
        before, release_id, served = stored
        was, now = differences(before, row)
        mine = release_id == target.release_id
        if was == "{}" and (served or mine):
            return Written(same=count)
        if before["activated_at"] or (served and not mine):
            raise ConflictError(
                f"edition {given.id} is published and differs from this one: give the new one another id",
                zh=f"界线版本 {given.id} 已发布且内容不同：请为新版本另起编号",
                field="edition",
            )
        written = Written(changed=count) if mine else Written(added=count)
        _forget(transaction, given.id)
        changed = update(edition).where(edition.c.id == given.id)
        transaction.connection.execute(changed, [{**row, "release_id": target.release_id}])
        if served:
            transaction.log.extend([Entry(f"edition:{given.id}", "changed", was, now)])
    _add(transaction, given.id, below, transaction.dialect.encode(polygons), territory)
    _add(transaction, given.id, between, transaction.dialect.encode(paths), boundary_line)
    transaction.tables |= {"edition", "territory", "boundary_line"}
    transaction.served_changed |= target.published
    return written


def activate_edition(transaction: Transaction, edition_id: str, now: str) -> None:
    """Give answers from this edition from now on; NotReadyError while its release is not published."""
    stored = _stored(transaction, edition_id)
    if stored is None:
        raise NotFoundError(
            f"there is no edition {edition_id!r}: list them with `geoname editions list`",
            zh=f"没有界线版本 {edition_id!r}：可用 `geoname editions list` 查看",
            field="edition",
        )
    row, release_id, served = stored
    if not served:
        raise NotReadyError(
            f"edition {edition_id} belongs to release {release_id}, which is not published: publish it first",
            zh=f"界线版本 {edition_id} 所属批次 {release_id} 尚未发布：请先发布",
            field="edition",
        )
    active = read_setting(transaction.connection, ACTIVE_EDITION)
    if active == edition_id:
        return
    write_setting(transaction.connection, ACTIVE_EDITION, edition_id)
    if row["activated_at"] is None:
        marked = update(edition).where(edition.c.id == edition_id).values(activated_at=now)
        transaction.connection.execute(marked)
    before, after = as_json({ACTIVE_EDITION: active}), as_json({ACTIVE_EDITION: edition_id})
    transaction.log.extend([Entry(f"edition:{edition_id}", "activated", before, after)])
    transaction.tables |= {"edition", "setting"}
    transaction.served_changed = True
    transaction.notes.note(What.EDITIONS)


def _stored(transaction: Transaction, edition_id: str) -> tuple[Row, str, bool] | None:
    asked = (
        select(edition, release.c.state)
        .join(release, edition.c.release_id == release.c.id)
        .where(edition.c.id == edition_id)
    )
    found = transaction.connection.execute(asked).mappings().one_or_none()
    if found is None:
        return None
    row = dict(found)
    served = row.pop("state") == ReleaseState.PUBLISHED.value
    return row, row["release_id"], served


def _forget(transaction: Transaction, edition_id: str) -> None:
    for table in (territory, boundary_line):
        transaction.connection.execute(delete(table).where(table.c.edition_id == edition_id))


def _add(
    transaction: Transaction,
    edition_id: str,
    rows: Sequence[Row],
    blobs: Sequence[bytes | None],
    table: Table,
) -> None:
    cells = [{**row, "geom": blob, "edition_id": edition_id} for row, blob in zip(rows, blobs, strict=True)]
    if cells:
        transaction.connection.execute(insert(table), cells)


def _check_once(keys: Sequence[object], field: str) -> None:
    seen = set[object]()
    for key in keys:
        if key in seen:
            raise InvalidInputError(
                f"{field} {key!r} comes twice in the edition: give it once",
                zh=f"界线版本中 {field} {key!r} 重复：请只给一次",
                field=field,
            )
        seen.add(key)
