"""Measures neighbours, lines and the coverage check (公共边) against other ways to the same answers."""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from geoname.core.boundaries.coverage import check_coverage
from geoname.core.boundaries.derive_lines import derive_lines
from geoname.core.boundaries.shared_edges import Indexes, neighbours
from geoname.core.boundaries.simplify import simplify_for_display
from geoname.core.boundaries.territory import Territories
from geoname.core.boundaries.tripoint import find_tripoints
from geoname.core.coordinates.geodesic import lengths
from geoname.core.divisions.division import Level
from geoname.formats.frykit_polygons import Layer, read_layer
from geoname.formats.territory_frame import as_frame

Pairs = dict[tuple[str, str], float]


def from_edges(territories: Territories) -> Pairs:
    """The project's way: one table of edges, partners by hash."""
    return {line.sides: line.length_m for line in derive_lines(territories)}


def from_neighbours(territories: Territories) -> Pairs:
    """The project's way without drawing the lines."""
    found = neighbours(territories)
    codes = territories.codes
    return {
        (codes[a], codes[b]): metres
        for a, b, metres in zip(
            found.first.tolist(), found.second.tolist(), found.metres.tolist(), strict=True
        )
    }


def from_intersections(territories: Territories) -> Pairs:
    """Peer: every pair whose polygons touch is intersected and its lines merged (shapely, vectorised)."""
    polygons = territories.polygons
    one, other = STRtree(polygons).query(polygons, predicate="touches")
    one, other = one[one < other], other[one < other]
    met = shapely.line_merge(shapely.intersection(polygons[one], polygons[other]))
    return _paired(territories, one, other, lengths(met))


def from_geopandas(territories: Territories) -> Pairs:
    """Peer: a spatial join of the frame with itself, then intersections pair by pair."""
    frame = as_frame(territories)
    joined = frame.sjoin(frame, predicate="touches")
    one, other = joined.index.to_numpy(), joined["index_right"].to_numpy()
    one, other = one[one < other], other[one < other]
    met = (
        frame.geometry.iloc[one]
        .reset_index(drop=True)
        .intersection(frame.geometry.iloc[other].reset_index(drop=True))
    )
    return _paired(territories, one, other, lengths(met.to_numpy()))


def from_arcs(territories: Territories) -> Pairs:
    """Peer: a dictionary of edges in plain Python, as programs for TopoJSON keep their arcs."""
    owners: dict[tuple[tuple[float, float], tuple[float, float]], list[int]] = {}
    for i, polygon in enumerate(territories.polygons):
        for ring in shapely.get_rings(shapely.get_parts(polygon)):
            for a, b in itertools.pairwise(ring.coords):
                owners.setdefault((min(a, b), max(a, b)), []).append(i)
    edges = [(edge, sorted(held)) for edge, held in owners.items() if len(set(held)) == 2]
    metres = lengths(shapely.linestrings([edge for edge, _ in edges]))
    found: Pairs = {}
    for (_, held), length in zip(edges, metres.tolist(), strict=True):
        sides = tuple(sorted(territories.codes[i] for i in held))
        found[sides[0], sides[1]] = found.get((sides[0], sides[1]), 0.0) + length
    return found


def _paired(territories: Territories, one: Indexes, other: Indexes, metres: NDArray[np.float64]) -> Pairs:
    codes = territories.codes
    found = {}
    for a, b, length in zip(one.tolist(), other.tolist(), metres.tolist(), strict=True):
        if length > 0.0:
            sides = sorted((codes[a], codes[b]))
            found[sides[0], sides[1]] = length
    return found


PAIRING: dict[str, Callable[[Territories], Pairs]] = {
    "derive_lines": from_edges,
    "neighbours": from_neighbours,
    "peer: shapely pairwise": from_intersections,
    "peer: geopandas sjoin": from_geopandas,
    "peer: edge dictionary": from_arcs,
}
OTHERS: dict[str, Callable[[Territories], Any]] = {
    "check_coverage": check_coverage,
    "find_tripoints": find_tripoints,
    "simplify 500 m": lambda territories: simplify_for_display(territories, 500),
    "peer: coverage_is_valid + union_all": lambda territories: (
        shapely.coverage_is_valid(territories.polygons),
        shapely.union_all(territories.polygons),
    ),
}


def measure(territories: Territories, rounds: int) -> dict[str, Any]:
    """Interleaved medians in seconds, and how far the peers' answers lie from ours."""
    seconds: dict[str, list[float]] = {name: [] for name in (*PAIRING, *OTHERS)}
    answers: dict[str, Pairs] = {}
    for _ in range(rounds):
        for name, ways in (*PAIRING.items(), *OTHERS.items()):
            began = time.perf_counter()
            answer = ways(territories)
            seconds[name].append(time.perf_counter() - began)
            if name in PAIRING:
                answers[name] = answer
    ours = answers["derive_lines"]
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    return {
        "territories": len(territories),
        "vertices": int(shapely.get_num_coordinates(territories.polygons).sum()),
        "pairs": len(ours),
        "pairs_over_500_m": sum(metres > 500 for metres in ours.values()),
        "defects": [defect.kind.value for defect in check_coverage(territories).defects],
        "seconds": medians,
        "ratio_to_derive_lines": {name: medians[name] / medians["derive_lines"] for name in PAIRING},
        "pairs_unlike_ours": {name: len(set(found) ^ set(ours)) for name, found in answers.items()},
        "largest_difference_m": {
            name: max((abs(found[sides] - ours[sides]) for sides in set(found) & set(ours)), default=0.0)
            for name, found in answers.items()
        },
    }


def main() -> None:
    """Read the editions, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", choices=["tianditu", "amap", "both"], default="both")
    parser.add_argument("--provinces", nargs="+", default=["52"], help="codes, such as 52 50 43 45 53 51")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    editions: list[Layer] = ["tianditu", "amap"] if arguments.edition == "both" else [arguments.edition]
    report = {}
    for edition in editions:
        counties = read_layer(edition, arguments.provinces).only(Level.COUNTY)
        report[edition] = measure(counties, arguments.rounds)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for edition, found in report.items():
        print(f"{edition}: {found['territories']} territories, {found['vertices']} vertices")
        print(f"  {found['pairs']} pairs, {found['pairs_over_500_m']} over 500 m; {found['defects']}")
        for name, median in found["seconds"].items():
            print(f"  {name:<38} {median * 1000:9.1f} ms", end="")
            if name in PAIRING:
                print(f"  × {found['ratio_to_derive_lines'][name]:<6.1f}", end="")
                print(f"unlike ours {found['pairs_unlike_ours'][name]}", end="")
                print(f", by {found['largest_difference_m'][name]:.6f} m at most", end="")
            print()


if __name__ == "__main__":
    main()
