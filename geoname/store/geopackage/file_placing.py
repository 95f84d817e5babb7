"""Puts a finished file in its place (落盘): private to the user, whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geoname.errors import StorageError


@contextmanager
def private_file_beside(file: Path) -> Iterator[Path]:
    """An empty file of mode 0600 in the folder of `file`; whatever is left of it is removed at the end."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise _unwritable(file, error) from error
    try:
        yield fresh
    finally:
        for leftover in (fresh, *beside(fresh)):
            leftover.unlink(missing_ok=True)


def put_in_place(fresh: Path, file: Path, move: Callable[[Path, Path], None]) -> None:
    """Sync a finished file and give it its name by `os.link` (kept if taken) or `os.replace`."""
    try:
        descriptor = os.open(fresh, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            move(fresh, file)
        except FileExistsError:
            return
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise _unwritable(file, error) from error


def beside(file: Path) -> tuple[Path, Path]:
    """The files that SQLite keeps beside a database."""
    return file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")


def _unwritable(file: Path, error: OSError) -> StorageError:
    """StorageError naming the file and the remedy."""
    return StorageError(
        f"{file} cannot be written ({error}): make room or mend the permissions; nothing was changed",
        zh=f"无法写入 {file}（{error}）：请腾出空间或检查权限；数据未作任何改动",
        field="database",
    )
