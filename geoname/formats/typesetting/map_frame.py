"""The frame of a map (图幅): which part of the earth it shows, and where a place lies on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geoname.core.coordinates.geodesic import ELLIPSOID
from geoname.core.coordinates.projected import scale_at, to_mercator, to_mercator_many

Array = NDArray[np.float64]

WIDTH = 1000.0
_AXIS = float(ELLIPSOID.a)
_ECCENTRICITY = math.sqrt(float(ELLIPSOID.es))
_MARGIN = 0.14
_LEAST_M = 1_500.0
_FLATTEST, _TALLEST = 0.62, 1.02


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the conformal Mercator projection, `width` by `height` map units.

    `west` and `north` are projected metres; a unit is `step` projected metres and `metres_per_unit` metres on
    the ground at the middle latitude.
    """

    west: float
    north: float
    step: float
    height: float
    metres_per_unit: float
    width: float = WIDTH

    def places(self, degrees: Array) -> Array:
        """Map units, right and down, of longitudes and latitudes, (n, 2)."""
        x, y = to_mercator_many(degrees[:, 0], degrees[:, 1])
        return np.column_stack([(x - self.west) / self.step, (self.north - y) / self.step])

    def degrees(self, margin: float = 0.0) -> tuple[float, float, float, float]:
        """West, south, east and north of what is shown, with a share of its width around it."""
        around = margin * self.width
        west, south = self._degrees_at(-around, self.height + around)
        east, north = self._degrees_at(self.width + around, -around)
        return west, south, east, north

    def _degrees_at(self, right: float, down: float) -> tuple[float, float]:
        x, y = (self.west + right * self.step) / _AXIS, (self.north - down * self.step) / _AXIS
        lat = 2.0 * math.atan(math.exp(y)) - 0.5 * math.pi
        for _ in range(6):  # each round is nearer by a factor of a hundred
            sine = _ECCENTRICITY * math.sin(lat)
            lat = 2.0 * math.atan(math.exp(y) * ((1.0 + sine) / (1.0 - sine)) ** (_ECCENTRICITY / 2.0))
            lat -= 0.5 * math.pi
        return math.degrees(x), math.degrees(lat)


def frame_around(shape: BaseGeometry) -> Frame:
    """A frame around a shape in degrees with room about it, no flatter or taller than a page can hold."""
    west, south, east, north = shape.bounds
    (left, low), (right, high) = to_mercator(west, south), to_mercator(east, north)
    scale = scale_at(0.5 * (south + north))
    width = max(right - left, _LEAST_M * scale) * (1.0 + 2.0 * _MARGIN)
    height = max(high - low, _LEAST_M * scale) * (1.0 + 2.0 * _MARGIN)
    width, height = max(width, height / _TALLEST), max(height, width * _FLATTEST)
    step = width / WIDTH
    return Frame(
        0.5 * (left + right) - 0.5 * width,
        0.5 * (low + high) + 0.5 * height,
        step,
        height / step,
        step / scale,
    )
