"""Rows of territories and boundary lines (界线), with the digest of an edition's content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.line import BoundaryLine, LineOrigin
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.store.rows.cells import Row, check_cells, choice

_POLYGON, _MULTIPOLYGON = 3, 6


def territory_rows(territories: Territories) -> list[Row]:
    """Rows without geometry, in the order of the territories."""
    rows = [
        {"code": code, "name": name, "level": level.value}
        for code, name, level in zip(territories.codes, territories.names, territories.levels, strict=True)
    ]
    for row in rows:
        check_cells(row, "territory")
    return rows


def as_multipolygons(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """The same polygons as multi-polygons; InvalidInputError for what is none or is empty."""
    kinds = shapely.get_type_id(polygons)
    wrong = np.flatnonzero(~np.isin(kinds, (_POLYGON, _MULTIPOLYGON)) | shapely.is_empty(polygons))
    if len(wrong):
        raise InvalidInputError(
            f"territory {wrong[0]} has no polygon: give a Polygon or MultiPolygon for each",
            zh=f"第 {wrong[0] + 1} 个区域没有多边形：每个区域须有 Polygon 或 MultiPolygon",
            field="polygons",
        )
    whole = polygons.copy()
    single = np.flatnonzero(kinds == _POLYGON)
    if len(single):
        whole[single] = shapely.multipolygons(polygons[single], indices=np.arange(len(single)))
    return whole


def territories_of(rows: Sequence[Row], polygons: NDArray[np.object_]) -> Territories:
    """Territories by level and code; a multi-polygon of one part is given as that polygon."""
    simple = polygons.copy()
    single = np.flatnonzero(shapely.get_num_geometries(polygons) == 1)
    simple[single] = shapely.get_geometry(polygons[single], 0)
    levels = [choice(Level, row["level"], "level") for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (levels[i].depth, rows[i]["code"]))
    return Territories(
        tuple(rows[i]["code"] for i in order),
        tuple(rows[i]["name"] for i in order),
        tuple(levels[i] for i in order),
        simple[np.asarray(order, dtype=np.intp)],
    )


def line_rows(lines: Sequence[BoundaryLine]) -> list[Row]:
    """Rows without geometry, in the order of the lines; InvalidInputError for a line without course."""
    rows = [
        {
            "side_a": line.sides[0],
            "side_b": line.sides[1],
            "level": line.level.value,
            "length_m": float(line.length_m),
            "origin": line.origin.value,
        }
        for line in lines
    ]
    for row, line in zip(rows, lines, strict=True):
        check_cells(row, "boundary_line")
        if line.course.is_empty:
            raise InvalidInputError(
                f"line {row['side_a']}-{row['side_b']} has no course: give a MultiLineString",
                zh=f"界线 {row['side_a']}-{row['side_b']} 没有走向：请给出 MultiLineString",
                field="course",
            )
    return rows


def courses(lines: Sequence[BoundaryLine]) -> NDArray[np.object_]:
    """The courses of lines as an array."""
    array = np.empty(len(lines), dtype=object)
    array[:] = [line.course for line in lines]
    return array


def line_of(row: Row, course: shapely.MultiLineString) -> BoundaryLine:
    """The boundary line of a row."""
    return BoundaryLine(
        (row["side_a"], row["side_b"]),
        choice(Level, row["level"], "level"),
        row["length_m"],
        course,
        choice(LineOrigin, row["origin"], "origin"),
    )


def content_digest(
    territory: Sequence[Row],
    polygons: NDArray[np.object_],
    line: Sequence[Row],
    lines: NDArray[np.object_],
) -> str:
    """SHA-256 over rows and coordinates of an edition, whatever their order and the database's encoding."""
    digest = hashlib.sha256()
    for rows, geometries in ((territory, polygons), (line, lines)):
        bodies = shapely.to_wkb(geometries, output_dimension=2, byte_order=1)
        entries = [
            (json.dumps(row, ensure_ascii=False, sort_keys=True), body)
            for row, body in zip(rows, bodies, strict=True)
        ]
        for text, body in sorted(entries):
            digest.update(text.encode() + b"\0" + body + b"\0")
    return digest.hexdigest()
