"""The shipped tables as files: where they lie, their checksums, and rows that know their line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import geoname
from geoname.core.validity.partial_date import PartialDate, parse_day
from geoname.errors import DataFileError, InvalidInputError

MANIFEST = "MANIFEST.sha256"
_REMEDY = "restore it from the release, or run scripts/build_manifest.py after a deliberate change"
_REMEDY_ZH = "请恢复发行版中的该文件;若系有意修改,请运行 scripts/build_manifest.py"
Kind = TypeVar("Kind", bound=StrEnum)
Value = TypeVar("Value")


def shipped_folder() -> Path:
    """The folder of the shipped data: inside the installed package, or `data/` of a checkout."""
    package = Path(geoname.__file__).parent
    for folder in (package / "shipped", package.parent / "data"):
        if (folder / MANIFEST).is_file():
            return folder
    raise DataFileError(
        f"the shipped data is not there ({package / 'shipped'}): install the package again",
        zh=f"随附数据不存在（{package / 'shipped'}）：请重新安装",
        field=MANIFEST,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a shipped table: its file, its line in it, its cells by column."""

    file: str
    line: int
    cells: dict[str, str]

    def fault(self, column: str, trouble: str, zh: str) -> DataFileError:
        """The error to raise when a cell cannot be right; `trouble` and `zh` say why."""
        return _damage(
            f"{self.file} line {self.line}, column {column}: {trouble}",
            f"{self.file} 第 {self.line} 行 {column} 列:{zh}",
            column,
        )

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not self.cells[column]:
            raise self.fault(column, "is empty", "为空")
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        """A cell, or None when it is empty."""
        return self.cells[column] or None

    def whole(self, column: str) -> int:
        """A whole number."""
        return self._read(column, int, "a whole number", "整数")

    def decimal(self, column: str) -> float:
        """A decimal number."""
        return self._read(column, float, "a number", "数字")

    def partial_date(self, column: str) -> PartialDate | None:
        """A date known to the day, month or year, or None when the cell is empty."""
        written = self.cells[column]
        try:
            return PartialDate.parse(written, field=column) if written else None
        except InvalidInputError as error:
            raise self.fault(column, error.message, error.zh) from None

    def day(self, column: str) -> date | None:
        """One calendar day, or None when the cell is empty."""
        written = self.cells[column]
        try:
            return parse_day(written, field=column) if written else None
        except InvalidInputError as error:
            raise self.fault(column, error.message, error.zh) from None

    def one_of(self, column: str, kinds: type[Kind]) -> Kind:
        """A value of an enumeration."""
        return self._read(column, kinds, "one of " + ", ".join(kinds), "、".join(kinds) + " 之一")

    def _read(self, column: str, convert: Callable[[str], Value], wanted: str, zh: str) -> Value:
        try:
            return convert(self.cells[column])
        except ValueError:
            written = self.cells[column]
            raise self.fault(column, f"{written!r} is not {wanted}", f"{written!r} 不是{zh}") from None


def read_rows(name: str, columns: tuple[str, ...], folder: Path | None = None) -> tuple[Row, ...]:
    """The rows of a shipped table (`guizhou/divisions.csv`), checked against header, width and checksum.

    DataFileError names the file, the line and column where they can be told, and the remedy.
    """
    root = folder if folder is not None else shipped_folder()
    content = _content(root, name)
    rows = _parsed(name, content, columns)
    expected = _checksums(root).get(name)
    if expected is None:
        raise _damage(f"{name} is not listed in {MANIFEST}", f"{MANIFEST} 未列 {name}", name)
    if hashlib.sha256(content).hexdigest() != expected:
        raise _damage(
            f"{name} does not match its checksum in {MANIFEST} ({len(rows)} rows read): "
            "it was cut off or changed",
            f"{name} 与 {MANIFEST} 中的校验值不符(读到 {len(rows)} 行):文件被截断或改动",
            name,
        )
    return rows


def verify_shipped(folder: Path | None = None) -> int:
    """How many shipped tables there are, after all of them matched their checksums; else DataFileError."""
    root = folder if folder is not None else shipped_folder()
    listed = _checksums(root)
    for name, expected in listed.items():
        if hashlib.sha256(_content(root, name)).hexdigest() != expected:
            raise _damage(
                f"{name} does not match its checksum in {MANIFEST}: it was cut off or changed",
                f"{name} 与 {MANIFEST} 中的校验值不符:文件被截断或改动",
                name,
            )
    return len(listed)


def _content(root: Path, name: str) -> bytes:
    try:
        return (root / name).read_bytes()
    except OSError as error:
        raise _damage(
            f"{name} cannot be read ({error.strerror})", f"{name} 无法读取({error.strerror})", name
        ) from error


def _parsed(name: str, content: bytes, columns: tuple[str, ...]) -> tuple[Row, ...]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _damage(f"{name} line {line}: is not UTF-8", f"{name} 第 {line} 行不是 UTF-8", name) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        header = tuple(next(reader, ()))
        if header != columns:
            found, wanted = ",".join(header), ",".join(columns)
            raise _damage(
                f"{name} line 1: the header is {found!r}, not {wanted!r}",
                f"{name} 第 1 行:表头是 {found!r},应为 {wanted!r}",
                name,
            )
        for cells in reader:
            if len(cells) != len(columns):
                at, last = reader.line_num, columns[min(len(cells), len(columns)) - 1]
                raise _damage(
                    f"{name} line {at}: {len(cells)} of {len(columns)} columns, the last is {last}",
                    f"{name} 第 {at} 行:应有 {len(columns)} 列,实有 {len(cells)} 列,末列 {last}",
                    last,
                )
            rows.append(Row(name, reader.line_num, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        at = reader.line_num
        raise _damage(f"{name} line {at}: {error}", f"{name} 第 {at} 行:{error}", name) from None
    return tuple(rows)


def _checksums(root: Path) -> dict[str, str]:
    listed = {}
    for number, line in enumerate(_content(root, MANIFEST).decode("utf-8", "replace").splitlines(), start=1):
        checksum, gap, name = line.partition("  ")
        if not gap or len(checksum) != 64:
            raise _damage(
                f"{MANIFEST} line {number}: is not `sha256  file`",
                f"{MANIFEST} 第 {number} 行不是「sha256  文件」",
                MANIFEST,
            )
        listed[name] = checksum
    return listed


def _damage(trouble: str, zh: str, field: str) -> DataFileError:
    return DataFileError(f"{trouble}; {_REMEDY}", zh=f"{zh};{_REMEDY_ZH}", field=field)
