"""Remakes the vendored map library (地图库) of the web page from its published package."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from packages import NpmPackage, PackageNotAtHandError

MAPLIBRE = NpmPackage(
    "maplibre-gl", "6.17.0", "587807d8d6c99349022e027fa310c16cfaa55392131f6263df080306db6809b0"
)
STATIC = Path(__file__).resolve().parent.parent / "geoname" / "faces" / "page" / "static"
FOLDER = STATIC / "vendor" / f"{MAPLIBRE.name}-{MAPLIBRE.version}"
TAKEN = {
    "LICENSE": "LICENSE.txt",
    "maplibre-gl-worker.mjs": "dist/maplibre-gl-worker.mjs",
    "maplibre-gl.css": "dist/maplibre-gl.css",
    "maplibre-gl.mjs": "dist/maplibre-gl.mjs",
}
NOT_AT_HAND = 4


def main() -> int:
    """Write the folder, or with --check compare it with the package: 0 the same, 1 not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the files there, write nothing")
    parser.add_argument("--packages", type=Path, help="a folder with the tarball already fetched")
    chosen = parser.parse_args()
    try:
        made = contents(chosen.packages)
    except PackageNotAtHandError as trouble:
        print(trouble, file=sys.stderr)
        return NOT_AT_HAND
    present = {path.name: path.read_bytes() for path in FOLDER.iterdir()} if FOLDER.is_dir() else {}
    different = sorted(name for name in present.keys() | made.keys() if present.get(name) != made.get(name))
    for name in different:
        if chosen.check:
            print(f"{FOLDER.name}/{name} differs from what is published", file=sys.stderr)
        elif name in made:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_bytes(made[name])
            print(f"{FOLDER.name}/{name} written")
        else:
            (FOLDER / name).unlink()
            print(f"{FOLDER.name}/{name} removed")
    return 1 if different and chosen.check else 0


def contents(folder: Path | None) -> dict[str, bytes]:
    """The files that the page needs, byte for byte as published, and their SHA256SUMS."""
    found = dict(zip(TAKEN, MAPLIBRE.members(*TAKEN.values(), folder=folder), strict=True))
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in found.items())
    return {**found, "SHA256SUMS": sums.encode("ascii")}


if __name__ == "__main__":
    raise SystemExit(main())
