"""The point index (点位索引): names by where they are."""

from geoname.core.register.point_index.base import PointIndex
from geoname.core.register.point_index.live_points import LivePoints
from geoname.core.register.point_index.metres import LocalMetric

__all__ = ["LivePoints", "LocalMetric", "PointIndex"]
