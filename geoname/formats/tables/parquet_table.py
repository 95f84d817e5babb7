"""Reads and writes Parquet tables (Parquet), batch by batch, types and metadata kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geoname.errors import DataFileError
from geoname.formats.tables.arrow_cells import cells_of, kind_of
from geoname.formats.tables.partial_file import not_writable
from geoname.formats.tables.spool import Batches, joined
from geoname.formats.tables.table import CHUNK_ROWS, Chunk


class ParquetSource:
    """A Parquet file; `size` counts rows, a position is the number of a row from 0."""

    def __init__(self, file: Path) -> None:
        """Read the schema; DataFileError when it is no Parquet file or is cut off."""
        self.file = file
        try:
            with self._opened() as parquet:
                self.schema: pa.Schema = parquet.schema_arrow
                self.size: int = parquet.metadata.num_rows
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error, 0) from None
        self.columns = tuple(self.schema.names)
        self.kinds = tuple(kind_of(field.type) for field in self.schema)

    def close(self) -> None:
        """Nothing stays open between two readings."""

    def chunks(
        self, wanted: Sequence[int], position: int | None = None, first_row: int = 1
    ) -> Iterator[Chunk]:
        """The rows from a position on; only the wanted columns are read."""
        at = position or 0
        names = [self.columns[column] for column in wanted]
        for batch in self._batches(at, list(dict.fromkeys(names))):
            picked = [cells_of(batch.column(name), name) for name in names]
            faults = tuple(fault for _, found in picked for fault in found)
            at += batch.num_rows
            cells = tuple(cells for cells, _ in picked)
            yield Chunk(first_row, batch.num_rows, cells, faults, at, at)
            first_row += batch.num_rows

    def batches(self) -> Batches:
        """All rows, typed as the file types them."""
        return self._batches(0, None)

    def _batches(self, start: int, columns: list[str] | None) -> Batches:
        read = 0
        try:
            with self._opened() as parquet:
                groups: list[int] = []
                skip = start
                for group in range(parquet.num_row_groups):
                    rows = parquet.metadata.row_group(group).num_rows
                    if not groups and skip >= rows:
                        skip -= rows
                    else:
                        groups.append(group)
                for batch in parquet.iter_batches(CHUNK_ROWS, row_groups=groups, columns=columns):
                    kept = batch.slice(min(skip, batch.num_rows))
                    skip -= batch.num_rows - kept.num_rows
                    read += kept.num_rows
                    if kept.num_rows:
                        yield kept
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error, start + read) from None

    def _opened(self) -> pq.ParquetFile:
        # Reading through a small buffer keeps a large row group out of memory.
        return pq.ParquetFile(self.file, buffer_size=1 << 20, pre_buffer=False)

    def _damaged(self, error: Exception, row: int) -> DataFileError:
        reason = str(error).splitlines()[0]
        return DataFileError(
            f"{self.file.name} cannot be read as Parquet after row {row} ({reason}): "
            "get the file again from where it came from",
            zh=f"{self.file.name} 自第 {row + 1} 行起无法按 Parquet 读取（{reason}）：请重新获取该文件",
            field="file",
        )


def write_parquet(theirs: Batches, schema: pa.Schema, ours: Batches, added: pa.Schema, begun: Path) -> None:
    """Write their columns, with their metadata, and ours; StorageError when there is no room."""
    whole = pa.schema([*schema, *added], metadata=schema.metadata)
    try:
        with pq.ParquetWriter(begun, whole) as writer:
            for batch in joined(theirs, ours, whole):
                writer.write_batch(batch)
    except OSError as error:
        raise not_writable(begun, error) from error
