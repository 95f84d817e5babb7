"""Columns of Arrow (列式数据) as cells: text, numbers, and what is neither."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from geoname.formats.tables.table import Cell, RowFault


def kind_of(type_: pa.DataType) -> str:
    """`text`, `number`, or `other` for what a name or a coordinate can never stand in."""
    if pa.types.is_dictionary(type_):
        return kind_of(type_.value_type)
    if (
        pa.types.is_string(type_)
        or pa.types.is_large_string(type_)
        or pa.types.is_string_view(type_)
        or pa.types.is_null(type_)
        or pa.types.is_binary(type_)
        or pa.types.is_large_binary(type_)
    ):
        return "text"
    if pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return "number"
    return "other"


def cells_of(column: pa.Array, name: str) -> tuple[list[Cell], list[RowFault]]:
    """The cells of a column of text or numbers; bytes that are not UTF-8 are faults and read as nothing."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return _decoded(column.to_pylist(), name)
    if kind_of(column.type) == "number":
        return column.cast(pa.float64(), safe=False).to_pylist(), []
    cells: list[Cell] = column.to_pylist()
    return cells, []


def _decoded(values: list[bytes | None], name: str) -> tuple[list[Cell], list[RowFault]]:
    cells: list[Cell] = []
    faults: list[RowFault] = []
    for offset, value in enumerate(values):
        try:
            cells.append(None if value is None else value.decode("utf-8"))
        except UnicodeDecodeError:
            cells.append(None)
            faults.append(RowFault(offset, "encoding", name, ""))
    return cells, faults


def as_text(column: pa.Array) -> list[str | None]:
    """Every cell of a column as a text file holds it: ISO dates, whole numbers whole, bytes in hex."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts: list[str | None] = column.to_pylist()
        return texts
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_temporal(kind):
        return pc.cast(column, pa.string()).to_pylist()  # type: ignore[no-any-return]
    return [None if value is None else _written(value) for value in column.to_pylist()]


def _written(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
