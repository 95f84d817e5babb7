"""Points as a database's own binary (点的编码), many at once: one record of fixed length for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

Degrees = NDArray[np.float64]
Decode = Callable[[Sequence[bytes | None]], NDArray[np.object_]]


class PointBlobs:
    """The form in which one database writes a point: `head` is the same for all, then `lon` and `lat`."""

    def __init__(self, fields: Sequence[tuple[str, str]], head: Mapping[str, int | bytes]) -> None:
        """`fields` are those of the record in their order, as NumPy names types; `head` has all but two."""
        self._type = np.dtype([*fields, ("lon", "<f8"), ("lat", "<f8")])
        self._head = np.zeros(1, dtype=self._type)
        for field, value in head.items():
            self._head[field] = value
        self._fields = list(head)

    def encode(self, lon: Degrees, lat: Degrees) -> list[bytes | None]:
        """Binaries of points in degrees, None where a coordinate is NaN."""
        packed = np.repeat(self._head, len(lon))
        packed["lon"], packed["lat"] = lon, lat
        whole, size = packed.tobytes(), self._type.itemsize
        missing = (np.isnan(lon) | np.isnan(lat)).tolist()
        return [None if gone else whole[i * size : (i + 1) * size] for i, gone in enumerate(missing)]

    def decode(self, blobs: Sequence[bytes | None], any_geometry: Decode) -> tuple[Degrees, Degrees]:
        """Longitudes and latitudes of binaries, NaN for None; `any_geometry` reads what has another form."""
        known = [number for number, blob in enumerate(blobs) if blob is not None]
        whole = b"".join([blob for blob in blobs if blob is not None])
        if len(whole) == len(known) * self._type.itemsize:
            packed = np.frombuffer(whole, dtype=self._type)
            if bool(np.all(packed[self._fields] == self._head[self._fields])):
                lon, lat = np.full((2, len(blobs)), np.nan)
                lon[known], lat[known] = packed["lon"], packed["lat"]
                return lon, lat
        # Another program may write points in another order of bytes, or empty ones.
        geometries = any_geometry(blobs)
        return shapely.get_x(geometries), shapely.get_y(geometries)
