"""Appends columns to a workbook as it stands (原样追加): all but the new cells is copied byte by byte."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO
from xml.parsers import expat

from geoname.errors import InvalidInputError
from geoname.formats.tables.partial_file import not_writable
from geoname.formats.tables.spool import Batches, other_rows
from geoname.formats.tables.table import AppendedColumn
from geoname.formats.tables.xlsx_cells import CellWriter
from geoname.formats.tables.xlsx_package import damaged_part, new_parser
from geoname.formats.tables.xlsx_rows import MOST_COLUMNS, column_letters
from geoname.formats.tables.xlsx_source import XlsxSource

_BLOCK = 1 << 16
_HEAD_SIZE = 1 << 16
_SPANS = re.compile(rb'\sspans="[^"]*"')
_DIMENSION = re.compile(rb'(<(?:\w+:)?dimension\s[^>]*?ref="[A-Z]+\d+:)([A-Z]+)(\d+")')
_HEAD = re.compile(rb"<(?:\w+:)?sheetData")


def append_to_workbook(
    source: XlsxSource, ours: Batches, columns: Sequence[AppendedColumn], begun: Path
) -> None:
    """Write the workbook with the appended columns right of all that stands in the sheet.

    Formats, formulas, other sheets and all else stay as they are. InvalidInputError when the sheet has no
    room for more columns, StorageError when the disk has none.
    """
    if not source.width:
        for _ in source.chunks(()):
            pass
    if source.width + len(columns) > MOST_COLUMNS:
        raise InvalidInputError(
            f"the sheet {source.sheet.name} has {source.width} columns, no room for more: write CSV instead",
            zh=f"工作表 {source.sheet.name} 已有 {source.width} 列，无法再追加：请输出为 CSV",
            field="output",
        )
    try:
        with zipfile.ZipFile(begun, "w", zipfile.ZIP_DEFLATED) as out:
            for part in source.package.archive.infolist():
                copied = zipfile.ZipInfo(part.filename, part.date_time)
                copied.compress_type = zipfile.ZIP_DEFLATED
                copied.external_attr = part.external_attr
                with (
                    source.package.open(part.filename) as stream,
                    out.open(copied, "w", force_zip64=True) as to,
                ):
                    if part.filename == source.sheet.part:
                        _SheetPatch(source, ours, columns, to).run(stream)
                    else:
                        while block := stream.read(_BLOCK):
                            to.write(block)
    except OSError as error:
        raise not_writable(begun, error) from error


class _SheetPatch:
    """Copies a sheet's XML, putting cells before the end of each row that holds anything."""

    def __init__(
        self, source: XlsxSource, ours: Batches, columns: Sequence[AppendedColumn], out: IO[bytes]
    ) -> None:
        self._source = source
        self._rows = _each_row(ours)
        self._names = [column.name for column in columns]
        self._out = out
        self._cells: CellWriter | None = None
        self._held = bytearray()
        self._held_from = 0
        self._row_from = -1
        self._last_tag = 0
        self._number = 0
        self._style = ""
        self._holds = False
        self._heading = True
        self._parser = new_parser(source.file)
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end

    def run(self, stream: IO[bytes]) -> None:
        """Copy it all."""
        part = self._source.sheet.part
        before = bytearray()
        while block := stream.read(_BLOCK):
            before += block
            if len(before) > _HEAD_SIZE or _HEAD.search(before):
                break
        block = _DIMENSION.sub(self._wider, bytes(before))
        while block:
            self._held += block
            try:
                self._parser.Parse(block, False)
            except (expat.ExpatError, ValueError) as error:
                raise damaged_part(self._source.file, part, error) from None
            if self._row_from < 0:
                self._copy_until(self._last_tag)
            block = stream.read(_BLOCK)
        self._parser.Parse(b"", True)
        self._out.write(self._held)
        if next(self._rows, None) is not None:
            raise other_rows()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, colon, local = name.rpartition(":")
        # A tag may be cut in two by a block's end; what stands before it can be let go.
        self._last_tag = self._parser.CurrentByteIndex
        if local == "row":
            self._row_from = self._last_tag
            self._number = int(attributes.get("r", self._number + 1))
            self._holds = False
            if self._cells is None:
                self._cells = CellWriter(self._source.width, len(self._names), prefix + colon)
        elif local in ("v", "t"):
            self._holds = True
        elif local == "c" and self._heading:
            self._style = attributes.get("s", "")

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] != "row":
            return
        end = self._parser.CurrentByteIndex
        begun, self._row_from = self._row_from, -1
        if not self._holds or self._cells is None:
            return
        if self._heading:
            self._heading = False
            cells = self._cells.row(str(self._number), self._names, self._style)
        else:
            ours = next(self._rows, None)
            if ours is None:
                raise other_rows()
            cells = self._cells.row(str(self._number), ours)
        self._copy_until(begun)
        row = bytes(self._held[: end - self._held_from])
        tag = row.index(b">") + 1
        self._out.write(_SPANS.sub(b"", row[:tag], count=1) + row[tag:] + cells)
        self._drop(len(row))

    def _wider(self, found: re.Match[bytes]) -> bytes:
        last = column_letters(self._source.width + len(self._names) - 1)
        return found[1] + last.encode() + found[3]

    def _copy_until(self, index: int) -> None:
        size = index - self._held_from
        if size > 0:
            self._out.write(self._held[:size])
            self._drop(size)

    def _drop(self, size: int) -> None:
        del self._held[:size]
        self._held_from += size


def _each_row(batches: Batches) -> Iterator[Sequence[str | float | None]]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
