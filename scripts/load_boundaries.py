"""Load a file of polygons as a draft edition: python scripts/load_boundaries.py FILE [--activate …].

The same as `geoname load boundaries`, which lists the options.
"""

from __future__ import annotations

import sys

from geoname.faces.cli.main import run

if __name__ == "__main__":
    sys.exit(run(["load", "boundaries", *sys.argv[1:]]))
