"""Reads text tables (CSV) of any encoding and delimiter, each record with its bytes as they stand."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.tables.csv_dialect import find_delimiter, find_newline, parse_delimiter
from geoname.formats.tables.csv_lines import LONGEST_RECORD, LineFile, Lines, LongLine
from geoname.formats.tables.encoding import TextEncoding, detect_encoding
from geoname.formats.tables.headings import LOOKED_THROUGH, Known, find_headings
from geoname.formats.tables.spool import text_schema
from geoname.formats.tables.table import CHUNK_ROWS, Cell, Chunk, RowFault

_HEAD = 1 << 16
_MOST_LINES = 10_000
_END = "\x00end\n"


@dataclass(frozen=True, slots=True)
class RawRecords:
    """The bytes of each record with its line end; how many cells each lacks; whether a quote stays open."""

    data: Sequence[bytes] | LongLine
    lacks: Sequence[int] | None = None
    open_quote: bool = False


class CsvSource:
    """A text table; `size` counts bytes, a position is the offset of a record's first byte."""

    def __init__(
        self,
        file: Path,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        known: Known | None = None,
        longest: int = LONGEST_RECORD,
        chunk_rows: int = CHUNK_ROWS,
    ) -> None:
        """Find out encoding, delimiter and headings; DataFileError when there are none."""
        csv.field_size_limit(max(longest * 2, csv.field_size_limit()))
        self.file = file
        self.encoding: TextEncoding = detect_encoding(file, encoding)
        self.size = file.stat().st_size
        self._longest = longest
        self._chunk_rows = chunk_rows
        with file.open("rb") as content:
            head = content.read(_HEAD)[self.encoding.mark :]
            newline = find_newline(head.decode(self.encoding.codec, "replace"))
            self.newline = newline
            lines = LineFile(content, self.encoding, newline, longest).read(self.encoding.mark)
        if lines is None or isinstance(lines, LongLine):
            raise DataFileError(
                f"{file.name} has no line of headings: give a table whose first line names its columns",
                zh=f"{file.name} 没有标题行：请给出首行为列名的表",
                field="file",
            )
        self.delimiter = parse_delimiter(delimiter) if delimiter else find_delimiter(lines.text)
        self.columns, count = self._headings(lines.text, known)
        self.kinds = ("text",) * len(self.columns)
        self.heading = b"".join(lines.raw[:count])
        if not any(cell.strip() for cell in self.columns):
            raise DataFileError(
                f"the first line of {file.name} is empty: it must name the columns",
                zh=f"{file.name} 的首行为空：首行应为列名",
                field="file",
            )

    def _headings(self, text: Sequence[str], known: Known | None) -> tuple[tuple[str, ...], int]:
        """The headings, and how many lines they and what stands above them take."""
        reader = csv.reader(text, delimiter=self.delimiter)
        rows, ends = [], []
        with suppress(csv.Error):
            for row in islice(reader, 1 if known is None else LOOKED_THROUGH):
                rows.append(row)
                ends.append(reader.line_num)
        found = find_headings(rows or [[]], known)
        return found.columns, ends[found.rows - 1] if ends else 0

    def close(self) -> None:
        """Nothing stays open between two readings."""

    def chunks(
        self, wanted: Sequence[int], position: int | None = None, first_row: int = 1
    ) -> Iterator[Chunk]:
        """The records from an offset on; `raw` holds their RawRecords."""
        at = self.encoding.mark + len(self.heading) if position is None else position
        with self.file.open("rb") as content:
            lines = LineFile(content, self.encoding, self.newline, self._longest)
            while (found := self._chunk(lines, at, first_row, wanted)) is not None:
                yield found
                at, first_row = found.position, first_row + found.rows

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All cells as text."""
        schema = text_schema(self.columns)
        for chunk in self.chunks(range(len(self.columns))):
            arrays = [pa.array(cells, pa.string()) for cells in chunk.cells]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _chunk(self, file: LineFile, at: int, first_row: int, wanted: Sequence[int]) -> Chunk | None:
        lines = file.read(at)
        if lines is None:
            return None
        if isinstance(lines, LongLine):
            fault = RowFault(0, "too_long", None, str(lines.length))
            cells: list[list[Cell]] = [[None] for _ in wanted]
            end = at + lines.length
            return Chunk(first_row, 1, tuple(cells), (fault,), end, end, RawRecords(lines))
        even = self._even(lines.text[: self._chunk_rows])
        if even is not None and not lines.foreign:
            raws = lines.raw[: self._chunk_rows]
            end = at + sum(map(len, raws))
            picked = tuple([even[column :: len(self.columns)] for column in wanted])
            return Chunk(first_row, len(raws), picked, (), end, end, RawRecords(raws))
        rows, raws, unclosed = self._records(file, lines, at)
        columns = len(self.columns)
        faults = [RowFault(0, "unclosed_quote", None, "")] if unclosed else []
        ragged = {offset: columns - len(row) for offset, row in enumerate(rows) if len(row) != columns}
        faults += [
            RowFault(offset, "surplus_cells", None, str(-lacks))
            for offset, lacks in ragged.items()
            if lacks < 0
        ]
        if lines.foreign:
            faults += self._foreign(lines, raws, rows)
        end = at + sum(map(len, raws))
        lacks = [_lacking(ragged.get(offset, 0), columns) for offset in range(len(rows))] if ragged else None
        picked = tuple(_column(rows, column) for column in wanted)
        return Chunk(first_row, len(rows), picked, tuple(faults), end, end, RawRecords(raws, lacks, unclosed))

    def _even(self, text: list[str]) -> list[Cell] | None:
        """All cells, row by row, of lines that have neither quotes nor a cell too many or too few."""
        whole = "".join(text)
        if '"' in whole or "\0" in whole:
            return None
        if "\r" in whole:
            if whole.count("\r") != whole.count("\r\n"):
                return None
            whole = whole.replace("\r\n", "\n")
        each = len(self.columns) - 1
        if any(line.count(self.delimiter) != each for line in text):
            return None
        cells: list[Cell] = [*whole.removesuffix("\n").replace("\n", self.delimiter).split(self.delimiter)]
        # A blank line of the only column is no cell.
        return cells if each or "" not in cells else None

    def _records(self, file: LineFile, lines: Lines, at: int) -> tuple[list[list[str]], list[bytes], bool]:
        """The records of a block and their bytes; whether the only one's quote is never closed."""
        if not any('"' in line for line in lines.text):
            text, raws = lines.text[: self._chunk_rows], lines.raw[: self._chunk_rows]
            try:
                return list(csv.reader(text, delimiter=self.delimiter)), raws, False
            except csv.Error:  # a return inside a line
                return [self._alone(line) for line in text], raws, False
        while True:
            rows, raws, whole = self._quoted(lines)
            # A record that is cut off by the block's end begins the next one.
            if whole or rows:
                return rows, raws, False
            larger = None if len(lines.raw) > _MOST_LINES else file.grow(lines)
            grown = None if larger is None else file.read(at, larger)
            if not isinstance(grown, Lines):
                return [self._alone(lines.text[0])], lines.raw[:1], True
            lines = grown

    def _quoted(self, lines: Lines) -> tuple[list[list[str]], list[bytes], bool]:
        """The closed records among these lines, and whether all lines are among them."""
        reader = csv.reader([*lines.text, _END], delimiter=self.delimiter)
        rows: list[list[str]] = []
        raws: list[bytes] = []
        begun = 0
        total = len(lines.raw)
        while len(rows) < self._chunk_rows:
            try:
                row = next(reader)
            except StopIteration:
                break
            except csv.Error:
                row = self._alone(lines.text[begun])
            end = reader.line_num
            if end > total:
                return rows, raws, begun == total
            rows.append(row)
            raws.append(lines.raw[begun] if end == begun + 1 else b"".join(lines.raw[begun:end]))
            begun = end
        return rows, raws, begun == total

    def _foreign(self, lines: Lines, raws: list[bytes], rows: list[list[str]]) -> Iterator[RowFault]:
        """Which records hold lines in another encoding, and in which column that shows first."""
        number = 0
        for offset, (raw, row) in enumerate(zip(raws, rows, strict=True)):
            left = len(raw)
            while left > 0:
                if number in lines.foreign:
                    shown = next((at for at, cell in enumerate(row) if not cell.isascii()), 0)
                    column = self.columns[shown] if shown < len(self.columns) else None
                    yield RowFault(offset, "encoding", column, lines.foreign[number])
                left -= len(lines.raw[number])
                number += 1

    def _alone(self, line: str) -> list[str]:
        """The cells of one line read by itself, whatever stands in it."""
        try:
            return next(csv.reader([line.replace("\r", " ").rstrip()], delimiter=self.delimiter), [])
        except csv.Error as error:
            raise InvalidInputError(
                f"{self.file.name}: a line cannot be parted into cells ({error}): check --delimiter",
                zh=f"{self.file.name}：有一行无法分列（{error}）：请检查 --delimiter",
                field="delimiter",
            ) from None


def _column(rows: list[list[str]], column: int) -> list[Cell]:
    try:
        return [row[column] for row in rows]
    except IndexError:
        return [row[column] if len(row) > column else None for row in rows]


def _lacking(cells: int, columns: int) -> int:
    # A blank line is a row whose only cell is empty.
    return min(max(cells, 0), columns - 1)
