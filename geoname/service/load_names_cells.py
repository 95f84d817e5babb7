"""The rows of a batch at work (单元格整理): cells as trimmed texts, and what is found wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from geoname.formats.register_fields import RegisterFields
from geoname.formats.register_table import RegisterBatch
from geoname.formats.tables.cell_text import written_number
from geoname.formats.tables.table import Cell
from geoname.service.load_names_troubles import RowTrouble, Trouble

_EDGES = "\ufeff \t\r\n\u3000\xa0"
_BETWEEN = "\x1f"
_CODES = ("id", "place_code", "division")
# Whole numbers beyond this lose digits when a workbook keeps them as numbers.
_EXACT = 2.0**53
_WHY = {
    "encoding": "编码不符 / encoding",
    "too_long": "过长 / too long",
    "unclosed_quote": "引号不配对 / unclosed quote",
    "surplus_cells": "单元格过多 / surplus cells",
    "wrong_type": "公式错误 / error in a formula",
}


@dataclass(slots=True)
class Rows:
    """A batch, the texts of its fields (empty where there is nothing), and the troubles found so far."""

    batch: RegisterBatch
    fields: RegisterFields
    texts: dict[str, list[str]] = field(default_factory=dict)
    troubles: list[RowTrouble] = field(default_factory=list)

    def __len__(self) -> int:
        """How many rows."""
        return self.batch.rows

    def note(self, offset: int, wanted: str, value: str, trouble: Trouble, detail: str = "") -> None:
        """Say what is wrong with the field of a row."""
        column = self.fields.columns.get(wanted, wanted)
        self.troubles.append(RowTrouble(self.batch.first_row + offset, column, value, trouble, detail))

    def has(self, wanted: str) -> bool:
        """Whether the file has a column for a field."""
        return wanted in self.fields.columns

    def told(self, wanted: str) -> list[str | None]:
        """The texts of a field, None where there is nothing."""
        texts = self.texts[wanted]
        return [text or None for text in texts] if any(texts) else [None] * len(texts)


def read_rows(
    batch: RegisterBatch, fields: RegisterFields, positions: Mapping[str, int], wanted: Sequence[str]
) -> Rows:
    """The texts of the wanted fields; what the file's reader remarked and what is damaged is noted."""
    rows = Rows(batch, fields)
    for fault in batch.faults:
        # Lines in another encoding were read rightly where it is known which.
        if not (fault.kind == "encoding" and fault.detail):
            why = _WHY.get(fault.kind, fault.kind)
            rows.note(fault.offset, fault.column or "", fault.detail, Trouble.UNREADABLE, why)
    nothing = [""] * batch.rows
    for each in wanted:
        rows.texts[each] = (
            _texts(rows, each, batch.columns[positions[each]]) if each in positions else nothing
        )
    return rows


def blank_rows(rows: Rows) -> set[int]:
    """The rows in which nothing stands at all; not those of which nothing could be read."""
    unread = {fault.offset for fault in rows.batch.faults if fault.kind != "surplus_cells"}
    left = [offset for offset, name in enumerate(rows.texts["name"]) if not name and offset not in unread]
    for column in rows.batch.columns if left else ():
        cells = [column[offset] for offset in left]
        empty = {cell for cell in set(cells) if not str(cell or "").strip(_EDGES)}
        left = [offset for offset, cell in zip(left, cells, strict=True) if cell in empty]
    return set(left)


def _texts(rows: Rows, wanted: str, cells: list[Cell]) -> list[str]:
    """The cells as trimmed texts; what no database keeps is noted and left out."""
    if wanted in _CODES:
        rounded = {cell for cell in set(cells) if type(cell) is float and abs(cell) >= _EXACT}
        for offset in where(cells, rounded):
            rows.note(offset, wanted, repr(cells[offset]), Trouble.ROUNDED_NUMBER)
    try:
        whole = _BETWEEN + _BETWEEN.join(cells) + _BETWEEN  # type: ignore[arg-type]
    except TypeError:
        whole = ""
    # One look at all cells is cheaper than one at each.
    signs = [edge for edge in _EDGES if edge in whole]
    if not whole or any(_BETWEEN + sign in whole or sign + _BETWEEN in whole for sign in signs):
        texts = [_trimmed(cell) for cell in cells]
        whole = "".join(texts)
    else:
        texts = list(cells)  # type: ignore[arg-type]
    if _is_damaged(whole):
        for offset in where(texts, {text for text in set(texts) if _is_damaged(text)}):
            shown = texts[offset].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
            rows.note(offset, wanted, shown, Trouble.DAMAGED_TEXT, repr(shown[:20]))
            texts[offset] = ""
    return texts


def where(column: Sequence[object], values: Collection[object]) -> list[int]:
    """The offsets at which one of some values stands."""
    return [offset for offset, cell in enumerate(column) if cell in values] if values else []


def _trimmed(cell: Cell) -> str:
    return (
        cell.strip(_EDGES) if isinstance(cell, str) else "" if cell is None else written_number(float(cell))
    )


def _is_damaged(text: str) -> bool:
    """Whether a text has lost characters, or some that no encoding has."""
    if "\0" in text or "\ufffd" in text:
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
