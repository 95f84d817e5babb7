"""Make data/readings/place_readings.csv: place-name readings, and the characters to be confirmed.

Its inputs: readings/corrections.csv, written by hand; guizhou/county_pinyin.csv, the spelling of province,
prefectures and counties; guizhou/reading_watchlist.csv, the characters of township and county names that have
several readings or are rare.
"""

from __future__ import annotations

import sys
from pathlib import Path

from shipped_output import DATA, run, table_bytes, table_rows

from geoname.core.names.readings import ReadingTable
from geoname.core.names.syllables import APOSTROPHE, split_syllables

HEADER = ("text", "scope", "reading", "source", "mark", "basis")


def reading_of(spelling: str) -> str:
    """Syllables of one capitalised segment, spaces between."""
    parts = [split_syllables(part) for part in spelling.lower().split(APOSTROPHE)]
    if None in parts:
        sys.exit(f"{spelling}: is not spelt in syllables")
    return " ".join(syllable for part in parts if part for syllable in part)


def make(_: Path | None) -> dict[str, bytes]:
    corrections = table_rows((DATA / "readings/corrections.csv").read_bytes())
    rows = {(row["scope"], row["text"]): tuple(row[column] for column in HEADER) for row in corrections}
    if len(rows) != len(corrections):
        sys.exit("corrections.csv: a text stands twice in one scope")
    for county in table_rows((DATA / "guizhou/county_pinyin.csv").read_bytes()):
        reading = reading_of(county["pinyin_toned"].split()[0])
        key = ("phrase", county["specific"])
        if key in rows and rows[key][2] != reading:
            sys.exit(f"{county['specific']}: {rows[key][2]} in corrections.csv, {reading} among the counties")
        rows.setdefault(key, (county["specific"], "phrase", reading, "dictionary", "M", county["name"]))
    for watched in table_rows((DATA / "guizhou/reading_watchlist.csv").read_bytes()):
        row = (watched["character"], "watch", "", "", "C", f"读音 {watched['all_readings']}")
        rows.setdefault(("watch", watched["character"]), row)
    ordered = [rows[key] for key in sorted(rows)]
    ReadingTable.from_rows(dict(zip(HEADER, row, strict=True)) for row in ordered)
    return {"readings/place_readings.csv": table_bytes(HEADER, ordered)}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
