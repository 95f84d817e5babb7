"""Shows territories as a GeoDataFrame (属性表与图形), for analysis in a notebook and for writing files."""

from __future__ import annotations

import geopandas

from geoname.core.boundaries.territory import Territories


def as_frame(territories: Territories) -> geopandas.GeoDataFrame:
    """One row per territory, order kept: columns `code`, `name`, `level`, `geometry`; EPSG:4326."""
    columns = {
        "code": list(territories.codes),
        "name": list(territories.names),
        "level": [level.value for level in territories.levels],
    }
    return geopandas.GeoDataFrame(columns, geometry=territories.polygons, crs="EPSG:4326")
