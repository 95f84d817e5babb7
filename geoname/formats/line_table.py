"""Files of lines and markers (界线、界桩数据文件), tables or maps, as rows of text with their shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geoname.core.divisions.listing import Reject
from geoname.errors import InvalidInputError
from geoname.formats.boundary_reading import ENDINGS as MAP_ENDINGS
from geoname.formats.boundary_reading import read_boundary_file
from geoname.formats.line_fields import Headings
from geoname.formats.register_table import TABLE_ENDINGS, RegisterTable
from geoname.formats.tables.cell_text import written_number
from geoname.formats.tables.headings import among
from geoname.formats.tables.table import Cell

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class LineTable:
    """The rows that can be read, by wanted field, each with its number from 1, and which column is which.

    `shapes[i]` is the geometry of row i in the file's own coordinates, None where it has none; the whole is
    None for a table. `crs` is what the file says of its coordinates, empty when it says nothing.
    """

    format: str
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[Row, ...]
    shapes: NDArray[np.object_] | None
    crs: str
    encoding: str
    sha256: str
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many rows."""
        return len(self.rows)


def read_line_table(
    file: Path,
    headings: Headings,
    required: Sequence[Sequence[str]],
    declared: Mapping[str, str],
    layer: str = "",
    encoding: str = "",
) -> LineTable:
    """Read a file of lines or markers, the format by its ending; rows without any cell are passed over.

    Of each group in `required` at least one field must have a column. `declared` names columns by field and
    stands over what is usual. InvalidInputError for columns at fault or an unknown ending, DataFileError for
    a file that is not there or damaged.
    """
    ending = file.suffix.lower()
    if ending in MAP_ENDINGS and ending != ".parquet":
        read = read_boundary_file(file, layer, encoding)
        names = tuple(read.fields)
        columns = _columns(names, headings, required, declared, file.name)
        cells = [read.fields[column] for column in columns.values()]
        rows = tuple(
            {field: (column[i] or "").strip() for field, column in zip(columns, cells, strict=True)}
            for i in range(len(read))
        )
        return LineTable(
            read.format, columns, _unused(names, columns), tuple(range(1, len(rows) + 1)), rows, read.shapes,
            read.crs, "" if read.encoding is None else read.encoding.name, read.sha256, (), read.notes,
        )  # fmt: skip
    if ending not in TABLE_ENDINGS:
        known = sorted({*TABLE_ENDINGS, *MAP_ENDINGS})
        raise InvalidInputError(
            f"{file.name} is of no known format: end it in {', '.join(known)}",
            zh=f"无法识别 {file.name} 的格式：文件名须以 {'、'.join(known)} 结尾",
            field="file",
        )
    looked_for = among(headings, declared.values())
    with closing(RegisterTable(file, layer, encoding, looked_for)) as table:
        columns = _columns(table.columns, headings, required, declared, file.name)
        return _table_rows(table, columns)


def _table_rows(table: RegisterTable, columns: Mapping[str, str]) -> LineTable:
    wanted = [table.columns.index(column) for column in columns.values()]
    numbers: list[int] = []
    rows: list[Row] = []
    rejects: list[Reject] = []
    for batch in table.batches():
        faulty = {fault.offset: fault for fault in batch.faults}
        for offset in range(batch.rows):
            number = batch.first_row + offset
            if offset in faulty:
                fault = faulty[offset]
                rejects.append(
                    Reject(
                        number,
                        fault.column or "",
                        fault.detail,
                        f"the row cannot be read: {fault.kind}",
                        f"此行无法读取：{fault.kind}",
                        "mend the row in the file",
                        "请在文件中改正此行",
                    )
                )
                continue
            row = {field: _text(batch.columns[at][offset]) for field, at in zip(columns, wanted, strict=True)}
            if any(row.values()):
                numbers.append(number)
                rows.append(row)
    return LineTable(
        table.format, columns, _unused(table.columns, columns), tuple(numbers), tuple(rows), None, "",
        table.encoding, table.sha256, tuple(rejects), table.notes,
    )  # fmt: skip


def _columns(
    found: Sequence[str],
    headings: Headings,
    required: Sequence[Sequence[str]],
    declared: Mapping[str, str],
    name: str,
) -> dict[str, str]:
    for field, column in declared.items():
        if field not in headings:
            raise InvalidInputError(
                f"[fields] knows no {field!r}: it knows {', '.join(headings)}",
                zh=f"[fields] 中没有 {field!r}：可用 {'、'.join(headings)}",
                field=f"fields.{field}",
            )
        if column not in found:
            raise InvalidInputError(
                f"{name} has no column {column!r}: it has {', '.join(found)}",
                zh=f"{name} 没有列 {column!r}：现有 {'、'.join(found)}",
                field=f"fields.{field}",
            )
    columns = dict(declared)
    plain = {column.strip().lower(): column for column in reversed(found)}
    for field, usual in headings.items():
        column = next((plain[each] for each in usual if each in plain), "")
        if column and field not in columns and column not in columns.values():
            columns[field] = column
    missing = [group for group in required if not any(field in columns for field in group)]
    if missing:
        wanted = "; ".join(" or ".join(group) for group in missing)
        wanted_zh = "；".join(" 或 ".join(group) for group in missing)
        raise InvalidInputError(
            f"{name} has no column for {wanted}: name it under [fields] of the definition; its columns are "
            f"{', '.join(found)}",
            zh=f"{name} 中找不到 {wanted_zh} 的列：请在数据说明的 [fields] 中指明；现有 {'、'.join(found)}",
            field="fields",
        )
    return columns


def _unused(found: Sequence[str], columns: Mapping[str, str]) -> tuple[str, ...]:
    used = set(columns.values())
    return tuple(column for column in found if column not in used)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.strip() if isinstance(cell, str) else written_number(cell)
