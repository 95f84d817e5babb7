"""Reads a sheet of a workbook (XLSX) in chunks; rows in which no cell holds anything are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pyarrow as pa

from geoname.errors import DataFileError
from geoname.formats.tables.cell_text import written_number
from geoname.formats.tables.spool import Batches, text_schema
from geoname.formats.tables.table import CHUNK_ROWS, Cell, Chunk, RowFault
from geoname.formats.tables.xlsx_package import Package
from geoname.formats.tables.xlsx_rows import Row, SheetRows
from geoname.formats.tables.xlsx_strings import SharedStrings

Read = tuple[Row, dict[int, str]]


class XlsxSource:
    """A sheet, the first row with anything in it being the headings; `size` counts bytes of its XML.

    A position is the number of a row of the table from 0. Cells with an error (#N/A) are faults and read as
    nothing; formulas are read as the values last computed; dates as ISO text.
    """

    def __init__(self, file: Path, sheet: str | None = None) -> None:
        """Read strings and headings; DataFileError when there are no headings."""
        self.file = file
        self.width = 0
        with ExitStack() as opened:
            self.package = Package(file)
            opened.callback(self.package.close)
            self.sheet = self.package.sheet(sheet)
            self.size = self.package.size_of(self.sheet.part)
            self._strings = SharedStrings(self.package)
            opened.callback(self._strings.close)
            self.columns = self._headings()
            self._opened = opened.pop_all()
        self.kinds = ("any",) * len(self.columns)

    def _headings(self) -> tuple[str, ...]:
        with closing(iter(SheetRows(self.package, self.sheet, self._strings))) as rows:
            heading = next(rows, None)
        if heading is None:
            raise DataFileError(
                f"the sheet {self.sheet.name} of {self.file.name} is empty: its first row must be headings",
                zh=f"{self.file.name} 的工作表 {self.sheet.name} 为空：首行应为列名",
                field="sheet",
            )
        row = heading[0]
        return tuple(_text(row.get(column)) or "" for column in range(max(row, default=-1) + 1))

    def chunks(
        self, wanted: Sequence[int], position: int | None = None, first_row: int = 1
    ) -> Iterator[Chunk]:
        """The rows from a position on; `width` is known when the last has been read."""
        rows = SheetRows(self.package, self.sheet, self._strings)
        at, skip = position or 0, (position or 0) + 1
        held: list[Read] = []
        for row in rows:
            if skip:
                skip -= 1
                continue
            held.append(row)
            if len(held) == CHUNK_ROWS:
                yield self._chunk(held, wanted, at, first_row, rows.done)
                at, first_row, held = at + len(held), first_row + len(held), []
        if held:
            yield self._chunk(held, wanted, at, first_row, rows.done)
        self.width = rows.width

    def batches(self) -> Batches:
        """All cells as text: whole numbers whole, dates in ISO form."""
        schema = text_schema(self.columns)
        for chunk in self.chunks(range(len(self.columns))):
            arrays = [pa.array([_text(cell) for cell in cells], pa.string()) for cells in chunk.cells]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def close(self) -> None:
        """Let go of the workbook."""
        self._opened.close()

    def _chunk(self, rows: list[Read], wanted: Sequence[int], at: int, first_row: int, done: int) -> Chunk:
        cells: tuple[list[Cell], ...] = tuple([row.get(column) for row, _ in rows] for column in wanted)
        faults = tuple(
            RowFault(offset, "wrong_type", self.columns[column], errors[column])
            for offset, (_, errors) in enumerate(rows)
            if errors
            for column in wanted
            if column in errors
        )
        return Chunk(first_row, len(rows), cells, faults, at + len(rows), done)


def _text(cell: Cell) -> str | None:
    return written_number(cell) if isinstance(cell, float) else cell
