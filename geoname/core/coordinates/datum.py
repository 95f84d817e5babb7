"""What a file's coordinates are measured in (坐标基准), read from a name, an EPSG code or a .prj text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geoname.core.coordinates.convert import to_wgs84
from geoname.core.coordinates.crs import Crs, parse_crs
from geoname.errors import InvalidInputError

Array = NDArray[np.float64]

_SHIFTED = {Crs.GCJ02: "GCJ-02", Crs.BD09: "BD-09"}
# Krassowsky's ellipsoid carries Beijing 1954 and its "new" adjustment, that of 1975 carries Xi'an 1980.
_KRASSOWSKY, _IAG_1975 = 6_378_245.0, 6_378_140.0
_MODERN = re.compile(
    r"china[ _]?2000|cgcs|china geodetic|world geodetic|wgs|itrf|igs|etrs|european terrestrial", re.I
)
_MODERN_AXIS = 6_378_137.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A reference frame that can be brought to WGS 84; `text` is how a definition writes it.

    `degrees` is what longitude and latitude are measured in; for a projection, what they are after it is
    undone. `projection` is None for degrees. `said` is the projection that the file itself names where its
    definition says degrees.
    """

    text: str
    title: str
    degrees: Crs
    projection: CRS | None = field(default=None, compare=False, repr=False)
    said: str = field(default="", compare=False, repr=False)

    @property
    def is_projected(self) -> bool:
        """Whether coordinates are metres."""
        return self.projection is not None

    def to_wgs84(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Longitude and latitude, degrees, WGS 84, of arrays in this frame: east or longitude comes first.

        Coordinates that a projection cannot have become infinite.
        """
        if self.projection is None:
            return to_wgs84(x, y, self.degrees)
        undo = Transformer.from_crs(self.projection, self.projection.geodetic_crs, always_xy=True)
        lon, lat = undo.transform(x, y)
        return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def read_frame(text: str, *, field: str = "crs") -> Frame:
    """The frame that a short name (`gcj02`), an EPSG code or a WKT text means.

    InvalidInputError for what is unknown, for Beijing 1954 and Xi'an 1980 in any form, because no public
    shift leads from them to CGCS2000, and for frames of other parts of the earth.
    """
    written = text.strip()
    if written.lower() in tuple(Crs) or written.lower() in ("beijing1954", "xian1980"):
        crs = parse_crs(written, field=field)
        return Frame(crs.value, _SHIFTED.get(crs, crs.value.upper()), crs)
    try:
        read = CRS.from_user_input(written)
    except CRSError:
        raise InvalidInputError(
            f"{_short(written)!r} is no reference system: write EPSG:4490 or the like, gcj02 or bd09",
            zh=f"{_short(written)!r} 不是坐标系：请写 EPSG 代码（如 EPSG:4490）、gcj02 或 bd09",
            field=field,
        ) from None
    if read.is_compound:
        read = read.sub_crs_list[0]
    if read.is_bound and read.source_crs is not None:
        read = read.source_crs
    _check_datum(read, field)
    name = _epsg_text(read)
    degrees = Crs.CGCS2000 if re.search(r"2000|cgcs", str(read.datum), re.I) else Crs.WGS84
    return Frame(name, f"{name} {read.name}".strip(), degrees, read if read.is_projected else None)


def _check_datum(read: CRS, field: str) -> None:
    axis = read.ellipsoid.semi_major_metre if read.ellipsoid is not None else 0.0
    if abs(axis - _KRASSOWSKY) < 1.0:
        parse_crs("beijing1954", field=field)
    if abs(axis - _IAG_1975) < 1.0:
        parse_crs("xian1980", field=field)
    base = read.geodetic_crs
    datum = base.datum.name if base is not None and base.datum is not None else ""
    if not (read.is_geographic or read.is_projected):
        raise InvalidInputError(
            f"{read.name} has neither degrees nor a projection: export the file in EPSG:4490",
            zh=f"{read.name} 既不是经纬度也不是投影坐标：请以 EPSG:4490 导出",
            field=field,
        )
    if abs(axis - _MODERN_AXIS) > 0.01 or not _MODERN.search(datum):
        raise InvalidInputError(
            f"the datum {datum!r} is not used in China: convert to CGCS2000 (EPSG:4490) first",
            zh=f"基准 {datum!r} 不用于中国：请先转换到 CGCS2000（EPSG:4490）",
            field=field,
        )


def _epsg_text(read: CRS) -> str:
    """`EPSG:4490` where the system has such a code, else its WKT on one line."""
    code = read.to_epsg(min_confidence=70)
    return f"EPSG:{code}" if code else " ".join(read.to_wkt().split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
