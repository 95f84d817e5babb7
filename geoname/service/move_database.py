"""Moving a database between a file and a server (迁移数据库), compared with its source at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from geoname.store.copying.comparison import TableContent
from geoname.store.copying.move import move_store
from geoname.store.postgis.address import shown_address

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class MoveReport:
    """From where to where, without passwords; what each table held on both sides; how long it took."""

    source: str
    target: str
    tables: tuple[TableContent, ...]
    rows: int
    seconds: float


def move_database(source: str, target: str, progress: Progress | None = None) -> MoveReport:
    """Copy a database, a path or a postgresql:// address, to another address, and compare the two.

    The source stays as it is. InvalidInputError when the target holds data; NotReadyError where there is no
    source or a server cannot be reached. When anything fails, the target holds no row of it. `progress` is
    told (table, rows done, rows to do).
    """
    began = time.monotonic()
    tables = move_store(source, target, progress)
    return MoveReport(
        shown_address(source),
        shown_address(target),
        tables,
        sum(table.rows for table in tables),
        round(time.monotonic() - began, 2),
    )
