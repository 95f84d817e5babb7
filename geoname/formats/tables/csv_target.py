"""Writes a text table beside another (CSV): each record's bytes as they were, ours after them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from geoname.formats.tables.cell_text import written_cells
from geoname.formats.tables.csv_lines import LongLine, each_block
from geoname.formats.tables.csv_source import CsvSource, RawRecords
from geoname.formats.tables.partial_file import PartialFile
from geoname.formats.tables.table import Appended, AppendedColumn, Chunk

_QUOTED = ('"', "\r", "\n")


class CsvCopy:
    """The text table of a source with columns appended, in the source's encoding, delimiter and line ends."""

    def __init__(
        self,
        source: CsvSource,
        target: Path,
        columns: Sequence[AppendedColumn],
        partial: Path,
        position: int | None,
    ) -> None:
        """Begin with the headings, or go on at a position of `partial`."""
        self._source = source
        self._target = target
        self._numeric = [column.numeric for column in columns]
        self._codec = source.encoding.codec
        self._delimiter = source.delimiter.encode(self._codec)
        self._quote = '"'.encode(self._codec)
        self._ends = tuple(end.encode(self._codec) for end in ("\r\n", "\n", "\r"))
        self._out = PartialFile(partial, position)
        if position is None:
            with source.file.open("rb") as content:
                self._out.write(content.read(source.encoding.mark))
            heading = source.heading
            end = self._end_of(heading)
            self._out.write(
                self._joined(heading, self._written([[column.name] for column in columns])[0], end)
            )

    def append(self, chunk: Chunk, appended: Appended) -> None:
        """Write the records of a chunk, ours after theirs."""
        raw = chunk.raw
        assert isinstance(raw, RawRecords)
        kinds = zip(appended, self._numeric, strict=True)
        tails = self._written([written_cells(cells, numeric=numeric) for cells, numeric in kinds])
        if isinstance(raw.data, LongLine):
            self._append_long(raw.data, tails[0])
            return
        if raw.open_quote:
            record = raw.data[0]
            end = self._end_of(record)
            self._out.write(self._joined(record[: len(record) - len(end)] + self._quote, tails[0], end))
            return
        if raw.lacks is None and (joined := self._all_alike(raw.data, tails)) is not None:
            self._out.write(joined)
            return
        lacks = raw.lacks or [0] * len(tails)
        self._out.write(
            b"".join(
                self._joined(record, tail, self._end_of(record), missing)
                for record, tail, missing in zip(raw.data, tails, lacks, strict=True)
            )
        )

    def sync(self) -> int:
        """Bring it to the disk; how long the partial file is."""
        return self._out.sync()

    def finish(self) -> None:
        """Put the file in its place."""
        self._out.place(self._target)

    def close(self) -> None:
        """Let go of the partial file."""
        self._out.close()

    def _all_alike(self, records: Sequence[bytes], tails: Sequence[bytes]) -> bytes | None:
        """All records with ours, put together at once where all end alike; None where they do not."""
        if self._source.encoding.width > 1 or not records[-1].endswith(b"\n"):
            return None
        whole = b"".join(records)
        returns = whole.count(b"\r")
        end = b"\n"
        if returns:
            if returns != len(records) or whole.count(b"\r\n") != returns or whole.count(b"\n") != returns:
                return None
            end = b"\r\n"
        cut, between = -len(end), self._delimiter
        rows = [record[:cut] + between + tail for record, tail in zip(records, tails, strict=True)]
        return end.join(rows) + end

    def _joined(self, record: bytes, tail: bytes, end: bytes, lacks: int = 0) -> bytes:
        body = record[: len(record) - len(end)] if end and record.endswith(end) else record
        return body + self._delimiter * (lacks + 1) + tail + end

    def _end_of(self, record: bytes) -> bytes:
        for end in self._ends:
            if record.endswith(end):
                return end
        return b""

    def _written(self, columns: Sequence[Sequence[str | None]]) -> list[bytes]:
        """The appended cells of each row, quoted where that is needed."""
        lines = self._as_they_are(columns)
        if lines is None:
            out = io.StringIO()
            csv.writer(out, delimiter=self._source.delimiter, lineterminator="\n").writerows(
                zip(*columns, strict=True)
            )
            lines = out.getvalue().split("\n")[:-1]
        if len(self._ends[1]) == 1:
            return "\n".join(lines).encode(self._codec).split(b"\n")
        return [line.encode(self._codec) for line in lines]

    def _as_they_are(self, columns: Sequence[Sequence[str | None]]) -> list[str] | None:
        """The rows put together where no cell needs quotes; None where one may."""
        between = self._source.delimiter
        filled = [[cell or "" for cell in cells] if None in cells else cells for cells in columns]
        lines = [*map(between.join, zip(*filled, strict=True))]
        whole = "".join(lines)
        if whole.count(between) != len(lines) * (len(columns) - 1) or any(each in whole for each in _QUOTED):
            return None
        return lines

    def _append_long(self, line: LongLine, tail: bytes) -> None:
        """Copy a record that was never held, then end it with ours."""
        end = b""
        with self._source.file.open("rb") as content:
            held = b""
            for block in each_block(content, line):
                held += block
                # The line's end may be cut in two by the block's.
                self._out.write(held[:-8])
                held = held[-8:]
            end = self._end_of(held)
            self._out.write(held[: len(held) - len(end)] if end else held)
        self._out.write(self._delimiter + tail + end)
