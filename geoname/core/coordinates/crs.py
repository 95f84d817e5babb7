"""The coordinate reference systems (坐标系) that the service reads."""

from __future__ import annotations

from enum import StrEnum

from geoname.errors import InvalidInputError


class Crs(StrEnum):
    """What a pair of longitude and latitude in degrees is measured in."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    """The national system; taken as WGS 84, from which it differs by less than a metre."""
    GCJ02 = "gcj02"
    """The shifted system of public maps in China."""
    BD09 = "bd09"
    """Baidu's further shift of GCJ-02."""


_WRITTEN = {
    **{crs.value: crs for crs in Crs},
    "epsg:4326": Crs.WGS84,
    "ogc:crs84": Crs.WGS84,
    "epsg:4490": Crs.CGCS2000,
}
_NO_PUBLIC_SHIFT = {
    "epsg:4214": "Beijing 1954",
    "beijing1954": "Beijing 1954",
    "epsg:4610": "Xi'an 1980",
    "xian1980": "Xi'an 1980",
}
_CHINESE = {"Beijing 1954": "1954 年北京坐标系", "Xi'an 1980": "1980 西安坐标系"}


def parse_crs(text: str, *, field: str = "crs") -> Crs:
    """Read a system's name or EPSG code, small or capital letters.

    InvalidInputError lists the known ones; Beijing 1954 and Xi'an 1980 are refused by name, because without
    a regional datum shift their coordinates would be taken to lie tens of metres from their place.
    """
    written = text.strip().lower()
    crs = _WRITTEN.get(written)
    if crs is not None:
        return crs
    refused = _NO_PUBLIC_SHIFT.get(written)
    if refused is not None:
        raise InvalidInputError(
            f"{refused} needs a datum shift that is not public: convert to CGCS2000 first",
            zh=f"{_CHINESE[refused]}的转换参数不公开：请先转换到 CGCS2000",
            field=field,
        )
    raise InvalidInputError(
        f"{text!r} is not a known reference system: use one of {', '.join(Crs)}",
        zh=f"{text!r} 不是已知的坐标系：请用 {'、'.join(Crs)} 之一",
        field=field,
    )
