"""The rows of a sheet (工作表的行) as they stream by: the value of every cell, by column."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator
from xml.parsers import expat

from geoname.formats.tables.table import Cell
from geoname.formats.tables.xlsx_dates import date_styles, date_text
from geoname.formats.tables.xlsx_package import Package, Sheet, damaged_part, new_parser
from geoname.formats.tables.xlsx_strings import SharedStrings, unescaped

_LETTERS = re.compile(r"[A-Z]{1,3}")
_BLOCK = 1 << 16
MOST_COLUMNS = 16_384
Row = dict[int, Cell]
"""The values of a row by column, from 0; cells with nothing in them are not there."""


class SheetRows:
    """Reads a sheet once, from its first row on; `width` grows to the columns that cells stand in."""

    def __init__(self, package: Package, sheet: Sheet, strings: SharedStrings) -> None:
        """Take the workbook and the sheet to read."""
        self.width = 0
        self.done = 0
        self._package = package
        self._sheet = sheet
        self._strings = strings
        self._dates = date_styles(package)
        self._columns: dict[str, int] = {}
        self._ready: list[tuple[Row, dict[int, str]]] = []
        self._row: Row = {}
        self._errors: dict[int, str] = {}
        self._column = -1
        self._type = ""
        self._style = ""
        self._parts: list[str] = []
        self._listening = False
        self._phonetic = False
        self._holds = False

    def __iter__(self) -> Generator[tuple[Row, dict[int, str]], None, None]:
        """Each row that holds anything, with its cells that show an error, by column."""
        parser = new_parser(self._package.file)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        with self._package.open(self._sheet.part) as stream:
            last = False
            while not last:
                try:
                    block = stream.read(_BLOCK)
                    last = not block
                    parser.Parse(block, last)
                except (expat.ExpatError, zipfile.BadZipFile, EOFError, ValueError, IndexError) as error:
                    raise damaged_part(self._package.file, self._sheet.part, error) from None
                self.done += len(block)
                yield from self._ready
                self._ready.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._column = self._column_of(attributes.get("r"))
            self._parts.clear()
        elif local in ("v", "t"):
            # A reading aid (rPh) is not part of the text.
            self._listening = not self._phonetic
            self._holds = True
        elif local == "row":
            self._row, self._errors, self._column, self._holds = {}, {}, -1, False
        elif local == "rPh":
            self._phonetic = True

    def _characters(self, text: str) -> None:
        if self._listening:
            self._parts.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in ("v", "t"):
            self._listening = False
        elif local == "c":
            if self._parts:
                self._take("".join(self._parts))
                self._parts.clear()
        elif local == "row":
            if self._holds:
                self._ready.append((self._row, self._errors))
        elif local == "rPh":
            self._phonetic = False

    def _column_of(self, reference: str | None) -> int:
        column = self._column + 1
        if reference is not None:
            letters = reference.rstrip("0123456789")
            known = self._columns.get(letters)
            column = self._columns.setdefault(letters, column_number(letters)) if known is None else known
        if column >= self.width:
            self.width = column + 1
        return column

    def _take(self, text: str) -> None:
        kind = self._type
        if kind == "s":
            self._row[self._column] = self._strings[int(text)]
        elif kind == "n":
            number = float(text)
            dated = self._style in self._dates
            self._row[self._column] = date_text(number, self._package.since_1904) if dated else number
        elif kind == "b":
            self._row[self._column] = "TRUE" if text == "1" else "FALSE"
        elif kind == "e":
            self._errors[self._column] = text
        else:
            self._row[self._column] = unescaped(text)


def column_number(letters: str) -> int:
    """The number of a column from 0 by its letters; ValueError for what names none."""
    if not _LETTERS.fullmatch(letters):
        raise ValueError(f"{letters!r} names no column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > MOST_COLUMNS:
        raise ValueError(f"{letters!r} is beyond the last column")
    return number - 1


def column_letters(number: int) -> str:
    """The letters of a column by its number from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
