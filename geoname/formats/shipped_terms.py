"""The shipped table of terms of joint inspections (联检时限): law, practice and suggestion, each marked."""

from __future__ import annotations

from pathlib import Path

from geoname.core.inspections.deadlines import Term, Terms
from geoname.formats.shipped_files import read_rows
from geoname.formats.shipped_words import known_of


def read_terms(folder: Path | None = None) -> Terms:
    """Every term with its value, origin and mark, by code."""
    columns = ("code", "zh", "en", "value", "unit", "origin", "origin_en", "mark")
    rows = read_rows("inspections/terms.csv", columns, folder)
    return Terms(
        {
            row.text("code"): Term(
                row.text("code"), row.text("zh"), row.text("en"), row.text("value"), row.text("unit"),
                row.text("origin"), row.text("origin_en"), known_of(row),
            )
            for row in rows
        }
    )  # fmt: skip
