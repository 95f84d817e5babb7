"""Files that people hand in (附件): kept under the digest of their content, for this account alone."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from geoname.errors import DataFileError, StorageError, TooLargeError
from geoname.store.build_lock import locked

_BLOCK = 1 << 20
_PART = ".part-"
_DIGITS = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Received:
    """What came in: where it lies meanwhile, the SHA-256 of its content, its size in bytes, its ending."""

    file: Path
    sha256: str
    size: int
    ending: str


class Attachments:
    """The files below one folder; the same content is kept once."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made before the first file is kept."""
        self.folder = folder

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Keep others from taking files away while what refers to them is not written yet."""
        self._private(self.folder)
        with locked(self.folder / ".lock"):
            yield

    @contextmanager
    def receiving(
        self, stream: IO[bytes], most_bytes: int, ending_of: Callable[[Path], str]
    ) -> Iterator[Received]:
        """Copy a stream; what came in is gone after the block unless it was placed.

        `ending_of` tells by the content what the file's name ends with. TooLargeError beyond `most_bytes`,
        StorageError for a full disk.
        """
        begun = self.folder / f"{_PART}{secrets.token_hex(8)}"
        try:
            with self._writing():
                self._private(self.folder)
                with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                    sha256, size = _copy(stream, out, most_bytes)
            ending = ending_of(begun)
            begun = begun.replace(begun.with_suffix(f".{ending}"))
            yield Received(begun, sha256, size, ending)
        finally:
            begun.unlink(missing_ok=True)

    def place(self, received: Received) -> Path:
        """Give what came in its place under its digest."""
        place = self.path(received.sha256, received.ending)
        with self._writing():
            self._private(place.parent)
            received.file.replace(place)
        return place

    def path(self, sha256: str, ending: str) -> Path:
        """Where the content of a digest lies, or would lie."""
        if len(sha256) != 64 or not _DIGITS.issuperset(sha256) or not (ending.isascii() and ending.isalnum()):
            raise DataFileError(
                f"{sha256!r} is no digest: give 64 hexadecimal digits",
                zh=f"{sha256!r} 不是摘要：应为 64 位十六进制数字",
                field="files",
            )
        return self.folder / sha256[:2] / f"{sha256}.{ending}"

    def there(self, sha256: str, ending: str) -> Path:
        """The file of a digest; DataFileError when somebody took it away."""
        file = self.path(sha256, ending)
        if not file.is_file():
            raise DataFileError(
                f"the file {sha256[:12]}… that was handed in is gone: hand it in again",
                zh=f"已上传的文件 {sha256[:12]}… 已不在：请重新上传",
                field="files",
            )
        return file

    def remove(self, sha256: str, ending: str) -> None:
        """Take a file away; nothing when it is not there."""
        self.path(sha256, ending).unlink(missing_ok=True)

    @contextmanager
    def working_folder(self) -> Iterator[Path]:
        """A private folder for what is being made, gone after the block."""
        with self._writing():
            self._private(self.folder)
            made = tempfile.TemporaryDirectory(prefix=_PART, dir=self.folder)
        with made as folder:
            yield Path(folder)

    def sweep(self, older_than_s: float) -> None:
        """Take away what a process that was killed left half received."""
        before = time.time() - older_than_s
        for begun in self.folder.glob(f"{_PART}*"):
            if begun.stat().st_mtime >= before:
                continue
            if begun.is_dir():
                shutil.rmtree(begun, ignore_errors=True)
            else:
                begun.unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # What the sender broke off is not the disk's fault, and is told as it came.
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO):
                raise
            raise StorageError(
                f"{self.folder} cannot be written ({error.strerror}): make room or give write permission",
                zh=f"无法写入 {self.folder}（{error.strerror}）：请腾出空间或授予写权限",
                field="files",
            ) from error

    def _private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _copy(stream: IO[bytes], out: IO[bytes], most_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > most_bytes:
            raise TooLargeError(
                f"the file holds more than {most_bytes} bytes: send it in parts",
                zh=f"文件超过 {most_bytes} 字节：请分成几份",
                field="file",
            )
        digest.update(block)
        out.write(block)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size
