"""Geometry as PostGIS keeps it (图形编码): extended WKB with its reference system; for many at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.errors import DatabaseError

SRS_ID = 4326
_HEAD = ("order", "kind", "srs")
_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("srs", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
_POINT_WITH_SRS = 0x20000001


def encode(geometries: NDArray[np.object_]) -> list[bytes | None]:
    """Extended WKB of shapely geometries (2 D, WGS 84); None stays None."""
    located = shapely.set_srid(geometries, SRS_ID)
    blobs: list[bytes | None] = shapely.to_wkb(
        located, output_dimension=2, byte_order=1, include_srid=True
    ).tolist()
    return blobs


def point_blobs(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[bytes | None]:
    """Extended WKB of points in degrees, None where a coordinate is NaN; what `encode` would give."""
    packed = np.zeros(len(lon), dtype=_POINT)
    packed["order"], packed["kind"], packed["srs"] = 1, _POINT_WITH_SRS, SRS_ID
    packed["lon"], packed["lat"] = lon, lat
    whole, size = packed.tobytes(), _POINT.itemsize
    missing = (np.isnan(lon) | np.isnan(lat)).tolist()
    return [None if gone else whole[i * size : (i + 1) * size] for i, gone in enumerate(missing)]


def points(blobs: Sequence[bytes | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of binaries of points, NaN for None; DatabaseError for a damaged one."""
    known = [number for number, blob in enumerate(blobs) if blob is not None]
    whole = b"".join([blob for blob in blobs if blob is not None])
    lon, lat = np.full((2, len(blobs)), np.nan)
    packed = np.frombuffer(whole, dtype=_POINT) if len(whole) == len(known) * _POINT.itemsize else None
    usual = point_blobs(np.zeros(1), np.zeros(1))[0]
    assert usual is not None
    head = np.frombuffer(usual, dtype=_POINT)[list(_HEAD)]
    if packed is not None and bool(np.all(packed[list(_HEAD)] == head)):
        lon[known], lat[known] = packed["lon"], packed["lat"]
        return lon, lat
    # Another program may write points in another order of bytes, or empty ones.
    geometries = decode(blobs)
    return shapely.get_x(geometries), shapely.get_y(geometries)


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
