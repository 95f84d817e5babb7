"""PostgreSQL's errors (数据库错误) as those of geoname, in one place."""

from __future__ import annotations

import re

import psycopg

from geoname.errors import (
    ConflictError,
    DatabaseError,
    GeonameError,
    InvalidInputError,
    NotReadyError,
    StorageError,
)
from geoname.store.schema import METADATA

_HELD = {"55P03", "40001", "40P01"}  # lock not available, serialization failure, deadlock
_UNWRITABLE = {"53100", "58030", "25006", "42501"}  # disk full, i/o error, read-only, no privilege
_DAMAGED = {"XX001", "XX002"}  # data or index corrupted
_ALTERED = {"42P01", "42703", "42704", "3F000"}  # no such table, column, type; no schema to work in
_TOO_LONG = {"54000"}  # an index entry does not fit on its page
_AWAY = ("08", "57P", "53300")  # connection lost, server starting or stopping, too many connections
# The detail comes in the server's language: only "(column)=(value)" is the same in all.
_KEY = re.compile(r"\(([^()]+)\)=\((.*)\)", re.DOTALL)


def classed(error: BaseException, shown: str) -> GeonameError | None:
    """The error of geoname that stands for one of PostgreSQL's; None when it is a fault of this program.

    `shown` is the address without its password.
    """
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state in _HELD:
        return ConflictError(
            f"{shown} is held by another writer: try again when it has finished; nothing was changed",
            zh=f"{shown} 正被另一程序写入：请待其完成后重试；数据未作任何改动",
            field="database",
        )
    if state in _UNWRITABLE:
        return StorageError(
            f"{shown} cannot be written ({_first_line(error)}): make room or mend the permissions; "
            "nothing was changed",
            zh=f"无法写入 {shown}（{_first_line(error)}）：请腾出空间或检查权限；数据未作任何改动",
            field="database",
        )
    if state in _DAMAGED | _ALTERED:
        return DatabaseError(
            f"{shown} is damaged or was altered ({_first_line(error)}): restore a backup with "
            "`geoname db restore`",
            zh=f"{shown} 已损坏或被改动（{_first_line(error)}）：请用 `geoname db restore` 恢复备份",
            field="database",
        )
    if state in _TOO_LONG:
        return InvalidInputError(
            f"a text is too long to be indexed ({_first_line(error)}): shorten it to 800 characters",
            zh=f"有文字过长，无法建立索引（{_first_line(error)}）：请缩短至 800 字以内",
        )
    if state == "23503":
        return _broken_reference(error)
    if state.startswith(_AWAY) or (not state and isinstance(error, psycopg.OperationalError)):
        return unreachable(error, shown)
    return None


def unreachable(error: BaseException, shown: str) -> NotReadyError:
    """No connection: wrong address, wrong password, no such database, or the server is away."""
    return NotReadyError(
        f"{shown} cannot be reached ({_first_line(error)}): check the address, user and password, and that "
        "the server runs",
        zh=f"无法连接 {shown}（{_first_line(error)}）：请检查地址、用户名和密码，并确认服务器正在运行",
        field="database",
    )


def _broken_reference(error: psycopg.Error) -> InvalidInputError:
    table, found = error.diag.table_name or "", _KEY.search(error.diag.message_detail or "")
    column, value = (found[1], found[2]) if found else (error.diag.constraint_name or "", "?")
    known = METADATA.tables.get(table)
    links = known.c[column].foreign_keys if known is not None and column in known.c else set()
    if not links:
        return InvalidInputError(
            f"a record that others refer to was taken away ({column} {value!r}): remove those first",
            zh=f"被引用的记录（{column} 为 {value!r}）已被移除：请先移除引用它的记录",
        )
    target, _, to = next(iter(links)).target_fullname.partition(".")
    return InvalidInputError(
        f"{column} of a {table} is {value!r}, and no {target} has this {to}: "
        f"add that {target} in the same transaction, or correct {column}",
        zh=f"{table} 的 {column} 为 {value!r}，但没有 {to} 为此值的 {target}："
        f"请在同一事务中添加，或更正 {column}",
        field=column,
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
