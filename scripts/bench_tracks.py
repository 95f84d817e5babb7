"""Measures how a track is held against a line (轨迹覆盖率), and read, beside other ways to the same."""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry import LineString, MultiLineString

from geoname.core.inspections.track import Track, TrackRules
from geoname.core.inspections.track_coverage import cover
from geoname.formats.gpx import read_gpx

TOLERANCE_M = 30.0
_GPX = "{http://www.topografix.com/GPX/1/1}"


def sample(points: int, kilometres: float) -> tuple[Track, MultiLineString]:
    """A winding line of about so many kilometres, and a walk along its first three quarters, with noise."""
    share = np.linspace(0.0, 1.0, 3000)
    scale = kilometres / 177.8

    def places(at: np.ndarray) -> np.ndarray:
        return np.column_stack([106.0 + scale * at, 27.0 + 0.05 * scale * np.sin(40.0 * at)])

    walked = places(np.linspace(0.0, 0.75, points))
    walked += np.random.default_rng(7).normal(0.0, 5e-5, walked.shape)
    track = Track(walked[:, 0], walked[:, 1], np.arange(float(points)), np.zeros(points, dtype=np.int32))
    return track, MultiLineString([LineString(places(share))])


def by_distances(track: Track, course: MultiLineString) -> float:
    """The project's way: places along the line, each with its distance to the nearest step."""
    return cover(track, course, 1.0, TrackRules(tolerance_m=TOLERANCE_M)).share


def by_buffer(track: Track, course: MultiLineString) -> float:
    """Peer: the track buffered in a projection, the line cut with it (shapely)."""
    middle = shapely.centroid(course)
    grid = f"+proj=tmerc +lat_0={middle.y} +lon_0={middle.x} +k=1 +ellps=GRS80"
    to_grid = pyproj.Transformer.from_crs("EPSG:4490", grid, always_xy=True)
    line = shapely.transform(course, lambda places: np.column_stack(to_grid.transform(*places.T)))
    walked = LineString(np.column_stack(to_grid.transform(track.lon, track.lat))).buffer(TOLERANCE_M)
    return float(line.intersection(walked).length / line.length)


def gpx_of(track: Track) -> bytes:
    """A GPX of the points of a track."""
    body = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>800</ele><time>2026-04-02T01:00:00Z</time></trkpt>'
        for lon, lat in zip(track.lon.tolist(), track.lat.tolist(), strict=True)
    )
    return f'<gpx xmlns="{_GPX[1:-1]}"><trk><trkseg>{body}</trkseg></trk></gpx>'.encode()


def by_stream(content: bytes) -> int:
    """The project's way: as a stream, places and times checked, definitions refused."""
    return len(read_gpx(io.BytesIO(content)))


def by_tree(content: bytes) -> int:
    """Peer: the whole document as a tree (ElementTree, in C), places read, times left as text."""
    points = ElementTree.fromstring(content).iter(f"{_GPX}trkpt")
    return len([(float(one.get("lon", "")), float(one.get("lat", ""))) for one in points])


def measured(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """The median of the CPU seconds of some runs, and the answer."""
    seconds = []
    answer = None
    for _ in range(runs):
        before = time.process_time()
        answer = work()
        seconds.append(time.process_time() - before)
    return statistics.median(seconds), answer


def run(points: int, kilometres: float, runs: int, peer_points: int) -> dict[str, Any]:
    """Both ways to both answers; AssertionError when the answers differ.

    Buffering needs more memory than a small machine has for a long track: it is held against ours on a
    shorter one of `peer_points`.
    """
    track, course = sample(points, kilometres)
    content = gpx_of(track)
    ours, share = measured(lambda: by_distances(track, course), runs)
    short, near = sample(peer_points, kilometres)
    same, short_share = measured(lambda: by_distances(short, near), runs)
    theirs, peer_share = measured(lambda: by_buffer(short, near), 1)
    assert abs(short_share - peer_share) < 0.001, (short_share, peer_share)
    read, count = measured(lambda: by_stream(content), runs)
    tree, peer_count = measured(lambda: by_tree(content), runs)
    assert count == peer_count == points
    return {
        "points": points,
        "kilometres": kilometres,
        "share": round(share, 5),
        "coverage_s": round(ours, 3),
        "peer_points": peer_points,
        "peer_share": round(peer_share, 5),
        "coverage_same_s": round(same, 3),
        "buffer_s": round(theirs, 3),
        "coverage_ratio": round(theirs / same, 1),
        "read_s": round(read, 3),
        "tree_s": round(tree, 3),
    }


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--peer-points", type=int, default=10_000)
    parser.add_argument("--kilometres", type=float, default=100.0)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = run(asked.points, asked.kilometres, asked.runs, asked.peer_points)
    if asked.json:
        print(json.dumps(found))
        return
    print(f"{found['points']:,} points on {found['kilometres']:g} km, CPU seconds, median of {asked.runs}")
    print(
        f"coverage {found['coverage_s']:.3f}; GPX read {found['read_s']:.3f}, as a tree {found['tree_s']:.3f}"
    )
    print(
        f"{found['peer_points']:,} points: coverage {found['coverage_same_s']:.3f}, buffered "
        f"{found['buffer_s']:.3f} ({found['coverage_ratio']}×), shares agree at {found['peer_share']:.5f}"
    )


if __name__ == "__main__":
    main()
