"""Geometry as GeoPackage binary (图形编码): header with envelope, then WKB; for many at once."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.errors import DatabaseError
from geoname.store.point_blobs import PointBlobs

SRS_ID = 4326
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_LITTLE_ENDIAN, _BOX_XY, _EMPTY = 0b1, 0b10, 0b1_0000
_HEAD = [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4")]
_HEADER = np.dtype([*_HEAD, ("box", "<f8", 4)])
_POINTS = PointBlobs(
    [*_HEAD, ("order", "u1"), ("kind", "<u4")],
    {"magic": b"GP", "version": 0, "flags": _LITTLE_ENDIAN, "srs": SRS_ID, "order": 1, "kind": 1},
)


def encode(geometries: NDArray[np.object_]) -> list[bytes | None]:
    """GeoPackage binary of shapely geometries (2 D, WGS 84); None stays None.

    Points and empty geometries carry no envelope, everything else carries x and y.
    """
    count = len(geometries)
    missing = shapely.is_missing(geometries)
    empty = shapely.is_empty(geometries)
    boxed = ~missing & ~empty & (shapely.get_type_id(geometries) != 0)
    headers = np.zeros(count, dtype=_HEADER)
    headers["magic"], headers["srs"] = b"GP", SRS_ID
    headers["flags"] = _LITTLE_ENDIAN + np.where(boxed, _BOX_XY, 0) + np.where(empty & ~missing, _EMPTY, 0)
    headers["box"] = shapely.bounds(geometries)[:, [0, 2, 1, 3]]
    packed, size = headers.tobytes(), _HEADER.itemsize
    bodies = shapely.to_wkb(geometries, output_dimension=2, byte_order=1)
    return [
        None if missing[i] else packed[i * size : i * size + (size if boxed[i] else 8)] + bodies[i]
        for i in range(count)
    ]


def point_blobs(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[bytes | None]:
    """GeoPackage binary of points in degrees, None where a coordinate is NaN; what `encode` would give."""
    return _POINTS.encode(lon, lat)


def points(blobs: Sequence[bytes | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of binaries of points, NaN for None; DatabaseError for a damaged one."""
    return _POINTS.decode(blobs, decode)


def decode(blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
    """Shapely geometries of GeoPackage binaries, None for None; DatabaseError for a damaged one."""
    bodies = np.empty(len(blobs), dtype=object)
    for i, blob in enumerate(blobs):
        bodies[i] = None if blob is None else blob[_body_at(blob) :]
    try:
        geometries: NDArray[np.object_] = shapely.from_wkb(bodies)
    except shapely.errors.GEOSException as error:
        raise _damaged(str(error)) from error
    return geometries


def is_empty(blob: bytes) -> bool:
    """Whether a GeoPackage binary holds an empty geometry."""
    _body_at(blob)
    return bool(blob[3] & _EMPTY)


def envelope(blob: bytes) -> tuple[float, float, float, float] | None:
    """(min x, max x, min y, max y) of a GeoPackage binary, None for an empty geometry."""
    if is_empty(blob):
        return None
    start, order = _body_at(blob), "<" if blob[3] & _LITTLE_ENDIAN else ">"
    if start > 8:
        min_x, max_x, min_y, max_y = struct.unpack_from(order + "4d", blob, 8)
        return min_x, max_x, min_y, max_y
    body_order = "<" if blob[start] == 1 else ">"
    if struct.unpack_from(body_order + "I", blob, start + 1)[0] == 1:
        x, y = struct.unpack_from(body_order + "2d", blob, start + 5)
        return (x, x, y, y) if x == x else None
    min_x, min_y, max_x, max_y = shapely.bounds(decode([blob])[0]).tolist()
    return min_x, max_x, min_y, max_y


def _body_at(blob: bytes) -> int:
    if len(blob) < 13 or blob[:2] != b"GP":
        raise _damaged("no GeoPackage header")
    indicator = (blob[3] >> 1) & 0b111
    if indicator >= len(_ENVELOPE_BYTES) or len(blob) < 13 + _ENVELOPE_BYTES[indicator]:
        raise _damaged("its header is cut off")
    return 8 + _ENVELOPE_BYTES[indicator]


def _damaged(trouble: str) -> DatabaseError:
    return DatabaseError(
        f"a geometry in the database is damaged ({trouble}): restore a backup",
        zh=f"数据库中有图形损坏（{trouble}）：请恢复备份",
        field="geom",
    )
