"""The shipped word lists of matching (匹配词表): variant characters, and characters of similar shape."""

from __future__ import annotations

from pathlib import Path

from geoname.formats.shipped_files import read_rows


def read_variant_characters(folder: Path | None = None) -> dict[str, str]:
    """Each traditional or variant character and the standard one that is meant by it."""
    rows = read_rows("matching/variants.csv", ("character", "standard", "list"), folder)
    return {row.text("character"): row.text("standard") for row in rows}


def read_similar_shapes(folder: Path | None = None) -> dict[str, str]:
    """Each character and those that look like it, as one text."""
    rows = read_rows("matching/similar_shapes.csv", ("character", "similar"), folder)
    return {row.text("character"): row.text("similar") for row in rows}
