"""Many records at once (批量写入): columns checked whole, new rows inserted, known ones compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import Any

import numpy as np

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.place import Exactness, Secrecy
from geoname.core.register.record_batch import NameBatch, PlaceBatch, RecordBatch, columns
from geoname.core.validity.partial_date import PartialDate, parse_day
from geoname.errors import InvalidInputError
from geoname.store.protocols import Written
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.kept import NAMES, PLACES, Kept
from geoname.store.rows.register import check_location
from geoname.store.writing.upsert import Target, Transaction, put_records

Columns = dict[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Cells:
    """Columns of places and of names as a database keeps them; empty when there are none."""

    places: Columns
    names: Columns


_CHOICES = {
    "exactness": Exactness,
    "secrecy": Secrecy,
    "kind": NameKind,
    "status": NameStatus,
    "publication": Publication,
    "reading_source": ReadingSource,
}
_DATES = ("valid_from", "valid_until", "approved_on", "filed_on", "accepted_on", "announced_on")


def batch_cells(batch: RecordBatch) -> Cells:
    """The cells of a batch, checked; InvalidInputError for what cannot be kept."""
    return Cells(
        _place_columns(batch.places) if len(batch.places) else {},
        _name_columns(batch.names) if len(batch.names) else {},
    )


def put_cells(transaction: Transaction, cells: Cells, target: Target) -> Written:
    """Write places and names as `put_places` and `put_names` do: the same rows, audit and counts."""
    transaction.dialect.make_room(transaction.connection)
    written = Written()
    if cells.places:
        written += _put(transaction, PLACES, cells.places, target)
    if cells.names:
        written += _put(transaction, NAMES, cells.names, target)
    return written


def _put(transaction: Transaction, kept: Kept, cells: Columns, target: Target) -> Written:
    keys = cells[kept.key]
    known = transaction.dialect.known_keys(transaction.connection, kept.table.c[kept.key], keys)
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


def _check_once(table: str, keys: Sequence[str]) -> None:
    if len(set(keys)) < len(keys):
        ordered = sorted(keys)
        twice = next(one for one, other in pairwise(ordered) if one == other)
        raise InvalidInputError(
            f"{table} {twice} is given twice: give it once",
            zh=f"{table} {twice} 重复给出：请只给一次",
            field="id",
        )


def _place_columns(batch: PlaceBatch) -> Columns:
    cells = columns(batch)
    _check(cells, "place")
    _check_once("place", cells["id"])
    if not _all_located(cells):
        for id_, *location in zip(cells["id"], cells["lon"], cells["lat"], cells["exactness"], strict=True):
            check_location(id_, *location)
    return cells


def _all_located(cells: Columns) -> bool:
    """Whether every place has a whole point on the globe, of some exactness."""
    if "none" in set(cells["exactness"]) or None in cells["lon"] or None in cells["lat"]:
        return False
    lon, lat = np.abs(cells["lon"]), np.abs(cells["lat"])
    return bool(np.all(lon <= 180) and np.all(lat <= 90))


def _name_columns(batch: NameBatch) -> Columns:
    cells = columns(batch)
    _check(cells, "name")
    _check_once("name", cells["id"])
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
            if math.inf in column or -math.inf in column:
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
