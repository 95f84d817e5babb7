"""Writes registered lines and markers (登记界线与界桩), each change on its chain in the same transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from sqlalchemy import Connection, Table, bindparam, insert, select, update

from geoname.errors import ConflictError, InvalidInputError, NotFoundError
from geoname.store.dialect import Dialect
from geoname.store.protocols import Written
from geoname.store.reading.records import chunks
from geoname.store.rows.cells import Row, check_cells
from geoname.store.schema import boundary_marker, registered_line
from geoname.store.writing.audit_log import Entry, as_json, differences
from geoname.store.writing.upsert import Transaction


@dataclass(frozen=True, slots=True)
class LineKind:
    """One of the two kinds of record: its table, and what its chains begin with."""

    table: Table
    subject: str
    zh: str
    en: str


LINES = LineKind(registered_line, "line", "登记界线", "registered line")
MARKERS = LineKind(boundary_marker, "marker", "界桩", "marker")
# What a load does not change by itself: the same record from another file is the same record.
_NOT_COMPARED = ("version", "source_id")


def put_rows(transaction: Transaction, kind: LineKind, rows: Sequence[Row]) -> Written:
    """Add what is new, replace what differs, leave the rest; InvalidInputError for one id given twice."""
    seen: set[str] = set()
    for row in rows:
        check_cells(_told(row), kind.table.name)
        if row["id"] in seen:
            raise InvalidInputError(
                f"{kind.en} {row['id']} is given twice: give it once",
                zh=f"{kind.zh} {row['id']} 重复给出：请只给一次",
                field="id",
            )
        seen.add(row["id"])
    written = Written()
    for batch in chunks(rows):
        known = stored_rows(transaction.connection, transaction.dialect, kind, [row["id"] for row in batch])
        added = [row | {"version": 1} for row in batch if row["id"] not in known]
        changed = [
            row | {"version": known[row["id"]]["version"] + 1}
            for row in batch
            if row["id"] in known and not _same(known[row["id"]], row)
        ]
        _write(transaction, kind, added, changed, known)
        written += Written(len(added), len(changed), len(batch) - len(added) - len(changed))
    return written


def change_row(transaction: Transaction, kind: LineKind, row: Row) -> Row:
    """Replace the record whose version is that of the row; the row as it is kept now.

    NotFoundError for an unknown id, ConflictError when the version is another. An equal row stays as it is.
    """
    check_cells(_told(row), kind.table.name)
    known = stored_rows(transaction.connection, transaction.dialect, kind, [row["id"]])
    before = known.get(row["id"])
    if before is None:
        raise NotFoundError(
            f"there is no {kind.en} {row['id']!r}: load it first",
            zh=f"没有{kind.zh} {row['id']!r}：请先载入",
            field="id",
        )
    if before["version"] != row["version"]:
        raise ConflictError(
            f"{kind.en} {row['id']} is version {before['version']} by now, not {row['version']}: "
            "read it again, then change it",
            zh=f"{kind.zh} {row['id']} 现为第 {before['version']} 版，不是第 {row['version']} 版："
            "请重新读取后再修改",
            field="version",
        )
    if _same(before, row):
        return before
    after = row | {"version": before["version"] + 1}
    _write(transaction, kind, [], [after], known)
    return after


def stored_rows(
    connection: Connection, dialect: Dialect, kind: LineKind, ids: Sequence[str]
) -> Mapping[str, Row]:
    """The rows of these ids as they are kept, geometry decoded."""
    table = kind.table
    found = connection.execute(select(table).where(table.c.id.in_(ids))).mappings()
    return {row["id"]: row for row in decoded(dialect, [dict(one) for one in found])}


def decoded(dialect: Dialect, rows: list[Row]) -> list[Row]:
    """The same rows without row number, `geom` a geometry or None."""
    for row, shape in zip(rows, dialect.decode([row["geom"] for row in rows]), strict=True):
        row["geom"] = shape
        del row["fid"]
    return rows


def _write(
    transaction: Transaction,
    kind: LineKind,
    added: Sequence[Row],
    changed: Sequence[Row],
    known: Mapping[str, Row],
) -> None:
    if not added and not changed:
        return
    connection, table = transaction.connection, kind.table
    if added:
        connection.execute(insert(table), _encoded(transaction.dialect, added))
    if changed:
        columns = [column.name for column in table.columns if column.name not in ("fid", "id")]
        statement = (
            update(table)
            .where(table.c.id == bindparam("_id"))
            .values({column: bindparam(column) for column in columns})
        )
        cells = _encoded(transaction.dialect, changed)
        connection.execute(statement, [{**cell, "_id": cell.pop("id")} for cell in cells])
    entries = [Entry(f"{kind.subject}:{row['id']}", "registered", after=as_json(_told(row))) for row in added]
    for row in changed:
        was, now = differences(_told(known[row["id"]]), _told(row))
        entries.append(Entry(f"{kind.subject}:{row['id']}", "changed", was, now))
    transaction.log.extend(entries)
    transaction.tables.add(table.name)


def _encoded(dialect: Dialect, rows: Sequence[Row]) -> list[Row]:
    shapes = np.full(len(rows), None, dtype=object)
    for position, row in enumerate(rows):
        shapes[position] = row["geom"]
    return [{**row, "geom": blob} for row, blob in zip(rows, dialect.encode(shapes), strict=True)]


def _same(before: Row, after: Row) -> bool:
    return _compared(before) == _compared(after)


def _compared(row: Row) -> Row:
    return {key: value for key, value in _told(row).items() if key not in _NOT_COMPARED}


def _told(row: Row) -> Row:
    """The row as the chain tells it: a point by its degrees, a course by its digest and points."""
    shape = row["geom"]
    rest = {key: value for key, value in row.items() if key != "geom"}
    if isinstance(shape, shapely.Point):
        return rest | {"lon": shape.x, "lat": shape.y}
    if shape is None:
        return rest | {"course_sha256": ""}
    bodies = shapely.to_wkb(np.array([shape], dtype=object), output_dimension=2, byte_order=1)
    return rest | {"course_sha256": hashlib.sha256(bodies[0]).hexdigest()}
