"""Geometry as PostGIS keeps it (图形编码): extended WKB with its reference system; for many at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.errors import DatabaseError
from geoname.store.point_blobs import PointBlobs

SRS_ID = 4326
_POINT_WITH_SRS = 0x20000001
_POINTS = PointBlobs(
    [("order", "u1"), ("kind", "<u4"), ("srs", "<u4")],
    {"order": 1, "kind": _POINT_WITH_SRS, "srs": SRS_ID},
)


def encode(geometries: NDArray[np.object_]) -> list[bytes | None]:
    """Extended WKB of shapely geometries (2 D, WGS 84); None stays None."""
    located = shapely.set_srid(geometries, SRS_ID)
    blobs: list[bytes | None] = shapely.to_wkb(
        located, output_dimension=2, byte_order=1, include_srid=True
    ).tolist()
    return blobs


def point_blobs(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[bytes | None]:
    """Extended WKB of points in degrees, None where a coordinate is NaN; what `encode` would give."""
    return _POINTS.encode(lon, lat)


def points(blobs: Sequence[bytes | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of binaries of points, NaN for None; DatabaseError for a damaged one."""
    return _POINTS.decode(blobs, decode)


def decode(blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
    """Shapely geometries of extended WKB, None for None; DatabaseError for a damaged one."""
    bodies = np.empty(len(blobs), dtype=object)
    bodies[:] = blobs
    try:
        located = shapely.from_wkb(bodies)
    except shapely.errors.GEOSException as error:
        raise DatabaseError(
            f"a geometry in the database is damaged ({error}): restore a backup",
            zh=f"数据库中有图形损坏（{error}）：请恢复备份",
            field="geom",
        ) from error
    # Geometries carry no reference system anywhere else: all are longitude and latitude.
    plain: NDArray[np.object_] = shapely.set_srid(located, 0)
    return plain
