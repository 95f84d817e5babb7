"""Load a table of changes of divisions: the same as `geoname load changes`, from a checkout."""

from __future__ import annotations

import sys

from geoname.faces.cli.main import run

if __name__ == "__main__":
    sys.exit(run(["load", "changes", *sys.argv[1:]]))
