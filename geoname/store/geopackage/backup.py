"""Backup of a GeoPackage (备份): one consistent file, whatever is written meanwhile."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from geoname.errors import InvalidInputError
from geoname.store.geopackage.connection import connect
from geoname.store.geopackage.errors import classed
from geoname.store.geopackage.file_placing import private_file_beside, put_in_place

_BUSY_SECONDS = 30.0


def backup_geopackage(file: Path, target: Path) -> None:
    """Write a consistent copy of `file` to `target`, which must not exist; others go on reading and writing.

    The copy is whole or absent, private to the user (mode 0600), and needs no file beside it.
    """
    if target.exists():
        raise _taken(target)
    with private_file_beside(target) as fresh:
        copy_database(file, fresh)
        put_in_place(fresh, target, _link_new)


def copy_database(file: Path, fresh: Path) -> None:
    """Copy one moment's state of a database, which is only read, into an existing, empty file."""
    with (
        closing(connect(file, busy_seconds=_BUSY_SECONDS, read_only=True)) as source,
        closing(sqlite3.connect(fresh, isolation_level=None)) as copy,
    ):
        try:
            # All pages in one step: a copy in several starts again after each write by somebody else.
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise classed(error, fresh, None) or error from error


def _link_new(fresh: Path, target: Path) -> None:
    try:
        os.link(fresh, target)
    except FileExistsError:
        raise _taken(target) from None


def _taken(target: Path) -> InvalidInputError:
    return InvalidInputError(
        f"{target} exists already: name a new file for the backup",
        zh=f"{target} 已存在：请为备份另取文件名",
        field="target",
    )
