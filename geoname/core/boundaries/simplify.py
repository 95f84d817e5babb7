"""Fewer points for drawing (制图综合), with the borders that territories share still shared."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import shapely

from geoname.core.boundaries.shared_edges import require_one_level
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.geodesic import ELLIPSOID
from geoname.errors import InvalidInputError

LARGEST_TOLERANCE_M = 100_000.0


def simplify_for_display(territories: Territories, tolerance_m: float) -> Territories:
    """The same territories with only the points that show at a scale of `tolerance_m` metres a pixel.

    A point goes when the triangle that it makes with its neighbours is smaller than a square of that side;
    points that stay are where they were. All territories are simplified together, so neighbours stay
    neighbours and neither gaps nor overlaps arise. For drawing only: lengths, areas and look-ups are those
    of the full polygons. InvalidInputError for mixed levels, a tolerance out of range, or a coverage that is
    not valid (see `check_coverage`), because its borders would come apart.
    """
    if not 0.0 <= tolerance_m <= LARGEST_TOLERANCE_M:
        raise InvalidInputError(
            f"a tolerance of {tolerance_m} m: give 0 to {LARGEST_TOLERANCE_M:.0f} metres",
            zh=f"容差 {tolerance_m} 米不可用：请给出 0 至 {LARGEST_TOLERANCE_M:.0f} 米",
            field="tolerance_m",
        )
    require_one_level(territories)
    if len(territories) == 0 or tolerance_m == 0.0:
        return territories
    if not shapely.coverage_is_valid(territories.polygons):
        raise InvalidInputError(
            "the territories overlap or their edges do not match: see the coverage check",
            zh="区划面相互重叠或公共边不一致：请先看拓扑检查的结果",
            field="territories",
        )
    _, south, _, north = shapely.total_bounds(territories.polygons)
    tolerance = tolerance_m / _metres_per_degree((south + north) / 2.0)
    simplified = shapely.coverage_simplify(territories.polygons, tolerance)
    return replace(territories, polygons=np.asarray(simplified, dtype=object))


def _metres_per_degree(lat: float) -> float:
    """The side in metres of a square as large as a degree by a degree at this latitude.

    The measure is an area, so that degrees of unequal width need no projecting, and no point moves.
    """
    sine = math.sin(math.radians(lat))
    flat = 1.0 - float(ELLIPSOID.es) * sine * sine
    prime = float(ELLIPSOID.a) / math.sqrt(flat)
    meridian = prime * (1.0 - float(ELLIPSOID.es)) / flat
    return math.radians(1.0) * math.sqrt(prime * meridian * math.cos(math.radians(lat)))
