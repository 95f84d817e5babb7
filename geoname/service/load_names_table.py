"""A CSV table that a load hands back (退回表、变更清单): made by its first row, read by spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from geoname.errors import StorageError


class HandedBack:
    """A table of rows; there is no file before the first one, and none at all when none is named.

    One of the same name that is there already, perhaps mended by hand, becomes `FILE~`.
    """

    def __init__(self, file: Path | None, field: str) -> None:
        """Take where it goes, and what a refusal calls it."""
        self.written: str | None = None
        self._file = file
        self._field = field
        self._out: Any = None
        self._open = ExitStack()

    @property
    def is_wanted(self) -> bool:
        """Whether a file is named."""
        return self._file is not None

    def add(self, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write rows, before the first of them the headings; StorageError when that cannot be."""
        if self._file is None:
            return
        try:
            if self._out is None:
                if self._file.exists():
                    self._file.replace(self._file.with_name(f"{self._file.name}~"))
                opened = self._open.enter_context(self._file.open("w", encoding="utf-8-sig", newline=""))
                self._out = csv.writer(opened, lineterminator="\n")
                self._out.writerow(headings)
                self.written = str(self._file)
            self._out.writerows(rows)
        except OSError as error:
            raise StorageError(
                f"{self._file} cannot be written ({error.strerror}): make room or name another file",
                zh=f"无法写入 {self._file}（{error.strerror}）：请腾出空间或另选文件",
                field=self._field,
            ) from error

    def __enter__(self) -> HandedBack:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._open.close()
