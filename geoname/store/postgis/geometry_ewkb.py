"""Geometry as PostGIS keeps it (图形编码): extended WKB with its reference system; for many at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.errors import DatabaseError

SRS_ID = 4326


def encode(geometries: NDArray[np.object_]) -> list[bytes | None]:
    """Extended WKB of shapely geometries (2 D, WGS 84); None stays None."""
    located = shapely.set_srid(geometries, SRS_ID)
    blobs: list[bytes | None] = shapely.to_wkb(
        located, output_dimension=2, byte_order=1, include_srid=True
    ).tolist()
    return blobs


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
