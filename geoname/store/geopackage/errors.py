"""SQLite's errors (数据库错误) as those of geoname, in one place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from geoname.errors import ConflictError, DatabaseError, GeonameError, InvalidInputError, StorageError

_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def classed(error: BaseException, file: Path, connection: sqlite3.Connection | None) -> GeonameError | None:
    """The error of geoname that stands for one of SQLite's; None when it is a fault of this program.

    `connection` with its transaction still open lets a broken reference be named.
    """
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in _FULL:
        return StorageError(
            f"{file} cannot be written ({error}): make room or mend the permissions; nothing was changed",
            zh=f"无法写入 {file}（{error}）：请腾出空间或检查权限；数据未作任何改动",
            field="database",
        )
    if primary in _HELD:
        return ConflictError(
            f"{file} is held by another writer: try again when it has finished; nothing was changed",
            zh=f"{file} 正被另一程序写入：请待其完成后重试；数据未作任何改动",
            field="database",
        )
    if primary in _DAMAGED:
        return DatabaseError(
            f"{file} is damaged, cut off or no GeoPackage ({error}): restore a backup with "
            "`geoname db restore`, or move the file away and load again",
            zh=f"{file} 已损坏、不完整或不是 GeoPackage（{error}）：请用 `geoname db restore` 恢复备份，"
            "或移走该文件后重新载入",
            field="database",
        )
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY and connection is not None:
        return _broken_reference(connection)
    return None


def _broken_reference(connection: sqlite3.Connection) -> InvalidInputError:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is None:
        return InvalidInputError(
            "a record that others refer to was taken away: remove those first",
            zh="被引用的记录已被移除：请先移除引用它的记录",
        )
    table, row_id, target, number = broken
    links = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    column, to = next((link[3], link[4]) for link in links if link[0] == number)
    value = connection.execute(
        f"SELECT {column} FROM {table} WHERE rowid = ?",  # noqa: S608
        (row_id,),
    ).fetchone()[0]
    return InvalidInputError(
        f"{column} of a {table} is {value!r}, and no {target} has this {to}: "
        f"add that {target} in the same transaction, or correct {column}",
        zh=f"{table} 的 {column} 为 {value!r}，"
        f"但没有 {to} 为此值的 {target}：请在同一事务中添加，或更正 {column}",
        field=column,
    )
