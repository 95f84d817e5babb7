"""Files handed in and given back (上传与下载): their size, a harmless name, their kind by content."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from geoname.errors import InvalidInputError

_LONGEST_NAME = 120
_BLOCK = 1 << 18
_PARTS = re.compile(r"[/\\]")


class FileKind(StrEnum):
    """What a file is by its content; the value is the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    GEOPACKAGE = "gpkg"


@dataclass(frozen=True, slots=True)
class Quota:
    """How much one caller may hand in: bytes and rows of a file, files at work at once, days kept."""

    file_bytes: int
    rows: int
    open_jobs: int
    kept_days: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in: the name its sender gives, its content still to be read, what is allowed."""

    filename: str
    stream: IO[bytes]
    quota: Quota


class ClosableBlocks:
    """A file's content in blocks; the file is closed at its end, or when the reader breaks off."""

    def __init__(self, content: IO[bytes]) -> None:
        """Take an open file."""
        self._content = content

    def __iter__(self) -> ClosableBlocks:
        """Itself."""
        return self

    def __next__(self) -> bytes:
        """The next block."""
        block = b"" if self._content.closed else self._content.read(_BLOCK)
        if not block:
            self.close()
            raise StopIteration
        return block

    def close(self) -> None:
        """Let go of the file."""
        self._content.close()


def plain_filename(written: str, usual: str = "names") -> str:
    """A name to show and to offer, without its path, control characters or leading dots; never a place."""
    last = _PARTS.split(written)[-1]
    kept = "".join(mark for mark in unicodedata.normalize("NFC", last) if _shows(mark)).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = kept, ""
    stem = stem[: _LONGEST_NAME - len(ending) - 1] if len(ending) < 10 else kept[:_LONGEST_NAME]
    return (f"{stem}.{ending}" if dot and len(ending) < 10 else stem) or usual


def kind_of(file: Path) -> FileKind:
    """What a file is, by its first bytes; InvalidInputError for what is no table."""
    with file.open("rb") as stream:
        head = stream.read(16)
    if not head:
        raise _refused("is empty: send a table with a line of headings", "是空的：请发送带标题行的表")
    if head.startswith(b"PAR1"):
        return FileKind.PARQUET
    if head.startswith(b"SQLite format 3\0"):
        return FileKind.GEOPACKAGE
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if _is_workbook(file):
            return FileKind.XLSX
        raise _refused(
            "is a zip archive and no XLSX workbook: send CSV, XLSX, Parquet or GeoPackage",
            "是压缩包而非 XLSX 工作簿：请发送 CSV、XLSX、Parquet 或 GeoPackage",
        )
    if _is_binary(head):
        raise _refused(
            "is no table that is known here: send CSV, XLSX, Parquet or GeoPackage",
            "不是可识别的表：请发送 CSV、XLSX、Parquet 或 GeoPackage",
        )
    return FileKind.CSV


def _shows(mark: str) -> bool:
    return unicodedata.category(mark) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _is_workbook(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return False


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    known = (
        b"\xd0\xcf\x11\xe0",
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
        b"\x7fELF",
    )
    return head.startswith(known) or any(byte < 9 or 14 <= byte < 27 for byte in head)


def _refused(en: str, zh: str) -> InvalidInputError:
    return InvalidInputError(f"the file {en}", zh=f"文件{zh}", field="file")
