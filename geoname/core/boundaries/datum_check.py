"""Finds out by its own lines that a file is shifted (坐标偏移) in another way than it says."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geoname.core.boundaries.outline import Outline, places_apart
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.convert import from_wgs84, to_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.geodesic import ELLIPSOID, areas

Array = NDArray[np.float64]

_SYSTEMS = (Crs.WGS84, Crs.GCJ02, Crs.BD09)
# Two surveys of one line differ together over some kilometres; places so far apart are taken as independent.
APART_M = 5_000.0
# Below a metre a difference is rounding; it must not make one way of reading infinitely better.
_FLOOR_M = 1.0
# Another way of reading must explain the lines plainly better, not just a little better over many places.
_PLAINLY = 0.8
CONFIDENT = 0.99
# A group of children is compared with its parent's outline only where they fill the parent.
_FILLED = (0.9, 1.1)


@dataclass(frozen=True, slots=True)
class DatumFinding:
    """What the lines of a file say of its reference system, against an edition that is trusted.

    `median_m` is, for each way of reading the coordinates, the median distance in metres of `places` places
    on the file's lines from the edition's lines. `likely` fits best, with `confidence` (0 to 1: the
    probability of that reading among the three, distances taken as Laplace-distributed, places 5 km apart as
    independent, no reading likelier beforehand). `shift_m` is what is left under the declared reading: the
    median way east and north in metres from the edition to the file, told by outlines' middles.
    """

    declared: Crs
    likely: Crs
    confidence: float
    median_m: Mapping[Crs, float]
    territories: int
    places: int
    shift_m: tuple[float, float]

    @property
    def is_wrong(self) -> bool:
        """True when the file is plainly measured in something else than it declares."""
        fits = self.median_m[self.likely] < _PLAINLY * self.median_m[_plain(self.declared)]
        return self.likely is not _plain(self.declared) and fits and self.confidence >= CONFIDENT


def check_datum(territories: Territories, edition: Territories, declared: Crs) -> DatumFinding | None:
    """Compare a file's lines, brought to WGS 84 from `declared`, with an edition's of the same codes.

    Where the edition lacks a level, territories that together fill a territory of the edition are compared
    by their common outline. None when there is nothing to compare.
    """
    pairs = _pairs(territories, edition)
    if not pairs:
        return None
    asked = [(places_apart(shape, APART_M), Outline(known)) for shape, known in pairs]
    median_m = {}
    for system in _SYSTEMS:
        metres = [
            outline.distances(*_read_as(lon, lat, _plain(declared), system)) for (lon, lat), outline in asked
        ]
        median_m[system] = max(float(np.median(np.concatenate(metres))), _FLOOR_M)
    places = sum(len(lon) for (lon, _), _ in asked)
    likely = min(_SYSTEMS, key=lambda system: (median_m[system], _SYSTEMS.index(system)))
    return DatumFinding(
        declared, likely, _confidence(median_m, likely, places), median_m, len(pairs), places, _shift(pairs)
    )


def _plain(system: Crs) -> Crs:
    return Crs.WGS84 if system is Crs.CGCS2000 else system


def _read_as(lon: Array, lat: Array, declared: Crs, system: Crs) -> tuple[Array, Array]:
    """Where places would be if the numbers in the file, read as `declared`, were measured in `system`."""
    if system is declared:
        return lon, lat
    raw_lon, raw_lat = from_wgs84(lon, lat, declared)
    return to_wgs84(raw_lon, raw_lat, system)


def _confidence(median_m: Mapping[Crs, float], likely: Crs, places: int) -> float:
    """Of Laplace-distributed distances the likelihood falls with the median to the power of their number."""
    against = (
        math.exp(max(places * math.log(median_m[likely] / median_m[system]), -700.0)) for system in median_m
    )
    return 1.0 / sum(against)


def _pairs(territories: Territories, edition: Territories) -> list[tuple[BaseGeometry, BaseGeometry]]:
    """Shapes of the file with the edition's of the same code, or children together with their parent's."""
    known = dict(zip(edition.codes, edition.polygons, strict=True))
    polygons = territories.polygons
    sound = territories.take(
        np.flatnonzero(shapely.is_valid(polygons) & ~shapely.is_empty(polygons)).tolist()
    )
    coded = list(zip(sound.codes, sound.polygons, strict=True))
    found = [(shape, known[code]) for code, shape in coded if code in known]
    if found:
        return found
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for code, shape in coded:
        parent = next((code[:digits] for digits in (9, 6, 4, 2) if code[:digits] in known), None)
        if parent is not None:
            groups[parent].append(shape)
    together = [(shapely.union_all(members), known[parent]) for parent, members in groups.items()]
    if not together:
        return []
    sizes = areas(np.array([shape for pair in together for shape in pair], dtype=object)).reshape(-1, 2)
    share = sizes[:, 0] / np.maximum(sizes[:, 1], 1.0)
    return [pair for pair, filled in zip(together, share, strict=True) if _FILLED[0] < filled < _FILLED[1]]


def _shift(pairs: list[tuple[BaseGeometry, BaseGeometry]]) -> tuple[float, float]:
    """The median way in metres east and north from the edition's middles to the file's."""
    ours = shapely.get_coordinates(shapely.centroid([shape for shape, _ in pairs]))
    theirs = shapely.get_coordinates(shapely.centroid([known for _, known in pairs]))
    azimuth, _, metres = ELLIPSOID.inv(theirs[:, 0], theirs[:, 1], ours[:, 0], ours[:, 1])
    east, north = metres * np.sin(np.radians(azimuth)), metres * np.cos(np.radians(azimuth))
    return round(float(np.median(east)), 1), round(float(np.median(north)), 1)
