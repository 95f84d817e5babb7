"""Writes tables of one format as another (转换): CSV and XLSX from typed batches, ours after theirs."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from geoname.errors import InvalidInputError
from geoname.formats.tables.arrow_cells import as_text, kind_of
from geoname.formats.tables.cell_text import written_cells
from geoname.formats.tables.partial_file import not_writable
from geoname.formats.tables.spool import Batches, side_by_side
from geoname.formats.tables.xlsx_cells import LONGEST_CELL

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its headings."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks of the same content are the same bytes


def write_csv(theirs: Batches, headings: Sequence[str], ours: Batches, added: pa.Schema, begun: Path) -> None:
    """Write UTF-8 with a byte-order mark, by which spreadsheet programs know it; lines end in CR LF."""
    try:
        with begun.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([*headings, *added.names])
            for left, right in side_by_side(theirs, ours):
                columns: list[Sequence[str | None]] = [as_text(column) for column in left.columns]
                columns += [_as_written(column) for column in right.columns]
                writer.writerows(zip(*columns, strict=True))
    except OSError as error:
        raise not_writable(begun, error) from error


def write_xlsx(
    theirs: Batches, headings: Sequence[str], ours: Batches, added: pa.Schema, begun: Path
) -> None:
    """Write one sheet row by row; text is never taken for a formula, a link or a number.

    A cell beyond 32,767 characters is cut there, which is all that the format holds. InvalidInputError for
    more rows than a sheet holds.
    """
    parts = begun.with_name(f"{begun.name}.parts")
    shutil.rmtree(parts, ignore_errors=True)  # of a run that was killed
    try:
        parts.mkdir()
        _write_sheet(theirs, headings, ours, added, begun, parts)
    except (OSError, XlsxFileError) as error:
        raise not_writable(begun, error) from error
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def _write_sheet(
    theirs: Batches, headings: Sequence[str], ours: Batches, added: pa.Schema, begun: Path, parts: Path
) -> None:
    how = {"constant_memory": True, "in_memory": False, "tmpdir": str(parts)}
    book = xlsxwriter.Workbook(str(begun), how)
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet()
    for column, name in enumerate([*headings, *added.names]):
        sheet.write_string(0, column, name[:LONGEST_CELL])
    number = 1
    for left, right in side_by_side(theirs, ours):
        if number - 1 + left.num_rows > MOST_ROWS:
            raise _too_many_rows()
        columns: list[Sequence[object]] = [_cells(column) for column in left.columns]
        columns += [_ours(column) for column in right.columns]
        for row in zip(*columns, strict=True):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell[:LONGEST_CELL])
                elif cell is not None:
                    sheet.write_number(number, column, cell)
            number += 1
    book.close()


def _cells(column: pa.Array) -> Sequence[object]:
    numbers = kind_of(column.type) == "number" and not pa.types.is_dictionary(column.type)
    if numbers and not pa.types.is_decimal(column.type):
        # A whole number beyond 2^53 would lose its last digits as a number of a sheet.
        return [
            str(value) if isinstance(value, int) and abs(value) > 2**53 else _finite(value)
            for value in column.to_pylist()
        ]
    return as_text(column)


def _finite(value: float | None) -> float | str | None:
    return value if value is None or abs(value) < float("inf") else str(value)


def _ours(column: pa.Array) -> Sequence[object]:
    if pa.types.is_floating(column.type):
        return column.to_pylist()  # type: ignore[no-any-return]
    return [cell or None for cell in _as_written(column)]


def _as_written(column: pa.Array) -> Sequence[str | None]:
    return written_cells(column.to_pylist(), numeric=pa.types.is_floating(column.type))


def _too_many_rows() -> InvalidInputError:
    return InvalidInputError(
        f"a sheet holds {MOST_ROWS:,} rows and there are more: name an output that ends in .csv or .parquet",
        zh=f"工作表最多 {MOST_ROWS:,} 行，数据已超出：请把输出命名为 .csv 或 .parquet",
        field="output",
    )
