"""Suggest the definition of a file of lines or markers (数据说明初稿): what it tells, the rest to fill in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.coordinates.datum import read_frame
from geoname.core.coordinates.datum_metres import looks_like_metres, looks_swapped
from geoname.core.coordinates.old_datum import old_datum
from geoname.formats.definition import (
    AXIS_ORDERS,
    Definition,
    definition_beside,
    read_definition,
    write_definition,
)
from geoname.formats.dms import read_degrees
from geoname.formats.line_fields import LINE_HEADINGS, LINE_NEEDED, MARKER_HEADINGS, MARKER_NEEDED
from geoname.formats.line_table import LineTable, read_line_table
from geoname.service.boundary_place import guess_projection
from geoname.service.opened import Geoname
from geoname.service.suggest_definition import SuggestedDefinition

_KINDS = {"lines": (LINE_HEADINGS, LINE_NEEDED), "markers": (MARKER_HEADINGS, MARKER_NEEDED)}
_USUAL = "EPSG:4490"
Array = NDArray[np.float64]


def suggest_lines_definition(
    geoname: Geoname, kind: str, file: Path, definition_file: Path | None = None
) -> SuggestedDefinition:
    """What can be told of a file of `kind` lines or markers, added to what its definition says already.

    Fields are told by their headings, the reference system by what the file or its cells say and by the size
    of the numbers. Errors as of a load, provenance apart.
    """
    found = definition_file or definition_beside(file)
    known = read_definition(found) if found is not None else Definition()
    headings, needed = _KINDS[kind]
    table = read_line_table(file, headings, (), known.fields, known.layer, known.encoding)
    x, y = _places(table)
    crs, lat_first, note = _system(geoname, table, x, y) if len(x) else ("", False, "")
    notes = {f"fields.{field}": "by its heading" for field in table.columns if field not in known.fields}
    if not known.crs:
        notes["crs"] = note or "for a file with coordinates only"
    lacking = [group[0] for group in needed if not set(group) & set(table.columns)]
    notes |= {f"fields.{field}": f"one of: {', '.join(table.unused)}" for field in lacking}
    guess = replace(
        known,
        title=known.title or file.stem,
        crs=known.crs or crs,
        axis_order=AXIS_ORDERS[1] if lat_first else known.axis_order,
        encoding=known.encoding or table.encoding.lower().removesuffix("-sig"),
        fields=dict(table.columns) | dict.fromkeys(lacking, ""),
    )
    missing = [key for key in guess.missing if key != "crs" or note]
    missing += [f"fields.{field}" for field in lacking]
    return SuggestedDefinition(write_definition(guess, notes), tuple(missing))


def _places(table: LineTable) -> tuple[Array, Array]:
    """The coordinates as the file writes them."""
    if table.shapes is not None and not shapely.is_missing(table.shapes).all():
        places = shapely.get_coordinates(table.shapes)
        return places[:, 0], places[:, 1]
    x, y = (read_degrees([row.get(side) or None for row in table.rows])[0] for side in ("x", "y"))
    there = ~(np.isnan(x) | np.isnan(y))
    return x[there], y[there]


def _system(geoname: Geoname, table: LineTable, x: Array, y: Array) -> tuple[str, bool, str]:
    """The reference system, whether latitude or the northing comes first, and how that is known."""
    written = {row["crs"] for row in table.rows if row.get("crs")}
    if written:
        return (next(iter(written)) if len(written) == 1 else _USUAL), False, "as its rows say"
    if table.crs and old_datum(table.crs) is None:
        said = read_frame(table.crs, field="file")
        if said.is_projected or not looks_like_metres(x, y):
            return said.text, False, "said by the file"
    if looks_like_metres(x, y):
        around = list(geoname.live().boundaries.territories.polygons)
        guesses = guess_projection(x, y, around)
        if not guesses:
            metres = f"metres ({x[0]:.0f}, {y[0]:.0f}): find out the projection and name its EPSG code"
            return "", False, metres
        titles = " / ".join(f"{one.crs} {one.title}" for one in guesses)
        return guesses[0].crs, guesses[0].northing_first, f"guessed: {titles}; make sure"
    return _USUAL, looks_swapped(x, y), "guessed; make sure"
