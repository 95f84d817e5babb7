"""Finds out by their lines that markers are shifted (界桩坐标偏移) in another way than their file says."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.datum_check import DatumFinding
from geoname.core.boundaries.outline import Outline
from geoname.core.coordinates.convert import from_wgs84, to_wgs84
from geoname.core.coordinates.crs import Crs

Array = NDArray[np.float64]
_SYSTEMS = (Crs.WGS84, Crs.GCJ02, Crs.BD09)
_FLOOR_M = 1.0
LEAST = 5
"""Fewer markers tell nothing: a shift along a line leaves them on it."""


def check_marker_datum(
    lon: Array, lat: Array, lines: Sequence[shapely.MultiLineString], declared: Crs
) -> DatumFinding | None:
    """What the distances of markers from the lines they are numbered on say of their reference system.

    `lon` and `lat` are in WGS 84, read as `declared`; `lines[i]` is the course that marker i belongs to. None
    for fewer than five. See `DatumFinding`.
    """
    if len(lon) < LEAST:
        return None
    plain = Crs.WGS84 if declared is Crs.CGCS2000 else declared
    outlines = {id(line): Outline(line) for line in lines}
    owner = np.array([id(line) for line in lines])
    median = {}
    for system in _SYSTEMS:
        x, y = lon, lat
        if system is not plain:
            x, y = to_wgs84(*from_wgs84(lon, lat, plain), system)
        metres = np.empty(len(lon))
        for key, outline in outlines.items():
            own = owner == key
            metres[own] = outline.distances(x[own], y[own])
        median[system] = max(float(np.median(metres)), _FLOOR_M)
    likely = min(_SYSTEMS, key=lambda system: (median[system], _SYSTEMS.index(system)))
    against = (
        math.exp(max(len(lon) * math.log(median[likely] / median[system]), -700.0)) for system in median
    )
    return DatumFinding(declared, likely, 1.0 / sum(against), median, len(outlines), len(lon), (0.0, 0.0))
