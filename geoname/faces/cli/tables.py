"""Tables (表格) for people to read, aligned for characters of full width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for a combining mark."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1
        for mark in text
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns under their heads, two spaces apart; None is written as nothing, control marks escaped."""
    lines = [list(heads), *([_cell(value) for value in row] for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell + " " * (most - width(cell)) for cell, most in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """One fact on each line, its label before it; facts that are empty are left out."""
    kept = [(label, _cell(value)) for label, value in pairs if value not in (None, "", ())]
    most = max((width(label) for label, _ in kept), default=0)
    return "\n".join(f"{label}{' ' * (most - width(label))}  {value}" for label, value in kept)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    text = str(value)
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)
