"""Where the headings of a table stand (表头): in its first row, or below titles, in one row or in two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Known = Callable[[str], bool]
"""Whether a heading is one that the reader of the table looks for."""
LOOKED_THROUGH = 20
"""Among so many rows the headings are looked for."""
_FEWEST = 2
"""A title may happen to be a heading; two in one row are none."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns' headings; the first `rows` rows of the table are theirs, or stand above them.

    `known` counts those that the reader looks for.
    """

    rows: int
    columns: tuple[str, ...]
    known: int = 0


def among(usual: Mapping[str, Iterable[str]], declared: Iterable[str]) -> Known:
    """Knows what fields are usually called, in small letters, and the headings that were declared."""
    small, exact = {each for several in usual.values() for each in several}, set(declared)
    return lambda heading: heading in exact or heading.strip().lower() in small


def find_headings(rows: Sequence[Sequence[str | None]], known: Known | None) -> Headings:
    """The headings of a table that begins with these rows, of which there is at least one.

    They are its first row unless `known` knows two or more in another. A row below that parts them
    (东经 into 度, 分, 秒) is read with them: 东经度. A row above, in which groups are named, gives only the
    headings of columns that have none of their own.
    """
    texts = [[(cell or "").strip() for cell in row] for row in rows[:LOOKED_THROUGH]]
    counts = [len({cell for cell in row if cell and known(cell)}) if known else 0 for row in texts]
    most = max(counts)
    if known is None or most < _FEWEST:
        return Headings(1, tuple(cell or "" for cell in rows[0]))
    at = next(number for number, count in enumerate(counts) if count >= max(_FEWEST, most / 2))
    width = max(map(len, texts[max(at - 1, 0) : at + 2]))
    above, row, below = (_padded(texts, number, width) for number in (at - 1, at, at + 1))
    row = [own or (group if known(group) else "") for own, group in zip(row, above, strict=True)]
    parted = _is_parting(row, below)
    columns = _parted(row, below, known) if parted else row
    while columns and not columns[-1]:
        columns.pop()
    return Headings(at + 1 + parted, tuple(columns), sum(map(known, columns)))


def _padded(texts: list[list[str]], number: int, width: int) -> list[str]:
    row = texts[number] if 0 <= number < len(texts) else []
    return row + [""] * (width - len(row))


def _is_parting(row: list[str], below: list[str]) -> bool:
    """Whether the row below holds but words, all under headings that span columns, some under no other."""
    filled = [column for column, cell in enumerate(below) if cell]
    spanning = [not row[column] or row[column + 1 : column + 2] == [""] for column in filled]
    words = not any(letter.isdigit() for cell in below for letter in cell)
    return words and all(spanning) and any(not row[column] for column in filled)


def _parted(row: list[str], below: list[str], known: Known) -> list[str]:
    columns, spanning = [], ""
    for own, part in zip(row, below, strict=True):
        spanning = own or spanning
        columns.append(_joined(spanning, part, known) if part else own)
    return columns


def _joined(spanning: str, part: str, known: Known) -> str:
    whole = spanning + part
    return part if known(part) and not known(whole) else whole
