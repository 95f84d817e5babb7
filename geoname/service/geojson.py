"""GeoJSON (RFC 7946) as answers give it: degrees to six decimals, the edition beside the features."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import shapely

from geoname.service.answers import EditionShown

DECIMALS = 6
METRES_PER_DEGREE = 111_320.0


def geometry(shape: shapely.Geometry | None, tolerance_m: float = 0.0) -> dict[str, Any] | None:
    """A geometry, simplified to a tolerance in metres; None where there is none."""
    if shape is None:
        return None
    if tolerance_m > 0:
        shape = shapely.simplify(shape, tolerance_m / METRES_PER_DEGREE)
    return dict(json.loads(shapely.to_geojson(shapely.set_precision(shape, 10**-DECIMALS, mode="pointwise"))))


def collection(features: list[dict[str, Any]], edition: EditionShown, *, exact: bool) -> bytes:
    """A FeatureCollection; `exact` is false when the day asked about is not the edition's."""
    beside = {"edition": asdict(edition), "exact": exact}
    return dumped({"type": "FeatureCollection", **beside, "features": features})


def dumped(value: dict[str, Any]) -> bytes:
    """JSON without idle blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
