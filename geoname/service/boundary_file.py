"""One boundary file read with its definition (界线数据文件): fields mapped, coordinates brought to WGS 84."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from geoname.core.boundaries.datum_check import DatumFinding
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.datum import Frame
from geoname.core.divisions.code import parse_code
from geoname.errors import InvalidInputError
from geoname.formats.boundary_reading import BoundaryTable, read_boundary_file
from geoname.formats.definition import (
    AXIS_ORDERS,
    Definition,
    definition_beside,
    read_definition,
    require_file,
)
from geoname.service.boundary_place import frame_of, require_datum, require_where_it_belongs, to_degrees
from geoname.service.boundary_rows import FieldMapping, common_scope, map_fields, territories_of_rows

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """What a file holds: its table as it is, and its territories in WGS 84."""

    file: Path
    definition: Definition
    table: BoundaryTable
    mapping: FieldMapping
    frame: Frame
    territories: Territories
    within: tuple[str, ...]
    datum: DatumFinding | None


def definition_of(file: Path, definition_file: Path | None) -> Definition:
    """The definition named, or the one beside the file; InvalidInputError listing what it does not say.

    DataFileError when the file is not there.
    """
    require_file(file)
    found = definition_file or definition_beside(file)
    definition = read_definition(found) if found is not None else Definition()
    if definition.missing:
        keys = ", ".join(definition.missing)
        where = found.name if found is not None else f"{file.name}.toml"
        raise InvalidInputError(
            f"the provenance lacks {keys}: write them into {where} (--suggest-definition gives a beginning)",
            zh=f"来源说明缺少 {keys}：请写入 {where}（可用 --suggest-definition 生成初稿）",
            field="definition",
        )
    return definition


def edition_id_of(file: Path, definition: Definition) -> str:
    """The id of the edition that a file becomes: what the definition says, or else the file's name."""
    if definition.id:
        if _ID.fullmatch(definition.id) is None:
            raise InvalidInputError(
                f"id {definition.id!r} must be Latin letters, digits, dots, dashes: such as gz-2024",
                zh=f"id {definition.id!r} 只能用拉丁字母、数字、点和短横，如 gz-2024",
                field="id",
            )
        return definition.id
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", file.stem).strip("-.")[:40]
    if plain and file.stem.isascii():
        return plain
    # A Chinese file name leaves nothing to tell two files apart by.
    return f"{plain or 'own'}-{hashlib.sha256(file.stem.encode()).hexdigest()[:8]}"


def read_own_file(
    file: Path, definition: Definition, names: Mapping[str, str], edition: Territories
) -> BoundaryFile:
    """Read a file as its definition says; `names` are the register's by code, `edition` is the one in use.

    InvalidInputError for fields, codes, shapes or coordinates at fault, DataFileError for a damaged file.
    """
    table = read_boundary_file(file, definition.layer, definition.encoding)
    mapping = map_fields(table, definition.fields, names)
    raw = territories_of_rows(table, mapping, names)
    frame = frame_of(definition.crs, table.crs)
    within = tuple(parse_code(code, field="within") for code in definition.within)
    scope = within or common_scope(raw.codes)
    around = scope_polygons(scope, edition)
    territories = to_degrees(raw, frame, definition.axis_order == AXIS_ORDERS[1], around)
    datum = require_datum(territories, edition, frame.degrees)
    require_where_it_belongs(territories, around)
    return BoundaryFile(file, definition, table, mapping, frame, territories, scope, datum)


def scope_polygons(scope: tuple[str, ...], edition: Territories) -> list[BaseGeometry]:
    """The edition's polygons of these divisions, or of those that they lie in."""
    known = dict(zip(edition.codes, edition.polygons, strict=True))
    found = (
        next((known[code[:digits]] for digits in (12, 9, 6, 4, 2) if code[:digits] in known), None)
        for code in scope
    )
    return [polygon for polygon in found if polygon is not None]


def content_digest(table: BoundaryTable, definition: Definition, repair_m: float | None) -> str:
    """SHA-256 of all that decides what an edition becomes: the file, its definition, the mending."""
    said = repr((table.sha256, definition, sorted(definition.fields.items()), repair_m))
    return hashlib.sha256(said.encode()).hexdigest()
