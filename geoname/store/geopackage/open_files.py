"""Which database files this process has open (已打开的文件): they must not be read past SQLite meanwhile.

Closing any descriptor of a file drops every lock that the process has on it (POSIX). SQLite's are then gone,
and another process takes away what this one writes ahead.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_lock = threading.Lock()
_open: Counter[tuple[int, int]] = Counter()


class CountedConnection(sqlite3.Connection):
    """A connection by which its file is known to be open until it is closed."""

    counted: tuple[int, int] | None = None

    def close(self) -> None:
        """Close; the file may be read past SQLite again once this was the last."""
        super().close()
        with _lock:
            if self.counted is not None:
                _open[self.counted] -= 1
                self.counted = None


@contextmanager
def counting(file: Path) -> Iterator[list[CountedConnection]]:
    """Nobody reads the file past SQLite while the block connects; what it puts into the list is counted."""
    with _lock:
        made: list[CountedConnection] = []
        yield made
        for connection in made:
            connection.counted = _identity(file)
            _open[connection.counted] += 1


def first_bytes(file: Path, count: int) -> bytes | None:
    """The file's first bytes; None when this process has it open, so that SQLite has looked at them."""
    with _lock:
        if _open[_identity(file)] > 0:
            return None
        with file.open("rb") as stream:
            return stream.read(count)


def _identity(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_dev, found.st_ino
