"""Measures the nearest names (就近地名) to a point: the point index beside rtree, shapely and SciPy."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from generate_names import generate
from numpy.typing import NDArray
from rtree.index import Index

from geoname.core.register.point_index import LocalMetric, PointIndex

NEAREST = 10
Way = Callable[[float, float], list[int]]
Degrees = NDArray[np.float64]


def by_grid(lon: Degrees, lat: Degrees) -> Way:
    """The project's way: packed grid, metres."""
    index = PointIndex.build(lon, lat)
    return lambda x, y: [row for row, _ in index.nearest(x, y, NEAREST)]


def by_rtree(lon: Degrees, lat: Degrees) -> Way:
    """Peer: libspatialindex, nearest in degrees, taken wider and put in order of metres."""
    boxes = np.column_stack((lon, lat))
    tree = Index((np.arange(len(lon)), boxes, boxes))
    return lambda x, y: _by_metres(lon, lat, x, y, list(tree.nearest((x, y, x, y), 2 * NEAREST)))


def by_strtree(lon: Degrees, lat: Degrees) -> Way:
    """Peer: shapely has the one nearest only; boxes of growing size stand for the ten."""
    tree = shapely.STRtree(shapely.points(lon, lat))

    def nearest(x: float, y: float) -> list[int]:
        metric, radius = LocalMetric.at(x, y), 1_000.0
        while True:
            rows = tree.query(shapely.box(*metric.box(radius)))
            inside = rows[metric.squared(lon[rows], lat[rows]) <= radius * radius]
            if len(inside) >= NEAREST or radius > 1e6:
                return _by_metres(lon, lat, x, y, inside.tolist())
            radius *= 2

    return nearest


def by_ckdtree(lon: Degrees, lat: Degrees) -> Way | None:
    """Peer: SciPy's tree over points on the unit sphere; None where SciPy is not installed."""
    try:
        from scipy.spatial import cKDTree
    except ImportError:
        return None
    tree = cKDTree(_on_sphere(lon, lat))

    def nearest(x: float, y: float) -> list[int]:
        _, rows = tree.query(_on_sphere(np.array([x]), np.array([y]))[0], 2 * NEAREST)
        return _by_metres(lon, lat, x, y, rows.tolist())

    return nearest


def _on_sphere(lon: Degrees, lat: Degrees) -> Degrees:
    east, north = np.radians(lon), np.radians(lat)
    return np.column_stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))


def _by_metres(lon: Degrees, lat: Degrees, x: float, y: float, rows: list[int]) -> list[int]:
    metres = LocalMetric.at(x, y).metres
    return sorted(rows, key=lambda row: (metres(float(lon[row]), float(lat[row])), row))[:NEAREST]


WAYS: dict[str, Callable[[Degrees, Degrees], Way | None]] = {
    "point index": by_grid,
    "peer: rtree": by_rtree,
    "peer: shapely STRtree": by_strtree,
    "peer: SciPy cKDTree": by_ckdtree,
}


def measure(lon: Degrees, lat: Degrees, queries: int) -> dict[str, Any]:
    """Build seconds, microseconds of a query, the ways taken in turn, and answers that differ from ours."""
    chance = np.random.default_rng(5)
    at = chance.integers(0, len(lon), queries)
    asked = np.column_stack((lon[at], lat[at])) + chance.normal(0, 0.02, (queries, 2))
    built: dict[str, float] = {}
    ways: dict[str, Way] = {}
    for name, build in WAYS.items():
        start = time.perf_counter()
        way = build(lon, lat)
        if way is not None:
            ways[name], built[name] = way, round(time.perf_counter() - start, 3)
    spent: dict[str, list[float]] = {name: [] for name in ways}
    differing = dict.fromkeys(ways, 0)
    for x, y in asked.tolist():
        ours: list[int] = []
        for name, way in ways.items():
            start_ns = time.perf_counter_ns()
            answer = way(x, y)
            spent[name].append((time.perf_counter_ns() - start_ns) / 1e3)
            ours = ours or answer
            differing[name] += answer != ours
    first = statistics.median(spent["point index"])
    return {
        name: {
            "build_seconds": built[name],
            "p50_us": round(statistics.median(each), 1),
            "p99_us": round(float(np.percentile(each, 99)), 1),
            "times_ours": round(statistics.median(each) / first, 2),
            "answers_differing": differing[name],
        }
        for name, each in spent.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=520_000)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    names = generate(asked.count)
    result = {"points": asked.count, **measure(names.lon, names.lat, asked.queries)}
    print(json.dumps(result, ensure_ascii=False, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
