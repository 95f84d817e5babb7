"""Lines of two editions held against each other (界线逐条对比): how far apart, where, the land between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.line_match import courses_apart
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import areas_straight


@dataclass(frozen=True, slots=True)
class LineShift:
    """One line in both editions.

    `mean_m` is the mean distance of the new course from the old one, `greatest_m` the greatest either way, at
    `place` (degrees); `area_between_m2` is the land that lies on one side of it in the new edition and on the
    other in the old one. Lengths are geodesic; they depend on how finely an edition is drawn.
    """

    sides: tuple[str, str]
    new_m: float
    old_m: float
    mean_m: float
    greatest_m: float
    place: tuple[float, float]
    area_between_m2: float


def compare_lines(
    new: Iterable[BoundaryLine],
    old: Iterable[BoundaryLine],
    new_land: Territories,
    old_land: Territories,
) -> tuple[LineShift, ...]:
    """The lines that both editions have, the farthest moved first; ties in the order of the codes.

    The land between is counted where both editions have both sides' polygons, which must be valid.
    """
    known = {line.sides: line for line in old}
    both = [(line, known[line.sides]) for line in new if line.sides in known]
    between = _between([line.sides for line, _ in both], new_land, old_land)
    shifts = []
    for (ours, theirs), land in zip(both, between.tolist(), strict=True):
        mean, there, place = courses_apart(ours.course, theirs.course)
        _, back, place_back = courses_apart(theirs.course, ours.course)
        shifts.append(
            LineShift(
                ours.sides,
                ours.length_m,
                theirs.length_m,
                round(mean, 1),
                round(max(there, back), 1),
                place if there >= back else place_back,
                round(land, 1),
            )
        )
    return tuple(sorted(shifts, key=lambda one: (-one.greatest_m, one.sides)))


def _between(sides: list[tuple[str, str]], new: Territories, old: Territories) -> NDArray[np.float64]:
    """For each pair the land that one side has in one edition and the other side in the other, m²."""
    ours = dict(zip(new.codes, new.polygons, strict=True))
    theirs = dict(zip(old.codes, old.polygons, strict=True))
    nothing = shapely.Polygon()

    def column(land: dict[str, shapely.Geometry], which: int) -> NDArray[np.object_]:
        found = np.empty(len(sides), dtype=object)
        found[:] = [land.get(pair[which], nothing) for pair in sides]
        return found

    one_new, other_new = column(ours, 0), column(ours, 1)
    one_old, other_old = column(theirs, 0), column(theirs, 1)
    lost, won = shapely.intersection(one_old, other_new), shapely.intersection(other_old, one_new)
    return _areas(np.asarray(lost, dtype=object)) + _areas(np.asarray(won, dtype=object))


def _areas(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Areas of whatever an overlay gave: of collections only the polygons count."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    parts, inner = shapely.get_parts(parts, return_index=True)
    owner = owner[inner]
    areal = shapely.get_dimensions(parts) == 2
    sizes = areas_straight(parts[areal])
    return np.asarray(np.bincount(owner[areal], weights=sizes, minlength=len(shapes)), dtype=np.float64)
