"""Load a list of divisions: the same as `geoname load divisions`, from a checkout."""

from __future__ import annotations

import sys

from geoname.faces.cli.main import run

if __name__ == "__main__":
    sys.exit(run(["load", "divisions", *sys.argv[1:]]))
