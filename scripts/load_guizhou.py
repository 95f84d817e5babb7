"""Load the shipped data set of Guizhou into a database: python scripts/load_guizhou.py [var/geoname.gpkg]."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from geoname.service.load_guizhou import load_guizhou


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "var/geoname.gpkg"
    Path(address).parent.mkdir(parents=True, exist_ok=True)
    report = load_guizhou(
        address,
        Path(address).parent / "cache",
        getpass.getuser(),
        lambda step, done, of: print(f"{done + 1}/{of} {step}", file=sys.stderr),
    )
    print(report)


if __name__ == "__main__":
    main()
