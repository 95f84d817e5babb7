"""The shift of public maps in China (GCJ-02, 火星坐标), both ways, one formula for numbers and arrays."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Number = TypeVar("_Number", float, NDArray[np.float64])
_Function = Callable[[_Number], _Number]

# Krassovsky's ellipsoid, which the published formula uses.
_AXIS = 6_378_245.0
_ECCENTRICITY2 = 0.006_693_421_622_965_943_23
_PI = math.pi
_DEGREE = math.pi / 180.0
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
# Each step leaves about half a hundredth of the error (the shift changes by 0.005° a degree): 0.006° becomes
# 4e-12°, less than a thousandth of a millimetre.
_STEPS = 4


def _shift(
    lon: _Number, lat: _Number, sin: _Function[_Number], cos: _Function[_Number], sqrt: _Function[_Number]
) -> tuple[_Number, _Number]:
    """What GCJ-02 adds to a longitude and a latitude, degrees."""
    x, y = lon - 105.0, lat - 35.0
    px, py = x * _PI, y * _PI
    root, product = sqrt(abs(x)), x * y
    shared = (sin(6.0 * px) + sin(2.0 * px)) * 20.0
    east = (
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * product + 0.1 * root
        + (shared + 20.0 * sin(px) + 40.0 * sin(px / 3.0) + 150.0 * sin(px / 12.0) + 300.0 * sin(px / 30.0))
        * 2.0 / 3.0
    )  # fmt: skip
    north = (
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * product + 0.2 * root
        + (shared + 20.0 * sin(py) + 40.0 * sin(py / 3.0) + 160.0 * sin(py / 12.0) + 320.0 * sin(py / 30.0))
        * 2.0 / 3.0
    )  # fmt: skip
    phi = lat * _DEGREE
    sine = sin(phi)
    flat = 1.0 - _ECCENTRICITY2 * sine * sine
    prime = _AXIS / sqrt(flat)
    meridian = prime * (1.0 - _ECCENTRICITY2) / flat
    return east / (prime * cos(phi) * _DEGREE), north / (meridian * _DEGREE)


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Shift one place from WGS 84 to GCJ-02, degrees; outside the box around China nothing is shifted."""
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return lon, lat
    east, north = _shift(lon, lat, math.sin, math.cos, math.sqrt)
    return lon + east, lat + north


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """Shift one place back from GCJ-02 to WGS 84, degrees, within a thousandth of a millimetre."""
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return lon, lat
    true_lon, true_lat = lon, lat
    for _ in range(_STEPS):
        east, north = _shift(true_lon, true_lat, math.sin, math.cos, math.sqrt)
        true_lon, true_lat = lon - east, lat - north
    return true_lon, true_lat


def wgs84_to_gcj02_many(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shift arrays of degrees from WGS 84 to GCJ-02; new arrays of the same shape."""
    east, north = _shift(lon, lat, np.sin, np.cos, np.sqrt)
    inside = _inside(lon, lat)
    return np.where(inside, lon + east, lon), np.where(inside, lat + north, lat)


def gcj02_to_wgs84_many(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shift arrays of degrees back from GCJ-02 to WGS 84; new arrays of the same shape."""
    true_lon, true_lat = lon, lat
    for _ in range(_STEPS):
        east, north = _shift(true_lon, true_lat, np.sin, np.cos, np.sqrt)
        true_lon, true_lat = lon - east, lat - north
    inside = _inside(lon, lat)
    return np.where(inside, true_lon, lon), np.where(inside, true_lat, lat)


def _inside(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
