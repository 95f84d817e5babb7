"""The shipped data set of Guizhou as values: divisions (行政区划) and their kept identifiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level, kind_of
from geoname.core.validity.period import Period
from geoname.errors import InvalidInputError
from geoname.formats.shipped_files import Row, read_rows, shipped_folder

__all__ = ["ShippedDivision", "read_divisions", "shipped_folder"]

NBS_LIST_OF = date(2023, 6, 30)
_LEVEL_OF_LENGTH = {
    2: Level.PROVINCE,
    4: Level.PREFECTURE,
    6: Level.COUNTY,
    9: Level.TOWNSHIP,
    12: Level.VILLAGE,
}
_PARENT_LENGTH = {4: 2, 6: 4, 9: 6, 12: 9}


@dataclass(frozen=True, slots=True)
class ShippedDivision:
    """A division of the shipped data set and the id of its name; both ids are permanent."""

    division: Division
    name_id: str
    code: str


def read_divisions(folder: Path | None = None) -> tuple[ShippedDivision, ...]:
    """Guizhou from the province to the 17,964 villages, a parent always before its children.

    NBS codes of 2023-06-30; counties and above carry the same code as gb2260. DataFileError for damage.
    """
    rows = read_rows("guizhou/divisions.csv", ("id", "name_id", "code", "name"), folder)
    id_of_code: dict[str, str] = {}
    return tuple(_shipped(row, id_of_code) for row in rows)


def _shipped(row: Row, id_of_code: dict[str, str]) -> ShippedDivision:
    code, name, own_id = row.text("code"), row.text("name"), row.text("id")
    level = _LEVEL_OF_LENGTH.get(len(code))
    if level is None or not code.isdecimal():
        raise row.fault("code", f"{code!r} is not 2, 4, 6, 9 or 12 digits")
    parent_length = _PARENT_LENGTH.get(len(code))
    parent_id = id_of_code.get(code[:parent_length]) if parent_length else None
    if parent_length and parent_id is None:
        raise row.fault("code", f"no row before this one has the code {code[:parent_length]} above it")
    if id_of_code.setdefault(code, own_id) != own_id:
        raise row.fault("code", f"{code} stands twice")
    schemes = (Scheme.NBS,) if level.depth > Level.COUNTY.depth else (Scheme.GB2260, Scheme.NBS)
    division = Division(
        own_id,
        name,
        level,
        _kind(row, code, name, level),
        parent_id,
        tuple(Code(scheme, code, NBS_LIST_OF, Period(known_on=NBS_LIST_OF)) for scheme in schemes),
        Period(known_on=NBS_LIST_OF),
    )
    return ShippedDivision(division, row.text("name_id"), code)


def _kind(row: Row, code: str, name: str, level: Level) -> DivisionKind:
    try:
        kind = kind_of(name, level)
    except InvalidInputError as error:
        raise row.fault("name", error.message) from None
    if kind is DivisionKind.OTHER_VILLAGE:
        # Short forms (纪念塔社区, 太慈村) say it by their serial: 001–199 residents, 200–399 villagers.
        serial = int(code[9:])
        if serial < 200:
            return DivisionKind.RESIDENTS_COMMITTEE
        if serial < 400:
            return DivisionKind.VILLAGERS_COMMITTEE
    return kind
