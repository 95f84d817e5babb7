"""Turns coordinates of any known system into WGS 84 (坐标转换) and back, and refuses what is no place."""

from __future__ import annotations

import math
from typing import overload

import numpy as np
from numpy.typing import NDArray

from geoname.core.coordinates import bd09, gcj02
from geoname.core.coordinates.crs import Crs
from geoname.errors import InvalidInputError

Array = NDArray[np.float64]


@overload
def to_wgs84(lon: float, lat: float, crs: Crs) -> tuple[float, float]: ...
@overload
def to_wgs84(lon: Array, lat: Array, crs: Crs) -> tuple[Array, Array]: ...
def to_wgs84(lon: float | Array, lat: float | Array, crs: Crs) -> tuple[float, float] | tuple[Array, Array]:
    """The WGS 84 longitude and latitude, degrees, of one place or of arrays in `crs`.

    CGCS2000 is taken as WGS 84, within a metre. The inverse shifts are iterated: exact to the formula within
    a thousandth of a millimetre. Nothing is checked here: see `check_coordinates`.
    """
    if crs is Crs.WGS84 or crs is Crs.CGCS2000:
        return lon, lat  # type: ignore[return-value]
    if isinstance(lon, np.ndarray) or isinstance(lat, np.ndarray):
        lons, lats = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        if crs is Crs.BD09:
            lons, lats = bd09.bd09_to_gcj02_many(lons, lats)
        return gcj02.gcj02_to_wgs84_many(lons, lats)
    if crs is Crs.BD09:
        lon, lat = bd09.bd09_to_gcj02(lon, lat)
    return gcj02.gcj02_to_wgs84(lon, lat)


@overload
def from_wgs84(lon: float, lat: float, crs: Crs) -> tuple[float, float]: ...
@overload
def from_wgs84(lon: Array, lat: Array, crs: Crs) -> tuple[Array, Array]: ...
def from_wgs84(lon: float | Array, lat: float | Array, crs: Crs) -> tuple[float, float] | tuple[Array, Array]:
    """The longitude and latitude in `crs`, degrees, of one place or of arrays in WGS 84."""
    if crs is Crs.WGS84 or crs is Crs.CGCS2000:
        return lon, lat  # type: ignore[return-value]
    if isinstance(lon, np.ndarray) or isinstance(lat, np.ndarray):
        lons, lats = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        lons, lats = gcj02.wgs84_to_gcj02_many(lons, lats)
        return bd09.gcj02_to_bd09_many(lons, lats) if crs is Crs.BD09 else (lons, lats)
    lon, lat = gcj02.wgs84_to_gcj02(lon, lat)
    return bd09.gcj02_to_bd09(lon, lat) if crs is Crs.BD09 else (lon, lat)


def check_coordinates(lon: float | Array, lat: float | Array) -> None:
    """Pass in silence when every longitude and latitude, degrees, can be a place on the earth.

    InvalidInputError names `lon` or `lat` (and the position in an array) for what is not finite or out of
    range, and says so when the two look swapped.
    """
    if isinstance(lon, np.ndarray) or isinstance(lat, np.ndarray):
        _check_many(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64))
    elif not (-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0):
        _refuse(float(lon), float(lat), None)


def _check_many(lon: Array, lat: Array) -> None:
    if lon.shape != lat.shape:
        raise InvalidInputError(
            f"{lat.size} latitudes beside {lon.size} longitudes: give one of each for every place",
            zh=f"有 {lon.size} 个经度、{lat.size} 个纬度：每处请各给一个",
            field="lat",
        )
    right = (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0)
    if not right.all():
        first = int(np.argmin(right.ravel()))
        _refuse(float(lon.ravel()[first]), float(lat.ravel()[first]), first)


def _refuse(lon: float, lat: float, position: int | None) -> None:
    where, at = (
        ("", "") if position is None else (f" at position {position}", f"（第 {position} 项，从 0 起）")
    )
    for field, name, value, limit in (("lon", "经度", lon, 180), ("lat", "纬度", lat, 90)):
        if not math.isfinite(value):
            raise InvalidInputError(
                f"{field} {value}{where} is not a number: write degrees",
                zh=f"{name} {value}{at} 不是数：请以度为单位书写",
                field=field,
            )
        if abs(value) > limit:
            swapped = field == "lat" and abs(value) <= 180 and abs(lon) <= 90
            remedy = (
                "lon and lat look swapped: longitude comes first" if swapped else "write degrees, not metres"
            )
            cure = "经纬度似乎写反了，经度在前" if swapped else "请以度为单位书写，不是米"
            raise InvalidInputError(
                f"{field} {value}{where} lies outside −{limit}…{limit}: {remedy}",
                zh=f"{name} {value}{at} 超出 −{limit}…{limit}：{cure}",
                field=field,
            )
