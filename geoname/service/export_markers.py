"""Hand out boundary markers (导出界桩) as a file that GIS programs open, each line's part of it on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from geoname.core.boundaries.marker import Marker
from geoname.core.register.token import Caller
from geoname.errors import ForbiddenError
from geoname.service.line_register import LineRegister
from geoname.service.marker_access import log_shown, may_see_marker
from geoname.service.opened import Geoname
from geoname.service.showing import written


@dataclass(frozen=True, slots=True)
class MarkerExportReport:
    """How many markers of how many lines went into which file, and how many have no place to be drawn at."""

    file: str
    features: int
    lines: int
    without_place: int


def export_markers(
    geoname: Geoname, file: Path, caller: Caller, within: str | None = None
) -> MarkerExportReport:
    """Write the markers that the caller may see, of lines along a division only when one is given.

    The chain of each line tells that its coordinates were given out, before the file is there. Markers in a
    datum that cannot be converted are counted and left out. ForbiddenError when there is nothing the caller
    may see though there are markers; errors as of any division's code and of any file that is written.
    """
    # GeoPandas takes longer to import than a question takes to answer, and is needed here only.
    from geoname.formats.boundary_files import write_boundary_file

    register = LineRegister(geoname)
    chosen = {entry.id for entry in register.select(within=within)}
    there = [one for one in geoname.store.markers() if one.line_id in chosen]
    seen = [one for one in there if may_see_marker(caller, register.entries[one.line_id], one)]
    if there and not seen:
        raise ForbiddenError(
            "markers are shown to a side of their line alone: use a token that acts for one",
            zh="界桩坐标只提供给界线的一方：请使用代表该方的令牌",
            field="within",
        )
    placed = [one for one in seen if one.position is not None and one.position.lon is not None]
    lines = sorted({one.line_id for one in placed})
    if lines:
        log_shown(geoname, caller, lines, f"markers, file {file.suffix.lower().lstrip('.')}")
    count = write_boundary_file(file, _columns(register, placed), _points(placed), "markers")
    return MarkerExportReport(str(file), count, len(lines), len(seen) - len(placed))


def _points(markers: Sequence[Marker]) -> np.ndarray:
    lon = [one.position.lon or 0.0 for one in markers if one.position is not None]
    lat = [one.position.lat or 0.0 for one in markers if one.position is not None]
    return np.asarray(shapely.points(lon, lat), dtype=object)


def _columns(register: LineRegister, markers: Sequence[Marker]) -> dict[str, list[object]]:
    at = [one.position for one in markers]
    references: list[object] = ["；".join(_reference(*each) for each in _told(one)) for one in markers]
    return {
        "number": [one.number for one in markers],
        "line_id": [one.line_id for one in markers],
        "line": [register.entries[one.line_id].name for one in markers],
        "type": [one.type.value for one in markers],
        "standing": [one.standing.zh for one in markers],
        "material": [one.material for one in markers],
        "state": ["" if one.state is None else one.state.value for one in markers],
        "state_on": [written(one.states[-1].on) if one.states else None for one in markers],
        "given_x": [None if each is None else each.given_x for each in at],
        "given_y": [None if each is None else each.given_y for each in at],
        "given_crs": ["" if each is None else each.given_crs for each in at],
        "height_m": [None if each is None else each.height_m for each in at],
        "location": [one.location for one in markers],
        "references": references,
        "responsible": [one.responsible_side for one in markers],
        "custodian": [one.custodian for one in markers],
        "generated": [int(one.generated) for one in markers],
    }


def _told(marker: Marker) -> list[tuple[str, float | None, float | None]]:
    return [(one.name, one.azimuth_deg, one.distance_m) for one in marker.references]


def _reference(name: str, azimuth: float | None, distance: float | None) -> str:
    parts = (
        name,
        None if azimuth is None else f"{azimuth:g}°",
        None if distance is None else f"{distance:g} m",
    )
    return " ".join(part for part in parts if part)
