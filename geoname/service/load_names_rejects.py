"""The rows of a file that cannot be loaded (退回的行): counted, shown, and written to be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from geoname.formats.register_table import RegisterBatch
from geoname.formats.tables.cell_text import harmless, written_number
from geoname.formats.tables.table import Cell
from geoname.service.load_names_report import RejectShown, TroubleShown
from geoname.service.load_names_table import HandedBack
from geoname.service.load_names_troubles import RowTrouble, Trouble

_EXAMPLES = 5
REJECT_COLUMNS = ("_行号 row", "_字段 field", "_值 value", "_原因 reason", "_处理 remedy")
_LONGEST = 80


class Rejects:
    """The rows that failed: counted, some kept as examples, all handed back in a table.

    The table holds each row as it was, behind it what is wrong; once mended it can be loaded as it is, since
    no field is called as the columns that were added.
    """

    def __init__(self, table: HandedBack, columns: Sequence[str]) -> None:
        """Take where they go, and the headings of the file."""
        self.rows = 0
        self._columns = tuple(columns)
        self._table = table
        self._counts: Counter[Trouble] = Counter()
        self._examples: dict[Trouble, list[RowTrouble]] = {}

    @property
    def written(self) -> str | None:
        """The file, None when no row failed or none is named."""
        return self._table.written

    def add(self, batch: RegisterBatch, troubles: Sequence[RowTrouble]) -> None:
        """Take what is wrong with the rows of a batch."""
        of_row: dict[int, list[RowTrouble]] = {}
        for trouble in troubles:
            of_row.setdefault(trouble.row, []).append(trouble)
            examples = self._examples.setdefault(trouble.trouble, [])
            if len(examples) < _EXAMPLES:
                examples.append(trouble)
        for several in of_row.values():
            self._counts.update({trouble.trouble for trouble in several})
        self.rows += len(of_row)
        if self._table.is_wanted and of_row:
            placed = () if batch.places is None else ("lon", "lat")
            self._table.add([*self._columns, *placed, *REJECT_COLUMNS], _rows(batch, of_row))

    def shown(self) -> tuple[TroubleShown, ...]:
        """The reasons, the most frequent first."""
        return tuple(
            TroubleShown(
                trouble,
                rows,
                self._examples[trouble][0].remedy("zh"),
                self._examples[trouble][0].remedy("en"),
                tuple(
                    RejectShown(one.row, one.column, one.value[:_LONGEST], one.reason("zh"), one.reason("en"))
                    for one in self._examples[trouble]
                ),
            )
            for trouble, rows in self._counts.most_common()
        )


def _rows(batch: RegisterBatch, of_row: dict[int, list[RowTrouble]]) -> Iterator[list[str]]:
    """The rows as they were, with what is wrong."""
    for row in sorted(of_row):
        at = row - batch.first_row
        cells = [_written(column[at]) for column in batch.columns]
        if batch.places is not None:
            cells += [repr(float(side[at])) for side in (batch.places.x, batch.places.y)]
        yield [*cells, *_why(of_row[row])]


def _written(cell: Cell) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else written_number(cell)


def _why(troubles: Sequence[RowTrouble]) -> list[str]:
    """Row, fields, values, reasons and remedies of one row, in Chinese; several parted by semicolons."""
    parts = (
        [trouble.column for trouble in troubles],
        [trouble.value[:_LONGEST] for trouble in troubles],
        [trouble.reason() for trouble in troubles],
        list(dict.fromkeys(trouble.remedy() for trouble in troubles)),
    )
    return [str(troubles[0].row), *(harmless("；".join(part)) for part in parts)]
