"""Keeps checked records in a file of columns (暂存) until the whole file has been looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geoname.errors import StorageError
from geoname.service.load_names_rows import COLUMNS, Checked

_SCHEMA = pa.schema(
    [
        ("row", pa.int64()),
        *((column, pa.string()) for column in COLUMNS),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("is_point", pa.bool_()),
    ]
)


class CheckedRecords:
    """Checked batches, written one after the other and read as often as wanted; memory stays flat."""

    def __init__(self, folder: Path) -> None:
        """Make a file without a name in a folder; StorageError when that cannot be."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as the records
        except OSError as error:
            raise _no_room(folder, error) from error
        self._folder = folder
        self._writer = pa.ipc.new_stream(self._file, _SCHEMA)
        self.count = 0

    def add(self, checked: Checked) -> None:
        """Keep a batch."""
        if not checked.rows:
            return
        arrays = [
            pa.array(checked.rows, pa.int64()),
            *(pa.array(checked.columns[column], pa.string()) for column in COLUMNS),
            pa.array(checked.lon),
            pa.array(checked.lat),
            pa.array(checked.is_point),
        ]
        try:
            self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=_SCHEMA))
        except OSError as error:
            raise _no_room(self._folder, error) from error
        self.count += len(checked.rows)

    def seal(self) -> None:
        """Say that there are no more."""
        try:
            self._writer.close()
            self._file.flush()
        except OSError as error:
            raise _no_room(self._folder, error) from error

    def batches(self, at_least: int = 1) -> Iterator[dict[str, Any]]:
        """The columns in batches of at least so many records, in order; the last may have fewer.

        `lon`, `lat` and `is_point` are arrays, the others lists.
        """
        self._file.seek(0)
        held: list[pa.RecordBatch] = []
        with pa.ipc.open_stream(self._file) as reader:
            for batch in reader:
                held.append(batch)
                if sum(each.num_rows for each in held) >= at_least:
                    yield _columns(held)
                    held = []
        if held:
            yield _columns(held)

    def __enter__(self) -> CheckedRecords:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file, which is gone with it."""
        self._file.close()


def _columns(batches: list[pa.RecordBatch]) -> dict[str, Any]:
    together = pa.Table.from_batches(batches, _SCHEMA)
    return {column: _cells(together.column(column)) for column in _SCHEMA.names}


def _cells(column: pa.ChunkedArray) -> Any:  # noqa: ANN401 - numbers as an array, all else as a list
    """The cells of a column; a text that stands in many rows is made once."""
    if column.null_count == len(column):
        return [None] * len(column)
    if not pa.types.is_string(column.type):
        return column.to_pylist() if pa.types.is_integer(column.type) else column.to_numpy()
    if pc.count_distinct(column.chunk(0)).as_py() > len(column.chunk(0)) / 2:
        return column.to_pylist()
    coded = column.dictionary_encode(null_encoding="encode").combine_chunks()
    return list(map(coded.dictionary.to_pylist().__getitem__, coded.indices.to_pylist()))


def _no_room(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{folder} cannot be written ({error.strerror}): make room",
        zh=f"无法写入 {folder}（{error.strerror}）：请腾出空间",
        field="cache",
    )
