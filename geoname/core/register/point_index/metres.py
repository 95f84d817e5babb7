"""Distances in metres (距离) near a point, from the radii of curvature of the WGS 84 ellipsoid."""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_A = 6378137.0
_F = 1 / 298.257223563
_E2 = _F * (2 - _F)
_DEGREE = radians(1.0)


class LocalMetric(NamedTuple):
    """Metres of a degree around one point, as polynomials in the difference of latitude.

    A difference of longitude is worth `east[0] + east[1]·d + east[2]·d²` metres a degree where the other
    point is d degrees of latitude away, one of latitude `north[0] + north[1]·d`: the values at the middle
    latitude. Against the geodesic the error is at most 0.004 % up to 100 km and 0.1 % up to 500 km, between
    the latitudes 60° S and 60° N. The antimeridian is not crossed.
    """

    lon: float
    lat: float
    east: tuple[float, float, float]
    north: tuple[float, float]

    @classmethod
    def at(cls, lon: float, lat: float) -> LocalMetric:
        """The metric around a point in degrees, WGS 84."""
        phi = lat * _DEGREE
        s, c = sin(phi), cos(phi)
        w2 = 1 - _E2 * s * s
        across = _A / sqrt(w2)
        along = across * (1 - _E2) / w2
        # The parallel's radius falls by the meridian's radius times the sine. Its second derivative is the
        # sphere's: the difference is far below what the middle latitude itself leaves out.
        return cls(
            lon,
            lat,
            (
                across * c * _DEGREE,
                -along * s * _DEGREE**2 / 2,
                -along * c * _DEGREE**3 / 8,
            ),
            (along * _DEGREE, 3 * along * _E2 * s * c / w2 * _DEGREE**2 / 2),
        )

    def squared(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """The squares of the distances in metres to many points."""
        east, north = self.east, self.north
        d = lat - self.lat
        x = lon - self.lon
        x *= east[0] + d * (east[1] + d * east[2])
        d *= north[0] + d * north[1]
        x *= x
        d *= d
        x += d
        return x

    def metres(self, lon: float, lat: float) -> float:
        """The distance in metres to one point."""
        d = lat - self.lat
        x = (lon - self.lon) * (self.east[0] + d * (self.east[1] + d * self.east[2]))
        y = d * (self.north[0] + d * self.north[1])
        return sqrt(x * x + y * y)

    def box(self, radius: float) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees of a box that holds all points within `radius` metres."""
        tall = radius / self.north[0] * 1.01
        narrowest = min(self.east[0] + d * (self.east[1] + d * self.east[2]) for d in (-tall, 0.0, tall))
        wide = radius / narrowest * 1.001 if narrowest > 0 else 360.0
        return self.lon - wide, self.lat - tall, self.lon + wide, self.lat + tall
