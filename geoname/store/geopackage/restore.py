"""Restores a GeoPackage from its backup (恢复): looked through first, then put in place in one step."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from geoname.errors import ConflictError, DatabaseError, DataFileError
from geoname.store.geopackage.backup import copy_database
from geoname.store.geopackage.connection import connect
from geoname.store.geopackage.dialect import GeoPackageDialect
from geoname.store.geopackage.errors import classed
from geoname.store.geopackage.file_check import check_there, schema_version
from geoname.store.geopackage.file_placing import beside, private_file_beside, put_in_place
from geoname.store.reading.content_check import content_faults
from geoname.store.reading.editions import DATABASE_ID
from geoname.store.schema import REVISIONS
from geoname.store.writing.settings import write_setting


def restore_geopackage(backup: Path, target: Path, *, busy_seconds: float = 10.0) -> None:
    """Put a copy of `backup` in the place of `target`, which keeps its old content when anything fails.

    DataFileError when there is no backup; DatabaseError when it is damaged, not geoname's, newer, or its
    audit chains are broken; ConflictError while another program has the target open; StorageError when
    there is no room. A backup with an older schema is restored as it is, to be upgraded after.
    """
    if not backup.is_file():
        raise DataFileError(
            f"there is no backup at {backup}: name the file that `geoname db backup` wrote",
            zh=f"{backup} 处没有备份：请指定 `geoname db backup` 写出的文件",
            field="backup",
        )
    check_there(backup)
    with private_file_beside(target) as fresh:
        copy_database(backup, fresh)
        with closing(connect(fresh, busy_seconds=busy_seconds)) as connection:
            version = schema_version(connection, backup)
        _look_through(fresh, backup, version, busy_seconds)
        if target.exists():
            _close_down(target, busy_seconds)
        put_in_place(fresh, target, os.replace)


def _look_through(fresh: Path, backup: Path, version: str, busy_seconds: float) -> None:
    dialect = GeoPackageDialect(fresh, busy_seconds=busy_seconds)
    try:
        with dialect.engine.begin() as connection:
            faults = dialect.faults(connection)
            if not faults and version == REVISIONS[-1]:
                faults = content_faults(connection, dialect)
            if not faults:
                # Index files are kept under the id: those of what was there before are not its own.
                write_setting(connection, DATABASE_ID, secrets.token_hex(16))
    finally:
        dialect.engine.dispose()
    if faults:
        first = f"{faults[0].where}: {faults[0].trouble}"
        raise DatabaseError(
            f"backup {backup} has {len(faults)} faults, the first at {first}: use another backup; "
            "nothing was changed",
            zh=f"备份 {backup} 有 {len(faults)} 处错误，首处为 {first}：请改用其他备份；数据未作任何改动",
            field="backup",
        )


def _close_down(target: Path, busy_seconds: float) -> None:
    """Make sure nobody has the target open, and that nothing is left beside it."""
    try:
        with closing(connect(target, busy_seconds=busy_seconds)) as connection:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except DatabaseError:
        # It is to be replaced just because it is damaged.
        mode = "delete"
    except sqlite3.Error as error:
        raise classed(error, target, None) or error from error
    if mode != "delete":
        raise ConflictError(
            f"{target} is in use: stop `geoname serve` and other programs that have it open, then try again",
            zh=f"{target} 正在使用：请先停止 `geoname serve` 及其他打开它的程序，再重试",
            field="database",
        )
    for leftover in beside(target):
        leftover.unlink(missing_ok=True)
