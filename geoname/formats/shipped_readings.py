"""The shipped readings of place names (地名读音), which stand over the dictionary's."""

from __future__ import annotations

from pathlib import Path

from geoname.core.names.readings import ReadingTable
from geoname.formats.shipped_files import read_rows


def read_readings(folder: Path | None = None) -> ReadingTable:
    """The readings, phrases and watched characters of `readings/place_readings.csv`."""
    columns = ("text", "scope", "reading", "source", "mark", "basis")
    return ReadingTable.from_rows(
        row.cells for row in read_rows("readings/place_readings.csv", columns, folder)
    )
