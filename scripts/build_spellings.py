"""Make data/guizhou/spelling_variants.csv and tie reading_watchlist.csv to divisions by county and name.

The watch list was drawn up over MCA codes, which mean other places in the NBS scheme: county and name tie.
"""

from __future__ import annotations

import sys
from pathlib import Path

from shipped_output import rows_written_before, run, table_bytes

WATCHED = "guizhou/reading_watchlist.csv"
# (NBS code, name there, the other spelling): one place, written differently by the two official lists.
VARIANTS = (
    ("520324116", "桴㯊镇", "桴焉镇"),
    ("520525101", "骔岭镇", "鬃岭镇"),
    ("520525202", "厍东关彝族白族苗族乡", "厍东关彝族苗族白族乡"),
    ("520525214", "左鸠戛彝族苗族乡", "左鶂戛彝族苗族乡"),
    ("522625100", "舞阳镇", "㵲阳镇"),
)


def make(_: Path | None) -> dict[str, bytes]:
    divisions = {row["code"]: row for row in rows_written_before("guizhou/divisions.csv")}
    for code, name, _other in VARIANTS:
        if divisions[code]["name"] != name:
            sys.exit(f"{code} is {divisions[code]['name']}, not {name}")
    id_of = {
        (code[:6] if len(code) > 6 else "", row["name"]): row["id"]
        for code, row in divisions.items()
        if len(code) <= 9
    }
    id_of |= {(code[:6], other): divisions[code]["id"] for code, _, other in VARIANTS}
    watched = rows_written_before(WATCHED)
    for row in watched:
        row["division_id"] = id_of[row["mca_code"][:6] if len(row["mca_code"]) > 6 else "", row["name"]]
    return {
        WATCHED: table_bytes(tuple(watched[0]), (tuple(row.values()) for row in watched)),
        "guizhou/spelling_variants.csv": table_bytes(
            ("division_id", "name", "other_spelling", "mark"),
            ((divisions[code]["id"], name, other, "C") for code, name, other in VARIANTS),
        ),
    }


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
