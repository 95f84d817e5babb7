"""Cells of a sheet as XML (单元格), appended to the rows of a workbook as it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geoname.formats.tables.cell_text import harmless, written_number
from geoname.formats.tables.xlsx_rows import column_letters

LONGEST_CELL = 32_767
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class CellWriter:
    """Writes cells into columns from `first` on, with the prefix of the sheet's own elements."""

    def __init__(self, first: int, columns: int, prefix: str) -> None:
        """Prepare what is the same in every row."""
        self._letters = [column_letters(first + column) for column in range(columns)]
        self._prefix = prefix

    def row(self, number: str, cells: Sequence[str | float | None], style: str = "") -> bytes:
        """The cells of one row, those with nothing in them left out."""
        colon = self._prefix
        styled = f' s="{style}"' if style else ""
        written = []
        for letters, cell in zip(self._letters, cells, strict=True):
            if cell is None or cell == "":
                continue
            place = f'<{colon}c r="{letters}{number}"{styled}'
            if isinstance(cell, str):
                text = _FORBIDDEN.sub("", harmless(cell)[:LONGEST_CELL]).translate(_MARKUP)
                keep = ' xml:space="preserve"' if text != text.strip() else ""
                inline = f"<{colon}is><{colon}t{keep}>{text}</{colon}t></{colon}is>"
                written.append(f'{place} t="inlineStr">{inline}</{colon}c>')
            else:
                written.append(f"{place}><{colon}v>{written_number(cell)}</{colon}v></{colon}c>")
        return "".join(written).encode("utf-8", "replace")
