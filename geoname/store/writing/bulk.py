"""Many records at once (批量写入): columns checked whole, new rows inserted, known ones compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.place import Exactness, Secrecy
from geoname.core.register.record_batch import NameBatch, PlaceBatch, RecordBatch, Same, columns
from geoname.core.validity.partial_date import PartialDate, parse_day
from geoname.errors import InvalidInputError
from geoname.store.protocols import Written
from geoname.store.rows.cells import Row, check_cells
from geoname.store.rows.kept import NAMES, PLACES, Kept
from geoname.store.rows.register import check_location
from geoname.store.writing.upsert import Target, Transaction, put_records

Degrees = NDArray[np.float64]
Columns = dict[str, Any]
"""Columns by their name: arrays of `lon` and `lat`, NaN where not known, of all else sequences."""


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
    is_known = np.fromiter(map(known.__contains__, keys), np.bool_, len(keys))
    there = {name: _listed(column) for name, column in _chosen_rows(cells, is_known).items()}
    rows: list[Row] = [dict(zip(there, row, strict=True)) for row in zip(*there.values(), strict=True)]
    written = put_records(transaction, kept, rows, target)
    fresh = _chosen_rows(cells, ~is_known)
    if len(fresh[kept.key]):
        _add(transaction, kept, fresh, target)
    return written + Written(added=len(fresh[kept.key]))


def _chosen_rows(cells: Columns, chosen: NDArray[np.bool_]) -> Columns:
    return {
        name: column[chosen] if isinstance(column, np.ndarray) else list(compress(column, chosen))
        for name, column in cells.items()
    }


def _listed(column: Sequence[Any] | Degrees) -> Sequence[Any]:
    """A column as cells: None where a number is not known."""
    if isinstance(column, np.ndarray):
        return [None if number != number else number for number in column.tolist()]
    return column


def _add(transaction: Transaction, kept: Kept, cells: Columns, target: Target) -> None:
    given = cells | {"release_id": Same(target.release_id, len(cells[kept.key]))}
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
    cells = _checked(columns(batch), "place")
    lon, lat = cells["lon"], cells["lat"]
    none = Exactness.NONE.value
    nowhere = np.array([each == none for each in cells["exactness"]])
    unknown = np.isnan(lon) & np.isnan(lat)
    fits = np.where(unknown, nowhere, (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ~nowhere)
    for row in np.flatnonzero(~fits).tolist():
        x, y = _listed(np.array([lon[row], lat[row]]))
        check_location(cells["id"][row], x, y, cells["exactness"][row])
    return cells


def _name_columns(batch: NameBatch) -> Columns:
    return _checked(columns(batch), "name") | {"version": Same(1, len(batch))}


def _checked(cells: Columns, table: str) -> Columns:
    """The columns as a database takes them; InvalidInputError for what no cell may hold."""
    checked: Columns = {
        name: _checked_numbers(column, name, table)
        if isinstance(column, np.ndarray)
        else _checked_column(column, name, table)
        for name, column in cells.items()
    }
    _check_once(table, checked["id"])
    return checked


def _checked_numbers(column: Degrees, name: str, table: str) -> Degrees:
    if np.isinf(column).any():
        for number in column.tolist():
            check_cells({name: number}, table)
    return column


def _checked_column(column: Sequence[Any], name: str, table: str) -> Sequence[Any]:
    """A column is looked at whole, its cells only on suspicion; one value in every row is a `Same`."""
    values = {column.value} if isinstance(column, Same) else set(column)
    if name in _CHOICES:
        _check_choice(values, name)
        if {type(value) for value in values} != {str}:
            column = [str(each) for each in column]
    elif name != "needs_review":
        texts = [each for each in values if each is not None]
        whole = "".join(texts)
        if "\0" in whole or _unwritable(whole):
            for text in texts:
                check_cells({name: text}, table)
        for text in texts if name in _DATES else ():
            PartialDate.parse(text, field=name)
        for day in texts if name == "known_on" else ():
            parse_day(day, field=name)
    return Same(column[0], len(column)) if len(values) == 1 < len(column) else column


def _unwritable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _check_choice(values: set[Any], name: str) -> None:
    members = {member.value for member in _CHOICES[name]}
    strange = {str(each) for each in values} - members
    if strange:
        known = ", ".join(sorted(members))
        raise InvalidInputError(
            f"{name} cannot be {min(strange)!r}: use one of {known}",
            zh=f"{name} 不能是 {min(strange)!r}：请用 {known} 之一",
            field=name,
        )
