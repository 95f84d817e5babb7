"""A file that grows (未完成的文件): appended to, brought to the disk, cut back to where a run may go on."""

from __future__ import annotations

import os
from pathlib import Path

from geoname.errors import StorageError


class PartialFile:
    """What is written so far of a file; another run opens it at a position that reached the disk."""

    def __init__(self, file: Path, position: int | None) -> None:
        """Begin anew (None), or cut the file back to a position; StorageError when it cannot be written."""
        self.file = file
        try:
            self._out = file.open("wb" if position is None else "r+b")
            if position is not None:
                self._out.truncate(position)
                self._out.seek(position)
        except OSError as error:
            raise not_writable(file, error) from error

    def write(self, data: bytes) -> None:
        """Append."""
        try:
            self._out.write(data)
        except OSError as error:
            raise not_writable(self.file, error) from error

    def sync(self) -> int:
        """Bring everything to the disk; how long the file is."""
        try:
            self._out.flush()
            os.fsync(self._out.fileno())
            return self._out.tell()
        except OSError as error:
            raise not_writable(self.file, error) from error

    def place(self, target: Path) -> None:
        """Bring everything to the disk and give the file its name."""
        self.sync()
        self._out.close()
        put_in_place(self.file, target)

    def close(self) -> None:
        """Let go; what has not reached the disk is not needed, the next run cuts back to what has."""
        try:
            self._out.close()
        except OSError as error:
            raise not_writable(self.file, error) from error


def put_in_place(begun: Path, target: Path) -> None:
    """Rename a finished file; StorageError when that cannot be done."""
    try:
        begun.replace(target)
    except OSError as error:
        raise not_writable(target, error) from error


def not_writable(file: Path, error: Exception) -> StorageError:
    """The error of a full or closed disk."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return StorageError(
        f"{file} cannot be written ({reason}): make room, then give the same command again; "
        "it goes on where it stopped",
        zh=f"无法写入 {file}（{reason}）：请腾出空间后重新运行同一命令，会从中断处继续",
        field="output",
    )
