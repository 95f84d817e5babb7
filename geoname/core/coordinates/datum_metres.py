"""Tells which projection metres were written in (高斯-克吕格投影分带), when a file takes them for degrees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer

Box = tuple[float, float, float, float]
Array = NDArray[np.float64]

CHINA: Box = (73.0, 3.0, 136.0, 54.5)
_ZONE = 1_000_000.0
_SIX_DEGREE, _THREE_DEGREE = range(13, 24), range(25, 46)
# EPSG numbers the zones of CGCS2000 one after another.
_FIRST_SIX, _FIRST_THREE, _FIRST_MERIDIAN = 4491, 4513, 4534
_PSEUDO_MERCATOR = 3857


@dataclass(frozen=True, slots=True)
class ProjectedGuess:
    """A projection under which metres fall where they should.

    `northing_first`: x and y stand in the order of Chinese surveying, north before east.
    """

    crs: str
    title: str
    northing_first: bool


def looks_like_metres(x: Array, y: Array) -> bool:
    """True when most coordinates are too large to be degrees."""
    return bool(len(x)) and bool((np.fmax(np.abs(x), np.abs(y)) > 360.0).mean() > 0.5)


def looks_swapped(x: Array, y: Array) -> bool:
    """True when most coordinates are latitudes of China standing before longitudes of China."""
    west, south, east, north = CHINA
    return bool(len(x)) and bool(((x >= south) & (x <= north) & (y >= west) & (y <= east)).mean() > 0.5)


def recognise_metres(x: Array, y: Array, within: Box = CHINA) -> tuple[ProjectedGuess, ...]:
    """The projections under which the middle of these arrays, in metres, falls `within` a box.

    Gauss-Krüger zones of CGCS2000, three and six degrees wide, with the zone's number before the easting or
    without, and the pseudo-Mercator of web maps. Metres alone do not tell the datum: Beijing 1954 and Xi'an
    1980 give the same zones within some hundred metres. Empty when none fits.
    """
    if len(x) == 0:
        return ()
    middle_x, middle_y = float(np.nanmedian(x)), float(np.nanmedian(y))
    found = []
    for first, second, swapped in ((middle_x, middle_y, False), (middle_y, middle_x, True)):
        for epsg in _candidates(first, second):
            system = CRS.from_epsg(epsg)
            undo = Transformer.from_crs(system, system.geodetic_crs, always_xy=True)
            lon, lat = undo.transform(first, second)
            if within[0] <= lon <= within[2] and within[1] <= lat <= within[3]:
                found.append(ProjectedGuess(f"EPSG:{epsg}", system.name, swapped))
    return tuple(found)


def _candidates(east: float, north: float) -> list[int]:
    """EPSG codes of projections in which an easting and a northing of China may look so."""
    found = []
    zone, rest = divmod(east, _ZONE)
    if 0.0 < north < 6.2e6 and 1e5 < rest < 9e5:
        if int(zone) in _THREE_DEGREE:
            found.append(_FIRST_THREE + int(zone) - _THREE_DEGREE.start)
        elif int(zone) in _SIX_DEGREE:
            found.append(_FIRST_SIX + int(zone) - _SIX_DEGREE.start)
        elif zone == 0.0:
            # Without a number any meridian may be meant: the box decides.
            found += [_FIRST_MERIDIAN + step for step in range(21)]
    if 8e6 < east < 1.52e7 and 3e5 < north < 7.3e6:
        found.append(_PSEUDO_MERCATOR)
    return found
