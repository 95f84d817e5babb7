"""The rows of a batch at work (单元格整理): cells as trimmed texts, and what is found wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geoname.formats.register_fields import RegisterFields
from geoname.formats.register_table import RegisterBatch
from geoname.formats.tables.cell_text import written_number
from geoname.formats.tables.table import Cell
from geoname.service.load_names_troubles import RowTrouble, Trouble

_EDGES = "\ufeff \t\r\n\u3000\xa0"
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
        if each not in positions:
            rows.texts[each] = nothing
            continue
        cells = batch.columns[positions[each]]
        if each in _CODES:
            _note_rounded(rows, each, cells)
        rows.texts[each] = _trimmed(cells)
        _note_damaged(rows, each)
    return rows


def blank_rows(rows: Rows) -> set[int]:
    """The rows in which nothing stands at all."""
    return {
        offset
        for offset, name in enumerate(rows.texts["name"])
        if not name and not any(str(column[offset] or "").strip(_EDGES) for column in rows.batch.columns)
    }


def _trimmed(cells: Sequence[Cell]) -> list[str]:
    return [
        cell.strip(_EDGES) if isinstance(cell, str) else "" if cell is None else written_number(float(cell))
        for cell in cells
    ]


def _note_rounded(rows: Rows, wanted: str, cells: Sequence[Cell]) -> None:
    for offset, cell in enumerate(cells):
        if type(cell) is float and abs(cell) >= _EXACT:
            rows.note(offset, wanted, repr(cell), Trouble.ROUNDED_NUMBER)


def _note_damaged(rows: Rows, wanted: str) -> None:
    """Texts with lost characters; what no database keeps is emptied."""
    texts = rows.texts[wanted]
    whole = "".join(texts)
    if "\0" not in whole and "\ufffd" not in whole and _is_whole(whole):
        return
    for offset, text in enumerate(texts):
        if "\0" in text or "\ufffd" in text or not _is_whole(text):
            shown = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
            rows.note(offset, wanted, shown, Trouble.DAMAGED_TEXT, repr(shown[:20]))
            texts[offset] = ""


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
