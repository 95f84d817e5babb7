"""Cells as text (单元格文本): what a spreadsheet would take for a formula is made harmless."""

from __future__ import annotations

from collections.abc import Sequence

_BETWEEN = "\x01"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HARMFUL = (*(_BETWEEN + sign for sign in _FORMULA), "\r", "\n", "\0")
_LINE_ENDS = str.maketrans({"\n": " ", "\r": " ", "\0": None})


def harmless(text: str) -> str:
    """The text, an apostrophe before it when a spreadsheet would read it as a formula; always one line."""
    if text.isalnum():
        return text
    if text.startswith(_FORMULA):
        text = "'" + text
    return text.translate(_LINE_ENDS) if not text.isprintable() else text


def written_cells(cells: Sequence[str | float | None], *, numeric: bool) -> Sequence[str | None]:
    """The cells of an appended column as a text file holds them: None for nothing, numbers in short form."""
    if numeric:
        known = {cell: written_number(cell) for cell in set(cells) if isinstance(cell, float)}
        return [None if cell is None else known[float(cell)] for cell in cells]
    texts = [cell for cell in cells if cell] if None in cells else cells
    # One look at all of them is cheaper than one at each.
    whole = _BETWEEN + _BETWEEN.join(texts)  # type: ignore[arg-type]
    if not any(each in whole for each in _HARMFUL):
        return cells  # type: ignore[return-value]
    return [None if cell is None else harmless(str(cell)) for cell in cells]


def written_number(number: float) -> str:
    """A number without an idle `.0`: a whole number that came as a decimal one is written whole."""
    if number == number // 1 and abs(number) < 1e15:
        return str(int(number))
    return repr(number)
