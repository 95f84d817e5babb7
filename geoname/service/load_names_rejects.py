"""The rows of a file that cannot be loaded (退回的行): counted, shown, and written to be mended."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from geoname.errors import StorageError
from geoname.formats.register_table import RegisterBatch
from geoname.formats.tables.cell_text import harmless, written_number
from geoname.formats.tables.table import Cell
from geoname.service.load_names_report import RejectShown, TroubleShown
from geoname.service.load_names_troubles import RowTrouble, Trouble

_EXAMPLES = 5
REJECT_COLUMNS = ("_行号 row", "_字段 field", "_值 value", "_原因 reason", "_处理 remedy")
_LONGEST = 80


class Rejects:
    """The rows that failed: counted, some kept as examples, all written to a file if one is named.

    The file holds each row as it was, behind it what is wrong; once mended it can be loaded as it is, since
    no field is called as the columns that were added.
    """

    def __init__(self, file: Path | None, columns: Sequence[str]) -> None:
        """The file is made when the first row fails; an older one, perhaps mended, becomes `FILE~`."""
        self.rows = 0
        self._columns = tuple(columns)
        self._file = file
        self._out: Any = None
        self._open = ExitStack()
        self._counts: Counter[Trouble] = Counter()
        self._examples: dict[Trouble, list[RowTrouble]] = {}

    @property
    def written(self) -> str | None:
        """The file, None when no row failed or none is named."""
        return str(self._file) if self._file is not None and self.rows else None

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
        if self._file is not None and of_row:
            self._write(self._file, batch, of_row)

    def _write(self, file: Path, batch: RegisterBatch, of_row: dict[int, list[RowTrouble]]) -> None:
        try:
            if self._out is None:
                if file.exists():
                    file.replace(file.with_name(f"{file.name}~"))
                opened = self._open.enter_context(file.open("w", encoding="utf-8-sig", newline=""))
                self._out = csv.writer(opened, lineterminator="\n")
                placed = () if batch.places is None else ("lon", "lat")
                self._out.writerow([*self._columns, *placed, *REJECT_COLUMNS])
            for row in sorted(of_row):
                at = row - batch.first_row
                cells = [_written(column[at]) for column in batch.columns]
                if batch.places is not None:
                    cells += [repr(float(side[at])) for side in (batch.places.x, batch.places.y)]
                self._out.writerow([*cells, *_why(of_row[row])])
        except OSError as error:
            raise StorageError(
                f"{file} cannot be written ({error.strerror}): make room or name another file",
                zh=f"无法写入 {file}（{error.strerror}）：请腾出空间或另选文件",
                field="rejects",
            ) from error

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

    def __enter__(self) -> Rejects:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._open.close()


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
