"""Whether the tables at an address are geoname's, and of which version (库结构检查)."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from geoname.errors import DatabaseError
from geoname.store.reading.editions import DATABASE_ID, read_setting
from geoname.store.schema import METADATA, REVISIONS, VERSION_TABLE, setting


def schema_version(connection: Connection, shown: str) -> str | None:
    """The schema version; None where none of geoname's tables are.

    DatabaseError for tables of another program under the same names, and for a newer version. `shown` is
    the address without its password.
    """
    inspector = inspect(connection)
    schema = inspector.default_schema_name
    # Without the schema's name those of every schema on the search path would be given.
    taken = {VERSION_TABLE, *METADATA.tables} & set(inspector.get_table_names(schema))
    if not taken:
        return None
    ours = {VERSION_TABLE, setting.name} <= taken
    for table, wanted in ((VERSION_TABLE, {"version_num"}), (setting.name, {"key", "value"})):
        ours = ours and wanted <= {column["name"] for column in inspector.get_columns(table, schema)}
    if not ours or read_setting(connection, DATABASE_ID) is None:
        raise DatabaseError(
            f"schema {schema} of {shown} holds tables that geoname did not make "
            f"({', '.join(sorted(taken))}): name a database or schema of its own",
            zh=f"{shown} 的模式 {schema} 中有其他程序的同名表（{'、'.join(sorted(taken))}）："
            "请另指定数据库或模式",
            field="database",
        )
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalars().all()  # noqa: S608
    version = str(found[0]) if found else "none"
    if version not in REVISIONS:
        raise DatabaseError(
            f"{shown} has schema {version}, newer than {REVISIONS[-1]}, the last this version knows: "
            "upgrade geoname",
            zh=f"{shown} 的库结构 {version} 比本版本所知的 {REVISIONS[-1]} 更新：请升级 geoname",
            field="database",
        )
    return version
