"""The datums of older files (旧坐标基准), told from a name, an EPSG code or a WKT text.

Coordinates in them can be kept as they were handed over; no public shift leads from them to CGCS2000.
"""

from __future__ import annotations

from enum import StrEnum

from pyproj import CRS
from pyproj.exceptions import CRSError

_KRASSOWSKY, _IAG_1975 = 6_378_245.0, 6_378_140.0


class OldDatum(StrEnum):
    """A datum of before CGCS2000."""

    XIAN1980 = "xian1980"
    BEIJING1954 = "beijing1954"


_WRITTEN = {
    "xian1980": OldDatum.XIAN1980,
    "xian 1980": OldDatum.XIAN1980,
    "1980西安坐标系": OldDatum.XIAN1980,
    "西安80": OldDatum.XIAN1980,
    "80西安": OldDatum.XIAN1980,
    "1980西安": OldDatum.XIAN1980,
    "beijing1954": OldDatum.BEIJING1954,
    "beijing 1954": OldDatum.BEIJING1954,
    "1954北京坐标系": OldDatum.BEIJING1954,
    "1954年北京坐标系": OldDatum.BEIJING1954,
    "北京54": OldDatum.BEIJING1954,
    "54北京": OldDatum.BEIJING1954,
}


def old_datum(text: str) -> OldDatum | None:
    """The old datum that a text means, also under a projection; None for any other or for no system."""
    written = text.strip().lower()
    if not written:
        return None
    if written in _WRITTEN:
        return _WRITTEN[written]
    try:
        ellipsoid = CRS.from_user_input(text.strip()).ellipsoid
    except CRSError:
        return None
    axis = ellipsoid.semi_major_metre if ellipsoid is not None else 0.0
    if abs(axis - _KRASSOWSKY) < 1.0:
        return OldDatum.BEIJING1954
    return OldDatum.XIAN1980 if abs(axis - _IAG_1975) < 1.0 else None
