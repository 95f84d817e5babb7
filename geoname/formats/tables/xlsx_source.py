"""Reads a sheet of a workbook (XLSX) in chunks; rows in which no cell holds anything are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path

import pyarrow as pa

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.tables.cell_text import written_number
from geoname.formats.tables.headings import LOOKED_THROUGH, Headings, Known, find_headings
from geoname.formats.tables.spool import Batches, text_schema
from geoname.formats.tables.table import CHUNK_ROWS, Cell, Chunk, RowFault
from geoname.formats.tables.xlsx_package import Package, Sheet
from geoname.formats.tables.xlsx_rows import Row, SheetRows
from geoname.formats.tables.xlsx_strings import SharedStrings

Read = tuple[Row, dict[int, str]]


class XlsxSource:
    """A sheet, the first row with anything in it being the headings; `size` counts bytes of its XML.

    With `known` the headings are looked for, in all sheets when none is named.
    A position is the number of a row of the table from 0. Cells with an error (#N/A) are faults and read as
    nothing; formulas are read as the values last computed; dates as ISO text.
    """

    def __init__(self, file: Path, sheet: str | None = None, known: Known | None = None) -> None:
        """Read strings and headings.

        DataFileError when there are no headings, InvalidInputError when known ones stand in several sheets.
        """
        self.file = file
        self.width = 0
        with ExitStack() as opened:
            self.package = Package(file)
            opened.callback(self.package.close)
            self._strings = SharedStrings(self.package)
            opened.callback(self._strings.close)
            self.sheet, headings = self._chosen(sheet, known)
            self.size = self.package.size_of(self.sheet.part)
            self.columns, self._above = headings.columns, headings.rows
            self._opened = opened.pop_all()
        self.kinds = ("any",) * len(self.columns)

    def _chosen(self, name: str | None, known: Known | None) -> tuple[Sheet, Headings]:
        """The named sheet, or the one with known headings, or the first."""
        chosen = self.package.sheet(name)
        if name is None and known is not None and len(self.package.sheets) > 1:
            found = [(sheet, self._headings(sheet, known)) for sheet in self.package.sheets]
            fitting = [(sheet, top) for sheet, top in found if top is not None and top.known]
            if len(fitting) > 1:
                several = [sheet.name for sheet, _ in fitting]
                raise InvalidInputError(
                    f"{self.file.name} has records in {', '.join(several)}: name one sheet in the definition",
                    zh=f"{self.file.name} 的工作表 {'、'.join(several)} 都有记录：请在数据说明中指明其中一个",
                    field="sheet",
                )
            if fitting:
                return fitting[0]
        headings = self._headings(chosen, known)
        if headings is None:
            raise DataFileError(
                f"the sheet {chosen.name} of {self.file.name} is empty: its first row must be headings",
                zh=f"{self.file.name} 的工作表 {chosen.name} 为空：首行应为列名",
                field="sheet",
            )
        return chosen, headings

    def _headings(self, sheet: Sheet, known: Known | None) -> Headings | None:
        """The headings of a sheet, None when it is empty."""
        with closing(iter(SheetRows(self.package, sheet, self._strings))) as rows:
            top = [row for row, _ in islice(rows, 1 if known is None else LOOKED_THROUGH)]
        texts = [[_text(row.get(column)) for column in range(max(row, default=-1) + 1)] for row in top]
        return find_headings(texts, known) if texts else None

    def chunks(
        self, wanted: Sequence[int], position: int | None = None, first_row: int = 1
    ) -> Iterator[Chunk]:
        """The rows from a position on; `width` is known when the last has been read."""
        rows = SheetRows(self.package, self.sheet, self._strings)
        at, skip = position or 0, (position or 0) + self._above
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
