"""Writes the rows that were not taken (退回的行): row, field, value, reason, remedy."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from geoname.core.divisions.listing import Reject
from geoname.errors import StorageError
from geoname.formats.tables.cell_text import harmless

COLUMNS = ("row", "field", "value", "reason", "remedy", "reason_en", "remedy_en")


def write_rejects(file: Path, rejects: Iterable[Reject]) -> None:
    """Write a CSV that spreadsheets open (UTF-8 with its mark); StorageError when it cannot be written."""
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as content:
            writer = csv.writer(content)
            writer.writerow(COLUMNS)
            for one in rejects:
                cells = (one.field, one.value, one.reason_zh, one.remedy_zh, one.reason, one.remedy)
                writer.writerow((one.row, *map(harmless, cells)))
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written ({error.strerror}): name another file with --rejects",
            zh=f"无法写入 {file}（{error.strerror}）：请用 --rejects 另指文件",
            field="rejects",
        ) from error
