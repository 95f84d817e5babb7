"""The sources (来源) of the shipped data: whose, from where, of which date, under which licence."""

from __future__ import annotations

from pathlib import Path

from geoname.core.register.provenance import Source
from geoname.formats.shipped_files import read_rows


def read_sources(folder: Path | None = None) -> tuple[Source, ...]:
    """Every source of the shipped files and of the two polygon layers; `sha256` is that of what was read."""
    columns = ("id", "title", "authority", "origin", "licence", "attribution", "as_of", "sha256")
    return tuple(
        Source(
            row.text("id"),
            row.text("title"),
            row.text("authority"),
            row.text("origin"),
            row.text("licence"),
            row.text("attribution"),
            row.partial_date("as_of"),
            row.text("sha256"),
        )
        for row in read_rows("sources.csv", columns, folder)
    )
