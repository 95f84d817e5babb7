"""Whether a file is there, whole, a GeoPackage, and one of geoname's (文件检查)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from geoname.errors import DatabaseError, NotReadyError
from geoname.store.geopackage.errors import classed
from geoname.store.geopackage.metadata import APPLICATION_ID
from geoname.store.geopackage.open_files import first_bytes
from geoname.store.schema import REVISIONS, VERSION_TABLE, setting

_MAGIC = b"SQLite format 3\0"


def check_there(file: Path) -> None:
    """NotReadyError for a missing file, DatabaseError for one that is no SQLite file at all.

    The first bytes are read before SQLite opens the file, which would write beside it.
    """
    if not file.exists():
        raise NotReadyError(
            f"there is no database at {file}: make one with `geoname load guizhou`, or name another with "
            "--database",
            zh=f"{file} 处没有数据库：请运行 `geoname load guizhou` 建立，或用 --database 指定",
            field="database",
        )
    if not file.is_file():
        raise DatabaseError(
            f"{file} is no file: name a GeoPackage file", zh=f"{file} 不是文件：请指定 GeoPackage 文件",
            field="database",
        )  # fmt: skip
    start = first_bytes(file, 100)
    if start is not None and (start[:16] != _MAGIC or len(start) < 100):
        raise DatabaseError(
            f"{file} is no GeoPackage, or is cut off: restore a backup with `geoname db restore`, or name "
            "another file",
            zh=f"{file} 不是 GeoPackage 或已不完整：请用 `geoname db restore` 恢复备份，或另指定文件",
            field="database",
        )


def schema_version(connection: sqlite3.Connection, file: Path) -> str:
    """The schema version of a database of geoname.

    DatabaseError when the file is damaged, another program's, or of a newer version.
    """
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        ours = application == APPLICATION_ID and {VERSION_TABLE, setting.name} <= tables
        found = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() if ours else []  # noqa: S608
    except sqlite3.Error as error:
        raise classed(error, file, None) or error from error
    if not found:
        raise DatabaseError(
            f"{file} was not made by geoname: name another file; its layers can be loaded with "
            "`geoname load`",
            zh=f"{file} 不是本程序建立的数据库：请另指定文件；其中图层可用 `geoname load` 载入",
            field="database",
        )
    version = str(found[0][0])
    if version not in REVISIONS:
        raise DatabaseError(
            f"{file} has schema {version}, newer than {REVISIONS[-1]}, the last this version knows: "
            "upgrade geoname",
            zh=f"{file} 的库结构 {version} 比本版本所知的 {REVISIONS[-1]} 更新：请升级 geoname",
            field="database",
        )
    return version
