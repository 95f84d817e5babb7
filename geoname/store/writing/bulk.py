"""Many records at once (批量写入): columns checked whole, new rows inserted, known ones compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import compress, pairwise
from typing import Any

from sqlalchemy import Connection, select

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.place import Exactness, Secrecy
from geoname.core.register.record_batch import NameBatch, PlaceBatch, RecordBatch, columns
from geoname.core.validity.partial_date import PartialDate, parse_day
from geoname.errors import InvalidInputError
from geoname.store.protocols import Written
from geoname.store.reading.records import chunks
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.kept import NAMES, PLACES, Kept
from geoname.store.rows.register import check_location
from geoname.store.writing.upsert import Target, Transaction, put_records

Columns = dict[str, Sequence[Any]]
_CHOICES = {
    "exactness": Exactness,
    "secrecy": Secrecy,
    "kind": NameKind,
    "status": NameStatus,
    "publication": Publication,
    "reading_source": ReadingSource,
}
_DATES = ("valid_from", "valid_until", "approved_on", "filed_on", "accepted_on", "announced_on")


def put_batch(transaction: Transaction, batch: RecordBatch, target: Target) -> Written:
    """Write places and names as `put_places` and `put_names` do: the same rows, audit and counts."""
    written = Written()
    if len(batch.places):
        written += _put(transaction, PLACES, _place_columns(batch.places), target)
    if len(batch.names):
        written += _put(transaction, NAMES, _name_columns(batch.names), target)
    return written


def _put(transaction: Transaction, kept: Kept, cells: Columns, target: Target) -> Written:
    keys = cells[kept.key]
    _check_once(kept, keys)
    known = _known(transaction.connection, kept, keys)
    if not known:
        _add(transaction, kept, cells, target)
        return Written(added=len(keys))
    is_known = [key in known for key in keys]
    names = list(cells)
    rows: list[Row] = [
        dict(zip(names, row, strict=True)) for row in compress(zip(*cells.values(), strict=True), is_known)
    ]
    written = put_records(transaction, kept, rows, target)
    is_new = [not each for each in is_known]
    fresh: Columns = {name: list(compress(column, is_new)) for name, column in cells.items()}
    if fresh[kept.key]:
        _add(transaction, kept, fresh, target)
    return written + Written(added=len(fresh[kept.key]))


def _add(transaction: Transaction, kept: Kept, cells: Columns, target: Target) -> None:
    given = cells | {"release_id": [target.release_id] * len(cells[kept.key])}
    transaction.dialect.insert_columns(transaction.connection, kept.table, given)
    transaction.note_written(kept, cells[kept.key], target)


def _known(connection: Connection, kept: Kept, keys: Sequence[str]) -> set[str]:
    column = kept.table.c[kept.key]
    found: set[str] = set()
    for part in chunks(keys):
        found.update(connection.execute(select(column).where(column.in_(part))).scalars())
    return found


def _check_once(kept: Kept, keys: Sequence[str]) -> None:
    if len(set(keys)) < len(keys):
        ordered = sorted(keys)
        twice = next(one for one, other in pairwise(ordered) if one == other)
        raise InvalidInputError(
            f"{kept.table.name} {twice} is given twice: give it once",
            zh=f"{kept.table.name} {twice} 重复给出：请只给一次",
            field=kept.key,
        )


def _place_columns(batch: PlaceBatch) -> Columns:
    cells = columns(batch)
    _check(cells, "place")
    for id_, *location in zip(cells["id"], cells["lon"], cells["lat"], cells["exactness"], strict=True):
        check_location(id_, *location)
    return cells


def _name_columns(batch: NameBatch) -> Columns:
    cells = columns(batch)
    _check(cells, "name")
    for column in _DATES:
        for text in {each for each in cells[column] if each is not None}:
            PartialDate.parse(text, field=column)
    for text in {each for each in cells["known_on"] if each is not None}:
        parse_day(text, field="known_on")
    return cells | {"version": [1] * len(batch)}


def _check(cells: Columns, table: str) -> None:
    """InvalidInputError for what no cell may hold; each column is looked at whole, rows only on suspicion."""
    for name, column in list(cells.items()):
        if name in _CHOICES:
            cells[name] = _chosen(column, name)
        elif name in ("lon", "lat"):
            if not all(each is None or math.isfinite(each) for each in column):
                _check_rows(column, name, table)
        elif name != "needs_review":
            texts = [each for each in set(column) if each is not None]
            whole = "".join(texts)
            if "\0" in whole or _unwritable(whole):
                _check_rows(column, name, table)


def _unwritable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _check_rows(column: Sequence[Any], name: str, table: str) -> None:
    for cell in column:
        check_cells({name: cell}, table)


def _chosen(column: Sequence[Any], name: str) -> Sequence[str]:
    """The column as plain texts, which databases take."""
    members = {member.value for member in _CHOICES[name]}
    values = set(column)
    strange = {str(each) for each in values} - members
    if strange:
        known = ", ".join(sorted(members))
        raise InvalidInputError(
            f"{name} cannot be {min(strange)!r}: use one of {known}",
            zh=f"{name} 不能是 {min(strange)!r}：请用 {known} 之一",
            field=name,
        )
    return column if {type(each) for each in values} == {str} else [str(each) for each in column]
