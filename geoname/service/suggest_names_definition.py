"""Suggest the definition of a table of names (数据说明初稿): what the file tells, the rest to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geoname.core.coordinates.datum import read_frame
from geoname.core.coordinates.datum_metres import looks_like_metres, looks_swapped
from geoname.formats.definition import (
    AXIS_ORDERS,
    Definition,
    definition_beside,
    read_definition,
    write_definition,
)
from geoname.formats.dms import read_degrees
from geoname.formats.register_fields import RegisterFields, map_register_fields
from geoname.formats.register_table import RegisterBatch, RegisterTable
from geoname.service.boundary_file import edition_id_of, scope_polygons
from geoname.service.boundary_place import guess_projection
from geoname.service.load_names_datum import warned_of_datum
from geoname.service.load_names_places import PlaceReader, datum_written, without_packing
from geoname.service.load_names_rows import RecordChecker
from geoname.service.opened import Geoname
from geoname.service.suggest_definition import SuggestedDefinition

_USUAL = "EPSG:4490"
_BATCHES = 5
Array = NDArray[np.float64]


def suggest_names_definition(
    geoname: Geoname, file: Path, definition_file: Path | None = None
) -> SuggestedDefinition:
    """What can be told of a table, added to what its definition says already.

    Fields are told by their headings, the reference system by what the file or its cells say, by the size of
    the numbers and by the divisions that the places name. Errors as of a load, provenance apart.
    """
    found = definition_file or definition_beside(file)
    known = read_definition(found) if found is not None else Definition()
    table = RegisterTable(file, known.layer, known.encoding)
    try:
        fields = map_register_fields(
            table.columns, known.fields, table.has_geometry, cut=table.format == "Shapefile"
        )
        batches = list(islice(table.batches(), _BATCHES))
        crs, lat_first, note = _system(geoname, known, table, fields, batches)
    finally:
        table.close()
    notes = {f"fields.{wanted}": "by its heading" for wanted, how in fields.how.items() if how == "guessed"}
    notes["id"] = "the next delivery of these records must bear the same id"
    if note and not known.crs:
        notes["crs"] = note
    guess = replace(
        known,
        title=known.title or file.stem,
        crs=known.crs or crs,
        axis_order=AXIS_ORDERS[1] if lat_first else known.axis_order,
        encoding=known.encoding or table.encoding.removesuffix("-SIG").lower(),
        layer=known.layer or (table.layer if table.format in ("GeoPackage", "XLSX") else ""),
        id=edition_id_of(file, known),
        fields=dict(fields.columns),
    )
    return SuggestedDefinition(write_definition(guess, notes), guess.missing)


def _system(
    geoname: Geoname,
    known: Definition,
    table: RegisterTable,
    fields: RegisterFields,
    batches: Sequence[RegisterBatch],
) -> tuple[str, bool, str]:
    """The reference system, whether latitude comes first, and how that is known."""
    said = read_frame(table.crs, field="file") if table.crs else None
    if said is not None and said.is_projected:
        return said.text, False, "said by the file"
    positions = {wanted: table.columns.index(column) for wanted, column in fields.columns.items()}
    x, y = _sample(positions, batches)
    if len(x) == 0:
        return _USUAL, False, "no coordinates found"
    territories = geoname.live().boundaries.territories
    around = scope_polygons(known.within, territories) or list(territories.polygons)
    if looks_like_metres(x, y):
        guesses = guess_projection(x, y, around)
        titles = " / ".join(f"{one.crs} {one.title}" for one in guesses)
        if not guesses:
            return (
                "",
                False,
                f"metres ({x[0]:.0f}, {y[0]:.0f}): find out the projection and name its EPSG code",
            )
        return guesses[0].crs, guesses[0].northing_first, f"guessed: {titles}; make sure"
    swapped = looks_swapped(x, y)
    plain = said.text if said is not None else _written(positions, batches) or _USUAL
    guess = replace(known, crs=plain, axis_order=AXIS_ORDERS[1] if swapped else AXIS_ORDERS[0])
    checker = RecordChecker(geoname, guess, fields, table.columns, PlaceReader(guess, read_frame(plain)))
    for batch in batches:
        checker.check(batch, around)
    datum = checker.where.finding()
    if datum is not None and datum.is_wrong:
        return datum.likely.value, swapped, f"told by the divisions, confidence {datum.confidence:.4f}"
    note = "said by the file" if said is not None else "guessed; make sure"
    doubt = "".join(f"; {warned.en}" for warned in warned_of_datum(datum))
    return plain, swapped, note + doubt


def _sample(positions: Mapping[str, int], batches: Sequence[RegisterBatch]) -> tuple[Array, Array]:
    """The coordinates in the first batches as the file writes them, signs undone."""
    xs, ys = [np.empty(0)], [np.empty(0)]
    for batch in batches:
        if "lon" in positions and "lat" in positions:
            x, y = (read_degrees(batch.columns[positions[side]])[0] for side in ("lon", "lat"))
            x, y = without_packing(x, y)
        elif batch.places is not None:
            x, y = batch.places.x, batch.places.y
        else:
            continue
        there = ~(np.isnan(x) | np.isnan(y))
        xs.append(x[there])
        ys.append(y[there])
    return np.concatenate(xs), np.concatenate(ys)


def _written(positions: Mapping[str, int], batches: Sequence[RegisterBatch]) -> str:
    """The datum that the cells name, if they agree."""
    if "crs" not in positions:
        return ""
    named = {
        datum_written(str(cell)) for batch in batches for cell in batch.columns[positions["crs"]] if cell
    }
    only = named.pop() if len(named) == 1 else None
    return "" if only is None else _USUAL if only.value == "cgcs2000" else only.value
