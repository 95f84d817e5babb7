"""A lock on a file (文件锁) that one process or thread holds at a time and that dies with its holder."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geoname.errors import StorageError

_PAUSE_SECONDS = 0.05

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def locked(file: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold the lock of a file, made when it is not there; gives whether it is held.

    Without `wait` a lock that somebody else holds is not waited for. StorageError when the file cannot be
    made.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = file.open("a")
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written ({error.strerror}): make room or give write permission",
            zh=f"无法写入 {file}（{error.strerror}）：请腾出空间或授予写权限",
            field="cache",
        ) from error
    with opened:
        held = _take(opened.fileno())
        while wait and not held:
            time.sleep(_PAUSE_SECONDS)
            held = _take(opened.fileno())
        yield held
