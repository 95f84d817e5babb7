"""Reads the rows of a list or of a table of changes (区划表): columns found, codes read as text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geoname.core.divisions.listing import Reject
from geoname.errors import InvalidInputError
from geoname.formats.tables.cell_text import written_number
from geoname.formats.tables.headings import among
from geoname.formats.tables.open_table import Reading, open_source
from geoname.formats.tables.table import Cell, RowFault

Headings = Mapping[str, Sequence[str]]
"""What a wanted field is usually called, in small letters."""
_DECIMAL = re.compile(r"(\d+)\.0+")
_POWER = re.compile(r"\d+(\.\d+)?[eE]\+?\d+")
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class DivisionTable:
    """The rows as text by wanted field, with their numbers from 1; which heading was taken for which field.

    `decimals` counts the codes that stood as decimal numbers (520111009.0) and were read whole.
    """

    columns: dict[str, str]
    rows: tuple[tuple[int, dict[str, str]], ...]
    rejects: tuple[Reject, ...]
    sha256: str
    decimals: int


def read_division_table(
    file: Path, how: Reading, headings: Headings, required: Sequence[str], mapped: Mapping[str, str]
) -> DivisionTable:
    """Read a table; InvalidInputError when a required field has no column, DataFileError for a damaged file.

    `mapped` names headings by field and stands over what is usual.
    """
    with closing(open_source(file, how, among(headings, mapped.values()))) as source:
        columns = _columns(source.columns, headings, required, mapped, file.name)
        wanted = [source.columns.index(heading) for heading in columns.values()]
        rows: list[tuple[int, dict[str, str]]] = []
        rejects: list[Reject] = []
        decimals = 0
        for chunk in source.chunks(wanted):
            faulty = {fault.offset: fault for fault in chunk.faults}
            for offset in range(chunk.rows):
                number = chunk.first_row + offset
                if offset in faulty:
                    rejects.append(_unreadable(number, faulty[offset]))
                    continue
                cells = {
                    field: _text(column[offset]) for field, column in zip(columns, chunk.cells, strict=True)
                }
                if not any(cells.values()):
                    continue
                for field in cells:
                    if field.endswith(("code", "parent")):
                        whole = _DECIMAL.fullmatch(cells[field])
                        number_cell = isinstance(chunk.cells[list(columns).index(field)][offset], float)
                        decimals += whole is not None or number_cell
                        cells[field] = whole[1] if whole else cells[field]
                rows.append((number, cells))
    return DivisionTable(columns, tuple(rows), tuple(rejects), _digest(file), decimals)


def lost_digits(text: str) -> bool:
    """Whether a code was written as a power of ten (5.20111E+08), which keeps only its first digits."""
    return _POWER.fullmatch(text) is not None


def _columns(
    found: Sequence[str], headings: Headings, required: Sequence[str], mapped: Mapping[str, str], name: str
) -> dict[str, str]:
    unknown = [field for field in mapped if field not in headings]
    if unknown:
        raise InvalidInputError(
            f"{unknown[0]!r} is no field of this table: use {', '.join(headings)}",
            zh=f"此表没有 {unknown[0]!r} 这一项：可用 {'、'.join(headings)}",
            field="fields",
        )
    absent = [heading for heading in mapped.values() if heading not in found]
    if absent:
        raise InvalidInputError(
            f"{name} has no column {absent[0]!r}: its columns are {', '.join(found)}",
            zh=f"{name} 没有列 {absent[0]!r}：现有 {'、'.join(found)}",
            field="fields",
        )
    columns = dict(mapped)
    plain = {heading.strip().lower(): heading for heading in reversed(found)}
    for field, usual in headings.items():
        heading = next((plain[each] for each in usual if each in plain), None)
        if field not in columns and heading is not None and heading not in columns.values():
            columns[field] = heading
    missing = [field for field in required if field not in columns]
    if missing:
        raise InvalidInputError(
            f"{name} has no column for {', '.join(missing)}: name it under [fields] of the definition; "
            f"its columns are {', '.join(found)}",
            zh=f"{name} 中找不到 {'、'.join(missing)} 的列：请在数据说明的 [fields] 中指明；"
            f"现有 {'、'.join(found)}",
            field="fields",
        )
    return columns


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    # Files that were put one after the other keep their marks in the middle.
    return cell.replace("\ufeff", "").strip() if isinstance(cell, str) else written_number(cell)


def _unreadable(row: int, fault: RowFault) -> Reject:
    return Reject(
        row,
        fault.column or "",
        fault.detail,
        f"the row cannot be read: {fault.kind}",
        f"此行无法读取：{fault.kind}",
        "mend the row in the file",
        "请在文件中改正此行",
    )


def _digest(file: Path) -> str:
    def blocks() -> Iterator[bytes]:
        with file.open("rb") as content:
            while block := content.read(1 << 20):
                yield block

    digest = hashlib.sha256()
    for block in blocks():
        digest.update(block)
    return digest.hexdigest()
