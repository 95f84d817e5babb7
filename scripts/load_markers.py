"""Load boundary markers from a file: python scripts/load_markers.py FILE [--dry-run …].

The same as `geoname load markers`, which lists the options.
"""

from __future__ import annotations

import sys

from geoname.faces.cli.main import run

if __name__ == "__main__":
    sys.exit(run(["load", "markers", *sys.argv[1:]]))
