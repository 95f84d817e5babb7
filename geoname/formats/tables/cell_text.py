"""Cells as text (单元格文本): what a spreadsheet would take for a formula is made harmless."""

from __future__ import annotations

from collections.abc import Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LINE_ENDS = str.maketrans({"\n": " ", "\r": " ", "\0": None})


def harmless(text: str) -> str:
    """The text, an apostrophe before it when a spreadsheet would read it as a formula; always one line."""
    if text.isalnum():
        return text
    if text.startswith(_FORMULA):
        text = "'" + text
    return text.translate(_LINE_ENDS) if not text.isprintable() else text


def written_cells(cells: Sequence[str | float | None]) -> list[str]:
    """Appended cells as a text file holds them: nothing for None, numbers in their shortest form."""
    return [
        harmless(cell) if isinstance(cell, str) else "" if cell is None else written_number(cell)
        for cell in cells
    ]


def written_number(number: float) -> str:
    """A number without an idle `.0`: a whole number that came as a decimal one is written whole."""
    if number == number // 1 and abs(number) < 1e15:
        return str(int(number))
    return repr(number)
