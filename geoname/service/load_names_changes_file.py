"""Every change that a file makes to what was there (变更清单), in a table, however many there are."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from geoname.errors import StorageError
from geoname.formats.tables.cell_text import harmless
from geoname.service.load_names_changes import Change

_COLUMNS = ("变化 change", "行号 row", "记录 record", "地名 name", "原 before", "现 after", "地点 place_id")


class ChangesFile:
    """A CSV table of changes; records that are only added are not in it."""

    def __init__(self, file: Path | None) -> None:
        """The file is made by the first change; an older one of the same name is replaced."""
        self.written: str | None = None
        self._file = file
        self._out: Any = None
        self._open = ExitStack()

    def add(self, change: Change) -> None:
        """Write one change; StorageError when that cannot be."""
        if self._file is None:
            return
        try:
            if self._out is None:
                opened = self._open.enter_context(self._file.open("w", encoding="utf-8-sig", newline=""))
                self._out = csv.writer(opened, lineterminator="\n")
                self._out.writerow(_COLUMNS)
                self.written = str(self._file)
            texts = (change.record, change.name, change.before, change.after)
            row = "" if change.row is None else change.row
            self._out.writerow([change.kind.value, row, *map(harmless, texts), change.place_id])
        except OSError as error:
            raise StorageError(
                f"{self._file} cannot be written ({error.strerror}): make room or name another file",
                zh=f"无法写入 {self._file}（{error.strerror}）：请腾出空间或另选文件",
                field="changes",
            ) from error

    def __enter__(self) -> ChangesFile:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._open.close()
