"""The Mercator plane (墨卡托平面) in which nearness is compared, and the distance to a segment in metres."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

SEMI_MAJOR_M = 6378137.0
_E2 = 0.0066943799901413165
_E = math.sqrt(_E2)
_RAD = math.pi / 180.0

Floats = NDArray[np.float64]


def plane_y(lat: float) -> float:
    """The Mercator northing of a latitude on WGS 84, both in degrees; the easting is the longitude."""
    phi = lat * _RAD
    return (math.asinh(math.tan(phi)) - _E * math.atanh(_E * math.sin(phi))) / _RAD


def plane_ys(lat: Floats) -> Floats:
    """`plane_y` of an array."""
    phi = lat * _RAD
    northing: Floats = (np.arcsinh(np.tan(phi)) - _E * np.arctanh(_E * np.sin(phi))) / _RAD
    return northing


def metres_to_segment(lon: float, lat: float, ends: tuple[float, float, float, float]) -> float:
    """Metres from a point to a segment lon1, lat1, lon2, lat2 that is straight in degrees."""
    ax, ay, bx, by = ends
    phi = lat * _RAD
    sine = math.sin(phi)
    bulk = 1.0 - _E2 * sine * sine
    normal = SEMI_MAJOR_M / math.sqrt(bulk)
    east, north = normal * math.cos(phi) * _RAD, normal * (1.0 - _E2) / bulk * _RAD
    run, rise = (bx - ax) * east, (by - ay) * north
    share = (lon - ax) * east * run + (lat - ay) * north * rise
    square = run * run + rise * rise
    if share <= 0.0:
        x, y = ax - lon, ay - lat
    elif share >= square:
        x, y = bx - lon, by - lat
    else:
        share /= square
        x, y = ax + share * (bx - ax) - lon, ay + share * (by - ay) - lat
    # A degree of longitude shortens northward; the one midway counts.
    return math.hypot((east - 0.5 * north * sine * _RAD * y) * x, north * y)


def metres_to_segments(lon: Floats, lat: Floats, ends: Floats) -> Floats:
    """`metres_to_segment` of arrays: n points, and (n, 4) segments."""
    ax, ay, bx, by = ends.T
    phi = lat * _RAD
    sine = np.sin(phi)
    bulk = 1.0 - _E2 * sine * sine
    normal = SEMI_MAJOR_M / np.sqrt(bulk)
    east, north = normal * np.cos(phi) * _RAD, normal * (1.0 - _E2) / bulk * _RAD
    run, rise = (bx - ax) * east, (by - ay) * north
    square = run * run + rise * rise
    share = (lon - ax) * east * run + (lat - ay) * north * rise
    share = np.clip(share / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    x = np.where(share < 1.0, ax + share * (bx - ax), bx) - lon
    y = np.where(share < 1.0, ay + share * (by - ay), by) - lat
    metres: Floats = np.hypot((east - 0.5 * north * sine * _RAD * y) * x, north * y)
    return metres
