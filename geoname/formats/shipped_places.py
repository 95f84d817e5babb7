"""The shipped populated places (居民点) and the list of provincial boundary lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geoname.core.law.citation import Known
from geoname.formats.shipped_files import Row, read_rows
from geoname.formats.shipped_words import known_of


@dataclass(frozen=True, slots=True)
class PopulatedPlace:
    """A populated place of GeoNames, in degrees, WGS 84.

    `name` is Chinese where an alternate name of the same sound gives it, else `roman`. `county` is the code
    of the county whose polygon (tianditu) holds the point, None outside the province. `seat_of` is the NBS
    code of the township or county whose seat it is, given only with its `proof`. `population` 0: not known.
    """

    id: str
    name_id: str
    geonameid: int
    name: str
    roman: str
    longitude: float
    latitude: float
    population: int
    county: str | None
    seat_of: str | None
    proof: str | None

    @property
    def is_chinese(self) -> bool:
        """Whether a Chinese name is known."""
        return self.name != self.roman


@dataclass(frozen=True, slots=True)
class ProvincialLine:
    """A boundary line between Guizhou and a neighbour: its names, the two provinces' codes, its own code.

    Length and markers are not published, so they are None.
    """

    name: str
    other_name: str
    sides: tuple[str, str]
    code: str
    length_km: float | None
    markers: int | None
    source: str
    known: Known


def read_populated_places(folder: Path | None = None) -> tuple[PopulatedPlace, ...]:
    """GeoNames' populated places of Guizhou; show "GeoNames, CC BY 4.0" where they are shown."""
    columns = (
        *("id", "name_id", "geonameid", "name", "roman", "longitude", "latitude", "population"),
        *("feature", "county", "seat_of", "proof"),
    )
    return tuple(_place(row) for row in read_rows("guizhou/populated_places.csv", columns, folder))


def read_provincial_lines(folder: Path | None = None) -> tuple[ProvincialLine, ...]:
    """The five lines between provinces."""
    columns = (
        *("line_name", "alt_name", "province_a", "code_a", "province_b", "code_b"),
        *("line_code_4", "length_km", "markers", "source", "mark"),
    )
    return tuple(
        ProvincialLine(
            row.text("line_name"),
            row.text("alt_name"),
            (row.text("code_a"), row.text("code_b")),
            row.text("line_code_4"),
            row.decimal("length_km") if row.optional("length_km") else None,
            row.whole("markers") if row.optional("markers") else None,
            row.text("source"),
            known_of(row),
        )
        for row in read_rows("guizhou/provincial_lines.csv", columns, folder)
    )


def _place(row: Row) -> PopulatedPlace:
    longitude, latitude = row.decimal("longitude"), row.decimal("latitude")
    if not -180 <= longitude <= 180:
        raise row.fault(
            "longitude",
            f"{longitude} is not between -180 and 180 degrees",
            f"{longitude} 不在 -180 至 180 度之间",
        )
    if not -90 <= latitude <= 90:
        raise row.fault(
            "latitude", f"{latitude} is not between -90 and 90 degrees", f"{latitude} 不在 -90 至 90 度之间"
        )
    if bool(row.optional("seat_of")) != bool(row.optional("proof")):
        raise row.fault(
            "proof", "a seat and its proof stand together or not at all", "驻地与依据须同时有或同时无"
        )
    return PopulatedPlace(
        row.text("id"),
        row.text("name_id"),
        row.whole("geonameid"),
        row.text("name"),
        row.text("roman"),
        longitude,
        latitude,
        row.whole("population"),
        row.optional("county"),
        row.optional("seat_of"),
        row.optional("proof"),
    )
