"""How a text table is written (分隔符与换行): its delimiter, and what ends its lines."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from geoname.errors import InvalidInputError

DELIMITERS = (",", "\t", ";", "|", "，", "、")
_SAMPLED = 200
_WRITTEN = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def parse_delimiter(text: str) -> str:
    """A delimiter as a user writes it, `tab` for the tabulator; InvalidInputError for more than one mark."""
    delimiter = _WRITTEN.get(text.lower(), text)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise InvalidInputError(
            f"{text!r} cannot part cells: give one character, or tab",
            zh=f"{text!r} 不能作分隔符：请给一个字符，或 tab",
            field="delimiter",
        )
    return delimiter


def find_delimiter(lines: Sequence[str]) -> str:
    """The delimiter that parts the first lines into the same number of cells most often; else the comma."""
    best, most = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        rows = [len(row) for row in csv.reader(lines[:_SAMPLED], delimiter=delimiter) if row]
        if not rows or rows[0] < 2:
            continue
        agreeing = sum(cells == rows[0] for cells in rows) / len(rows)
        if (agreeing, rows[0]) > most:
            best, most = delimiter, (agreeing, rows[0])
    return best


def find_newline(head: str) -> str:
    """What ends the lines: a line feed (with or without a return before it), or the return of old systems."""
    return "\r" if "\n" not in head and "\r" in head else "\n"
