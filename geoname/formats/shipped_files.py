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
RESTORE = "restore it from the release, or run scripts/build_manifest.py after a deliberate change"
Kind = TypeVar("Kind", bound=StrEnum)
Value = TypeVar("Value")


def shipped_folder() -> Path:
    """The folder of the shipped data: inside the installed package, or `data/` of a checkout."""
    package = Path(geoname.__file__).parent
    for folder in (package / "shipped", package.parent / "data"):
        if (folder / MANIFEST).is_file():
            return folder
    raise DataFileError(
        f"the shipped data is not there ({package / 'shipped'}): install the package again", field=MANIFEST
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a shipped table: its file, its line in it, its cells by column."""

    file: str
    line: int
    cells: dict[str, str]

    def fault(self, column: str, trouble: str) -> DataFileError:
        """The error to raise when a cell cannot be right."""
        return DataFileError(
            f"{self.file} line {self.line}, column {column}: {trouble}; {RESTORE}", field=column
        )

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not self.cells[column]:
            raise self.fault(column, "is empty")
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        """A cell, or None when it is empty."""
        return self.cells[column] or None

    def whole(self, column: str) -> int:
        """A whole number."""
        return self._read(column, int, "a whole number")

    def decimal(self, column: str) -> float:
        """A decimal number."""
        return self._read(column, float, "a number")

    def partial_date(self, column: str) -> PartialDate | None:
        """A date known to the day, month or year, or None when the cell is empty."""
        written = self.cells[column]
        try:
            return PartialDate.parse(written, field=column) if written else None
        except InvalidInputError as error:
            raise self.fault(column, error.message) from None

    def day(self, column: str) -> date | None:
        """One calendar day, or None when the cell is empty."""
        written = self.cells[column]
        try:
            return parse_day(written, field=column) if written else None
        except InvalidInputError as error:
            raise self.fault(column, error.message) from None

    def one_of(self, column: str, kinds: type[Kind]) -> Kind:
        """A value of an enumeration."""
        return self._read(column, kinds, "one of " + ", ".join(kinds))

    def _read(self, column: str, convert: Callable[[str], Value], wanted: str) -> Value:
        try:
            return convert(self.cells[column])
        except ValueError:
            raise self.fault(column, f"{self.cells[column]!r} is not {wanted}") from None


def read_rows(name: str, columns: tuple[str, ...], folder: Path | None = None) -> tuple[Row, ...]:
    """The rows of a shipped table (`guizhou/divisions.csv`), checked against header, width and checksum.

    DataFileError names the file, the line and column where they can be told, and the remedy.
    """
    root = folder if folder is not None else shipped_folder()
    content = _content(root, name)
    rows = _parsed(name, content, columns)
    expected = _checksums(root).get(name)
    if expected is None:
        raise DataFileError(f"{name} is not listed in {MANIFEST}: {RESTORE}", field=name)
    if hashlib.sha256(content).hexdigest() != expected:
        raise DataFileError(
            f"{name} does not match its checksum in {MANIFEST} ({len(rows)} rows read): "
            f"it was cut off or changed; {RESTORE}",
            field=name,
        )
    return rows


def _content(root: Path, name: str) -> bytes:
    try:
        return (root / name).read_bytes()
    except OSError as error:
        raise DataFileError(f"{name} cannot be read ({error.strerror}): {RESTORE}", field=name) from error


def _parsed(name: str, content: bytes, columns: tuple[str, ...]) -> tuple[Row, ...]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataFileError(f"{name} line {line}: is not UTF-8; {RESTORE}", field=name) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        header = tuple(next(reader, ()))
        if header != columns:
            raise DataFileError(
                f"{name} line 1: the header is {','.join(header)!r}, not {','.join(columns)!r}; {RESTORE}",
                field=name,
            )
        for cells in reader:
            if len(cells) != len(columns):
                raise DataFileError(
                    f"{name} line {reader.line_num}: {len(cells)} of {len(columns)} columns "
                    f"(the last is {columns[min(len(cells), len(columns)) - 1]}); {RESTORE}",
                    field=name,
                )
            rows.append(Row(name, reader.line_num, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        raise DataFileError(f"{name} line {reader.line_num}: {error}; {RESTORE}", field=name) from None
    return tuple(rows)


def _checksums(root: Path) -> dict[str, str]:
    listed = {}
    for number, line in enumerate(_content(root, MANIFEST).decode("utf-8", "replace").splitlines(), start=1):
        checksum, gap, name = line.partition("  ")
        if not gap or len(checksum) != 64:
            raise DataFileError(f"{MANIFEST} line {number}: is not `sha256  file`; {RESTORE}", field=MANIFEST)
        listed[name] = checksum
    return listed
