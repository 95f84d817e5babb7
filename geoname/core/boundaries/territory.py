"""Territories: the polygons of many divisions of one edition, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.core.divisions.division import Level


@dataclass(frozen=True, slots=True)
class Territories:
    """`codes[i]`, `names[i]`, `levels[i]` and `polygons[i]` describe one division.

    `polygons` is an object array of shapely Polygon or MultiPolygon in degrees, longitude first, WGS 84.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    levels: tuple[Level, ...]
    polygons: NDArray[np.object_]

    def __len__(self) -> int:
        """How many territories."""
        return len(self.codes)

    def only(self, *levels: Level) -> Territories:
        """The territories of the given levels, order kept."""
        return self.take([i for i, level in enumerate(self.levels) if level in levels])

    def take(self, positions: list[int]) -> Territories:
        """The territories at these positions, in this order."""
        return Territories(
            tuple(self.codes[i] for i in positions),
            tuple(self.names[i] for i in positions),
            tuple(self.levels[i] for i in positions),
            self.polygons[np.asarray(positions, dtype=np.intp)],
        )
