"""Hand out the active edition's territories or lines as a file that GIS programs open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.service.answers import EditionShown
from geoname.service.browse_divisions import find_division
from geoname.service.live_boundaries import Boundaries, KnownLine, level_of
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class ExportReport:
    """How many features went into which file, from which edition; `exact` when it is of the day asked for."""

    file: str
    features: int
    edition: EditionShown
    exact: bool


def export_boundaries(
    geoname: Geoname,
    file: Path,
    what: str = "territories",
    level: str = "county",
    within: str | None = None,
    on: date | None = None,
) -> ExportReport:
    """Write the territories or the lines of a level, those within a division only when one is given.

    They are the edition's in use, and `within` is a code of the day `on`. The ending of the file chooses the
    format; every feature names its edition and what a map must show.
    """
    # GeoPandas takes longer to import than a question takes to answer, and is needed here only.
    from geoname.formats.boundary_files import write_boundary_file

    index = geoname.live()
    boundaries = index.boundaries
    wanted = level_of(boundaries, level)
    span = (0, len(index.atlas))
    if within:
        span = index.atlas.span(find_division(index, within, None, on, field="within").division.id)
    if what == "territories":
        columns, shapes = _territories(index, boundaries, wanted, span)
    elif what == "lines":
        columns, shapes = _lines(index, boundaries, wanted, span)
    else:
        raise InvalidInputError(
            f"{what!r} cannot be exported: use territories or lines",
            zh=f"不能导出 {what!r}：请用 territories 或 lines",
            field="what",
        )
    edition = boundaries.edition
    count = len(shapes)
    columns["edition"] = [edition.id] * count
    columns["as_of"] = [edition.as_of] * count
    columns["map_note"] = [edition.map_note] * count
    drawn = np.empty(count, dtype=object)
    drawn[:] = shapes
    written = write_boundary_file(file, columns, drawn, what)
    return ExportReport(str(file), written, edition, boundaries.is_exact_on(on))


Columns = tuple[dict[str, list[object]], list[object]]


def _territories(index: LiveIndex, boundaries: Boundaries, level: Level, span: tuple[int, int]) -> Columns:
    territories = boundaries.territories
    chosen = [
        i
        for i, at in enumerate(territories.levels)
        if at is level and span[0] <= index.atlas.position(boundaries.division_ids[i]) < span[1]
    ]
    return (
        {
            "code": [territories.codes[i] for i in chosen],
            "name": [territories.names[i] for i in chosen],
            "level": [level.value] * len(chosen),
        },
        [territories.polygons[i] for i in chosen],
    )


def _lines(index: LiveIndex, boundaries: Boundaries, level: Level, span: tuple[int, int]) -> Columns:
    def touches(line: KnownLine) -> bool:
        return any(span[0] <= index.atlas.position(side.id) < span[1] for side in line.sides)

    lines = [line for line in boundaries.lines if line.sides[0].level == level and touches(line)]
    return (
        {
            "line_id": [line.id for line in lines],
            "side_a": [line.sides[0].name for line in lines],
            "side_b": [line.sides[1].name for line in lines],
            "level": [line.level.value for line in lines],
            "length_m": [round(line.length_m, 1) for line in lines],
            "origin": [str(line.origin) for line in lines],
        },
        [line.course for line in lines],
    )
