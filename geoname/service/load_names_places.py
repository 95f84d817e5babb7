"""Where a file's records lie (坐标读取): any way of writing degrees, one frame for the file, in WGS 84."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.datum import Frame
from geoname.core.coordinates.datum_metres import CHINA
from geoname.formats.definition import AXIS_ORDERS, Definition
from geoname.formats.dms import Cells, are_packed, read_degrees, together, unpacked
from geoname.formats.register_table import Places
from geoname.service.boundary_place import check_units
from geoname.service.load_names_troubles import Trouble

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_DATUMS = {
    Crs.CGCS2000: ("2000", "CGCS", "4490"),
    Crs.WGS84: ("WGS", "84", "4326"),
    Crs.GCJ02: ("GCJ", "火星", "国测局"),
    Crs.BD09: ("BD09", "BD-09", "百度"),
}
_OLD = ("1980", "西安", "1954", "北京", "80", "54", "4610", "4214")


@dataclass(frozen=True, slots=True)
class Located:
    """Degrees, WGS 84, NaN where a record has no place; `is_point` is false where a point stands for a shape.

    `troubles` are (offset, `lon` or `lat`, what is wrong).
    """

    lon: Array
    lat: Array
    is_point: Mask
    troubles: tuple[tuple[int, str, Trouble], ...]


class PlaceReader:
    """Reads coordinates batch by batch; how they are written is told by the first batch that has any."""

    def __init__(self, definition: Definition, frame: Frame) -> None:
        """Take the frame that the definition names."""
        self.frame = frame
        self.zeros = 0
        self._lat_first = definition.axis_order == AXIS_ORDERS[1]
        self._decided = False

    def read(
        self, columns: Mapping[str, Cells], places: Places | None, around: Sequence[shapely.Geometry]
    ) -> Located | None:
        """The places of a batch; None for a file without any coordinates.

        InvalidInputError when the whole file is in metres, in degrees where metres are said, or has its axes
        the other way round.
        """
        found: list[tuple[int, str, Trouble]] = []
        if "lon" in columns and "lat" in columns:
            x, wrong_x = self._column(columns, "lon")
            y, wrong_y = self._column(columns, "lat")
            found += [(int(i), "lon", Trouble.BAD_COORDINATE) for i in np.flatnonzero(wrong_x)]
            found += [(int(i), "lat", Trouble.BAD_COORDINATE) for i in np.flatnonzero(wrong_y)]
            x[wrong_x | wrong_y] = np.nan
            y[wrong_x | wrong_y] = np.nan
            is_point = np.ones(len(x), dtype=bool)
            if not self.frame.is_projected:
                x, y = without_packing(x, y)
        elif places is not None:
            x, y, is_point = places.x.copy(), places.y.copy(), places.is_point
        else:
            return None
        nowhere = (x == 0.0) & (y == 0.0)
        self.zeros += int(nowhere.sum())
        x[nowhere] = y[nowhere] = np.nan
        found += [(int(i), "lat", Trouble.HALF_A_POINT) for i in np.flatnonzero(np.isnan(x) != np.isnan(y))]
        x[np.isnan(y)] = np.nan
        y[np.isnan(x)] = np.nan
        if self._lat_first:
            x, y = y, x
        known = ~np.isnan(x)
        if not self._decided and known.any():
            check_units(x[known], y[known], self.frame, around)
            self._decided = True
        return self._in_degrees(x, y, known, is_point, found)

    def _in_degrees(
        self, x: Array, y: Array, known: Mask, is_point: Mask, found: list[tuple[int, str, Trouble]]
    ) -> Located:
        if not self.frame.is_projected:
            west, south, east, north = CHINA
            metres = known & (np.fmax(np.abs(x), np.abs(y)) > 360.0)
            swapped = known & (x >= south) & (x <= north) & (y >= west) & (y <= east)
            found += [(int(i), "lon", Trouble.METRES) for i in np.flatnonzero(metres)]
            found += [(int(i), "lon", Trouble.SWAPPED) for i in np.flatnonzero(swapped)]
            x, y = (np.where(metres | swapped, np.nan, side) for side in (x, y))
            known = known & ~metres & ~swapped
        lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
        if known.any():
            lon[known], lat[known] = self.frame.to_wgs84(x[known], y[known])
        wrong = known & ~((np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0))
        found += [(int(i), "lon", Trouble.BAD_COORDINATE) for i in np.flatnonzero(wrong)]
        lon[wrong] = lat[wrong] = np.nan
        return Located(lon, lat, is_point, tuple(found))

    def _column(self, columns: Mapping[str, Cells], side: str) -> tuple[Array, Mask]:
        values, wrong = read_degrees(columns[side])
        minutes, seconds = columns.get(f"{side}_minute"), columns.get(f"{side}_second")
        if minutes is not None:
            minute, bad_minute = read_degrees(minutes)
            second, bad_second = read_degrees(seconds) if seconds is not None else (minute * 0.0, bad_minute)
            values, bad = together(values, minute, second)
            return values, wrong | bad_minute | bad_second | bad
        return values, wrong


def without_packing(x: Array, y: Array) -> tuple[Array, Array]:
    """Both coordinates with the numbers of the form 1064012.34, 262012.34 brought to degrees."""
    packed = are_packed(x) & are_packed(y)
    return np.where(packed, unpacked(x), x), np.where(packed, unpacked(y), y)


def datum_written(text: str) -> Crs | None:
    """The datum that a cell names, None for an older one or none that is known."""
    plain = text.upper().replace(" ", "")
    if any(sign in plain for sign in _OLD) and "2000" not in plain and "WGS" not in plain:
        return None
    return next((crs for crs, signs in _DATUMS.items() if any(sign in plain for sign in signs)), None)


def same_datum(one: Crs | None, other: Crs) -> bool:
    """Whether degrees of both may be taken for each other; CGCS2000 and WGS 84 are."""
    plain = (Crs.WGS84, Crs.CGCS2000)
    return one is other or (one in plain and other in plain)
