"""Cells of records and the batches that a store takes (记录成批): one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from geoname.core.register.record_batch import NameBatch, PlaceBatch
from geoname.service.load_names_records import Columns

Cells = dict[str, Any]
"""One row, cells by column."""
_OF_EACH = ("id", "place_id", "text", "specific", "generic")


def cells_at(columns: Columns, i: int) -> Cells:
    """The row with number i."""
    return {name: column[i] for name, column in columns.items()}


def grouped(others: Columns) -> dict[str, list[Cells]]:
    """The rows by the place that they belong to."""
    found: dict[str, list[Cells]] = {}
    for i, place_id in enumerate(others["place_id"]):
        found.setdefault(place_id, []).append(cells_at(others, i))
    return found


def together(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Columns:
    """Rows as columns of these names."""
    return {name: [row[name] for row in rows] for name in names}


def place_batch(columns: Columns) -> PlaceBatch:
    """Columns of places as a batch."""
    lon, lat = (np.array(columns[side], dtype=np.float64) for side in ("lon", "lat"))
    cells = {name: _said_once(column) for name, column in columns.items() if name not in ("id", "lon", "lat")}
    return PlaceBatch(id=columns["id"], lon=lon, lat=lat, **cells)


def name_batch(*several: Columns) -> NameBatch:
    """Columns of names, several one after the other, as a batch."""
    first, *rest = several
    if not rest or not rest[0]["id"]:
        cells = first
    else:
        cells = {name: [*first[name], *(cell for each in rest for cell in each[name])] for name in first}
    once = {name: _said_once(column) for name, column in cells.items() if name not in _OF_EACH}
    return NameBatch(**{name: cells[name] for name in _OF_EACH}, **once)


def _said_once(column: Any) -> Any:  # noqa: ANN401 - a cell or a column of them
    """The cell that stands in every row, or else the column."""
    same = len(column) > 1 and column[0] == column[-1] and column.count(column[0]) == len(column)
    return column[0] if same else column
