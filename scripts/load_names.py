"""Load a table of names: python scripts/load_names.py FILE [--dry-run …].

The same as `geoname load names`, which lists the options.
"""

from __future__ import annotations

import sys

from geoname.faces.cli.main import run

if __name__ == "__main__":
    sys.exit(run(["load", "names", *sys.argv[1:]]))
