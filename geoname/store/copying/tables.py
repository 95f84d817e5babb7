"""Copies every table of one database into another (复制), inside one transaction of each."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, select

from geoname.store.copying.comparison import (
    TableContent,
    check_equal,
    spatial_columns,
    table_content,
    table_rows,
)
from geoname.store.dialect import Dialect
from geoname.store.reading.editions import DATABASE_ID, read_setting
from geoname.store.schema import METADATA, setting
from geoname.store.writing.settings import write_setting

Progress = Callable[[str, int, int], None]


def copy_tables(
    source: tuple[Connection, Dialect], target: tuple[Connection, Dialect], progress: Progress | None
) -> tuple[TableContent, ...]:
    """Copy, then compare; what every table holds. The target keeps its own id.

    The tables of the target are empty but for its settings, and it holds the write lock; the source shows
    one moment's state. `progress` is told (table, rows done, rows to do); each row is counted three times:
    copied, then read back on both sides. DatabaseError when what arrived is not what was sent.
    """
    (from_, from_dialect), (to, to_dialect) = source, target
    tables = METADATA.sorted_tables
    counts = [from_.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]
    told = _Told(progress, 3 * sum(counts))
    own_id = read_setting(to, DATABASE_ID) or ""
    to.execute(setting.delete())
    for table in tables:
        told.table = table.name
        spatial = spatial_columns(table)
        for batch in table_rows(from_, table):
            for column in spatial:
                blobs = to_dialect.encode(from_dialect.decode([row[column] for row in batch]))
                for row, blob in zip(batch, blobs, strict=True):
                    row[column] = blob
            to_dialect.insert_rows(to, table, batch)
            told.seen(len(batch))
    write_setting(to, DATABASE_ID, own_id)
    given, arrived = [], []
    for table in tables:
        told.table = table.name
        given.append(table_content(from_, from_dialect, table, told.seen))
        arrived.append(table_content(to, to_dialect, table, told.seen))
    check_equal(given, arrived)
    to_dialect.note_changes(to, {table.name for table in tables})
    return tuple(given)


class _Told:
    """How far it is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.table = ""
        self._progress, self._total, self._done = progress, total, 0

    def seen(self, rows: int) -> None:
        self._done += rows
        if self._progress is not None:
            self._progress(self.table, self._done, self._total)
