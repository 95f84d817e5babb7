"""Load registered boundary lines from a file: python scripts/load_lines.py FILE [--dry-run …].

The same as `geoname load lines`, which lists the options.
"""

from __future__ import annotations

import sys

from geoname.faces.cli.main import run

if __name__ == "__main__":
    sys.exit(run(["load", "lines", *sys.argv[1:]]))
