"""Two editions held against each other (版本对比): how far lines lie apart, the land between, the names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geoname.core.boundaries.outline import Outline, places_along
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import areas, areas_straight

Array = NDArray[np.float64]
SPACING_M = 250.0


@dataclass(frozen=True, slots=True)
class TerritoryDifference:
    """One territory in both editions.

    `mean_m` is the mean distance of the new outline from the old one, `greatest_m` the greatest either way,
    at `place`; `area_between_m2` is the land that belongs to it in one edition only, `share` that land as a
    part of its old area.
    """

    code: str
    name: str
    former_name: str
    mean_m: float
    greatest_m: float
    place: tuple[float, float] | None
    area_between_m2: float
    share: float


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """All territories that both editions hold, the farthest moved first, and those that one lacks.

    `mean_m` is over all outlines by their length, `area_between_m2` the sum over territories (land that
    passes from one to another counts for both).
    """

    territories: tuple[TerritoryDifference, ...]
    mean_m: float
    greatest_m: float
    area_between_m2: float
    only_in_new: tuple[str, ...]
    only_in_old: tuple[str, ...]

    @property
    def renamed(self) -> tuple[TerritoryDifference, ...]:
        """Those whose names differ."""
        return tuple(one for one in self.territories if one.name != one.former_name)


def compare_editions(
    new: Territories, old: Territories, step: Callable[[int, int], None] | None = None
) -> EditionComparison:
    """Compare territories of the same codes; distances in metres, areas geodesic, invalid rings mended first.

    Outlines are measured at their vertices and every 250 m between. `step` is told (done, of) now and then.
    """
    known = {code: i for i, code in enumerate(old.codes)}
    both = [(i, known[code]) for i, code in enumerate(new.codes) if code in known]
    ours = _sound(new.polygons[[i for i, _ in both]])
    theirs = _sound(old.polygons[[j for _, j in both]])
    between, before = _between(ours, theirs), areas(theirs)
    found, weights = [], []
    for position, (i, j) in enumerate(both):
        mean, greatest, place, weight = _apart(ours[position], theirs[position])
        weights.append(weight)
        found.append(
            TerritoryDifference(
                new.codes[i],
                new.names[i],
                old.names[j],
                round(mean, 2),
                round(greatest, 2),
                place,
                round(float(between[position]), 1),
                round(float(between[position] / max(before[position], 1.0)), 6),
            )
        )
        if step is not None:
            step(position + 1, len(both))
    means = np.array([one.mean_m for one in found])
    return EditionComparison(
        tuple(sorted(found, key=lambda one: (-one.greatest_m, -one.area_between_m2, one.code))),
        round(float(np.average(means, weights=weights)), 2) if sum(weights) else 0.0,
        max((one.greatest_m for one in found), default=0.0),
        round(float(between.sum()), 1),
        tuple(sorted(set(new.codes) - set(old.codes))),
        tuple(sorted(set(old.codes) - set(new.codes))),
    )


def _apart(new: BaseGeometry, old: BaseGeometry) -> tuple[float, float, tuple[float, float] | None, float]:
    """Mean, greatest and its place, and how many places were measured on the new outline."""
    lon, lat = places_along(new, SPACING_M)
    if new.normalize().equals_exact(old.normalize(), tolerance=0.0):
        return 0.0, 0.0, None, float(len(lon))
    back_lon, back_lat = places_along(old, SPACING_M)
    there, back = Outline(old).distances(lon, lat), Outline(new).distances(back_lon, back_lat)
    if len(there) == 0 or len(back) == 0:
        return 0.0, 0.0, None, 0.0
    far, far_back = int(np.argmax(there)), int(np.argmax(back))
    if there[far] >= back[far_back]:
        place = (float(lon[far]), float(lat[far]))
    else:
        place = (float(back_lon[far_back]), float(back_lat[far_back]))
    # Each place stands for the way to the next, so close vertices do not outweigh long edges.
    mean = float(np.average(there, weights=_ways(lon, lat)))
    return mean, float(max(there[far], back[far_back])), place, float(len(lon))


def _ways(lon: Array, lat: Array) -> Array:
    ways: Array = np.hypot(np.diff(lon, append=lon[:1]), np.diff(lat, append=lat[:1])).clip(1e-9, 0.003)
    return ways


def _between(ours: NDArray[np.object_], theirs: NDArray[np.object_]) -> Array:
    apart = np.asarray(shapely.symmetric_difference(ours, theirs), dtype=object)
    return _areas_of(apart)


def _areas_of(shapes: NDArray[np.object_]) -> Array:
    """Areas of whatever an overlay gave: of collections only the polygons count."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    parts, inner = shapely.get_parts(parts, return_index=True)
    owner = owner[inner]
    areal = shapely.get_dimensions(parts) == 2
    sizes = areas_straight(parts[areal])
    return np.asarray(np.bincount(owner[areal], weights=sizes, minlength=len(shapes)), dtype=np.float64)


def _sound(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    wrong = ~shapely.is_valid(polygons)
    if not wrong.any():
        return polygons
    sound = polygons.copy()
    sound[wrong] = shapely.make_valid(polygons[wrong], method="structure", keep_collapsed=False)
    return sound
