"""Baidu's shift of GCJ-02 (BD-09, 百度坐标), both ways, one formula for numbers and arrays."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Number = TypeVar("_Number", float, NDArray[np.float64])
_Function = Callable[[_Number], _Number]

_WAVE = math.pi * 3000.0 / 180.0
_EAST, _NORTH = 0.0065, 0.006
# The swirl changes by 0.02° a degree, so each step leaves a fiftieth of the error: 0.007° becomes 1e-12°.
_STEPS = 6


def _swirl(
    lon: _Number,
    lat: _Number,
    sin: _Function[_Number],
    cos: _Function[_Number],
    sqrt: _Function[_Number],
    atan2: Callable[[_Number, _Number], _Number],
) -> tuple[_Number, _Number]:
    """The BD-09 place of a GCJ-02 place, degrees."""
    radius = sqrt(lon * lon + lat * lat) + 2e-5 * sin(lat * _WAVE)
    angle = atan2(lat, lon) + 3e-6 * cos(lon * _WAVE)
    return radius * cos(angle) + _EAST, radius * sin(angle) + _NORTH


def gcj02_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    """Shift one place from GCJ-02 to BD-09, degrees."""
    return _swirl(lon, lat, math.sin, math.cos, math.sqrt, math.atan2)


def bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Shift one place back from BD-09 to GCJ-02, degrees, within a thousandth of a millimetre."""
    back_lon, back_lat = lon - _EAST, lat - _NORTH
    for _ in range(_STEPS):
        there_lon, there_lat = _swirl(back_lon, back_lat, math.sin, math.cos, math.sqrt, math.atan2)
        back_lon, back_lat = back_lon + (lon - there_lon), back_lat + (lat - there_lat)
    return back_lon, back_lat


def gcj02_to_bd09_many(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shift arrays of degrees from GCJ-02 to BD-09; new arrays of the same shape."""
    return _swirl(lon, lat, np.sin, np.cos, np.sqrt, np.arctan2)


def bd09_to_gcj02_many(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shift arrays of degrees back from BD-09 to GCJ-02; new arrays of the same shape."""
    back_lon, back_lat = lon - _EAST, lat - _NORTH
    for _ in range(_STEPS):
        there_lon, there_lat = _swirl(back_lon, back_lat, np.sin, np.cos, np.sqrt, np.arctan2)
        back_lon, back_lat = back_lon + (lon - there_lon), back_lat + (lat - there_lat)
    return back_lon, back_lat
