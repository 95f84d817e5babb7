"""Suggest the definition of a boundary file (数据说明初稿): what the file tells, the rest to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import shapely

from geoname.core.boundaries.datum_check import check_datum
from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.datum import read_frame
from geoname.core.coordinates.datum_metres import looks_like_metres, looks_swapped
from geoname.errors import InvalidInputError
from geoname.formats.boundary_reading import BoundaryTable, read_boundary_file
from geoname.formats.definition import (
    AXIS_ORDERS,
    Definition,
    definition_beside,
    read_definition,
    write_definition,
)
from geoname.service.boundary_codes import Register
from geoname.service.boundary_file import edition_id_of, scope_polygons
from geoname.service.boundary_place import guess_projection, to_degrees
from geoname.service.boundary_rows import FieldMapping, common_scope, map_fields, territories_of_rows
from geoname.service.opened import Geoname

_USUAL = "EPSG:4490"


@dataclass(frozen=True, slots=True)
class SuggestedDefinition:
    """A definition as TOML, and the keys that only a person can fill in."""

    text: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _System:
    crs: str
    lat_first: bool
    note: str


def suggest_definition(
    geoname: Geoname, file: Path, definition_file: Path | None = None
) -> SuggestedDefinition:
    """What can be told of a file, added to what its definition says already.

    Fields are guessed by their values and names, the reference system by what the file says, by the size of
    the numbers and by the lines of the active edition. Errors as of a load, provenance apart.
    """
    found = definition_file or definition_beside(file)
    known = read_definition(found) if found is not None else Definition()
    table = read_boundary_file(file, known.layer, known.encoding)
    index = geoname.live()
    names = Register(index.atlas).names()
    mapping = map_fields(table, known.fields, names)
    raw = territories_of_rows(table, mapping, names)
    scope = known.within or common_scope(raw.codes)
    system = _system(geoname, table, mapping, names, scope)
    notes = {
        f"fields.{wanted}": f"{how}, {mapping.shares[wanted]:.0%} known to the register"
        for wanted, how in mapping.how.items()
        if how == "guessed"
    }
    if system.note and not known.crs:
        notes["crs"] = system.note
    guess = replace(
        known,
        title=known.title or file.stem,
        crs=known.crs or system.crs,
        axis_order=AXIS_ORDERS[1] if system.lat_first else known.axis_order,
        encoding=known.encoding or _encoding(table),
        layer=known.layer or (table.layer if table.format == "GeoPackage" else ""),
        id=edition_id_of(file, known),
        within=scope,
        fields={"code": mapping.code} | ({"name": mapping.name} if mapping.name else {}),
    )
    return SuggestedDefinition(write_definition(guess, notes), guess.missing)


def _encoding(table: BoundaryTable) -> str:
    return "" if table.encoding is None else table.encoding.name.lower().removesuffix("-sig")


def _system(
    geoname: Geoname,
    table: BoundaryTable,
    mapping: FieldMapping,
    names: Mapping[str, str],
    scope: tuple[str, ...],
) -> _System:
    """The reference system that the file says, or that its numbers suggest."""
    said = read_frame(table.crs, field="file") if table.crs else None
    if said is not None and said.is_projected:
        return _System(said.text, False, "said by the file")
    edition = geoname.live().boundaries.territories
    around = scope_polygons(scope, edition)
    places = shapely.get_coordinates(table.shapes)
    x, y = places[:, 0], places[:, 1]
    if looks_like_metres(x, y):
        guesses = guess_projection(x, y, around)
        if not guesses:
            raise InvalidInputError(
                f"the coordinates are metres ({x[0]:.0f}, {y[0]:.0f}), projection unknown: name its code",
                zh=f"坐标是米（{x[0]:.0f}，{y[0]:.0f}），投影不明：请写出其 EPSG 代码",
                field="crs",
            )
        titles = " / ".join(f"{one.crs} {one.title}" for one in guesses)
        return _System(guesses[0].crs, guesses[0].northing_first, f"guessed: {titles}; make sure")
    swapped = looks_swapped(x, y)
    plain = said.text if said is not None else _USUAL
    territories = to_degrees(
        territories_of_rows(table, mapping, names), read_frame(Crs.WGS84.value), swapped, around
    )
    finding = check_datum(territories, edition, Crs.WGS84)
    if finding is not None and finding.is_wrong:
        note = f"told by the lines, confidence {finding.confidence:.4f}"
        return _System(finding.likely.value, swapped, note)
    checked = "" if finding is None else f", {finding.median_m[Crs.WGS84]:.0f} m from the edition in use"
    return _System(plain, swapped, ("said by the file" if said is not None else "guessed") + checked)
