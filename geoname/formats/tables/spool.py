"""Keeps what is appended (待合并的结果) until all rows are known, then writes the table in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from geoname.errors import DataFileError
from geoname.formats.tables.partial_file import PartialFile, put_in_place
from geoname.formats.tables.table import Appended, AppendedColumn, Chunk

Batches = Iterator[pa.RecordBatch]
Assemble = Callable[[Batches, Path], None]
"""Writes a file from what is appended, batch by batch; theirs it reads again from their own file."""
_LENGTH = 8


class SpooledTarget:
    """A target whose format cannot be left half written: what is appended waits in the partial file.

    The partial file is a row of frames, each eight bytes of length and one record batch; it can be cut back
    to any frame's end. `finish` writes the table beside it and puts it in place.
    """

    def __init__(
        self,
        target: Path,
        columns: Sequence[AppendedColumn],
        partial: Path,
        position: int | None,
        assemble: Assemble,
    ) -> None:
        """Begin anew, or go on at a position of `partial`."""
        self._target = target
        self._assemble = assemble
        self._schema = appended_schema(columns)
        self._out = PartialFile(partial, position)

    def append(self, _: Chunk, appended: Appended) -> None:
        """Keep what is appended to a chunk."""
        arrays = [pa.array(cells, field.type) for cells, field in zip(appended, self._schema, strict=True)]
        batch = pa.RecordBatch.from_arrays(arrays, schema=self._schema)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self._schema) as writer:
            writer.write_batch(batch)
        frame = sink.getvalue()
        self._out.write(frame.size.to_bytes(_LENGTH, "little"))
        self._out.write(frame.to_pybytes())

    def sync(self) -> int:
        """Bring it to the disk; how long the partial file is."""
        return self._out.sync()

    def finish(self) -> None:
        """Write the table under another name, put it in place, and drop what was kept."""
        self._out.sync()
        begun = self._target.with_name(f".{self._target.name}.begun")
        begun.unlink(missing_ok=True)
        try:
            self._assemble(self._kept(), begun)
            put_in_place(begun, self._target)
        finally:
            begun.unlink(missing_ok=True)
        self._out.close()
        self._out.file.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the partial file."""
        self._out.close()

    def _kept(self) -> Batches:
        with self._out.file.open("rb") as kept:
            while size := kept.read(_LENGTH):
                with pa.ipc.open_stream(kept.read(int.from_bytes(size, "little"))) as reader:
                    yield from reader


def appended_schema(columns: Sequence[AppendedColumn]) -> pa.Schema:
    """Text and numbers, all of which may be missing."""
    return pa.schema([(column.name, pa.float64() if column.numeric else pa.string()) for column in columns])


def text_schema(columns: Sequence[str]) -> pa.Schema:
    """Columns of text, as files have them that know no types."""
    return pa.schema([(name, pa.string()) for name in columns])


def side_by_side(theirs: Batches, ours: Batches) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    """Both streams cut into pieces of equal length; DataFileError when one ends before the other."""
    left: pa.RecordBatch | None = None
    right: pa.RecordBatch | None = None
    while True:
        if left is None or left.num_rows == 0:
            left = next(theirs, None)
        if right is None or right.num_rows == 0:
            right = next(ours, None)
        if left is None or right is None:
            break
        rows = min(left.num_rows, right.num_rows)
        if rows:
            yield left.slice(0, rows), right.slice(0, rows)
        left, right = left.slice(rows), right.slice(rows)
    if any(rest is not None and rest.num_rows for rest in (left, right)):
        raise other_rows()


def other_rows() -> DataFileError:
    """The error for a file that changed while it was checked."""
    return DataFileError(
        "the file has other rows now than when it was checked: give the command again with --restart",
        zh="文件的行数与核查时不同：请加 --restart 重新运行",
        field="file",
    )


def joined(theirs: Batches, ours: Batches, schema: pa.Schema) -> Batches:
    """Their columns and ours in one batch after the other."""
    for left, right in side_by_side(theirs, ours):
        yield pa.RecordBatch.from_arrays([*left.columns, *right.columns], schema=schema)
