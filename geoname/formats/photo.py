"""Reads what a photograph says of itself (照片信息): size, orientation, where and when it was taken."""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError

from geoname.core.coordinates.geodesic import ELLIPSOID
from geoname.formats.photo_kind import PictureKind, picture_kind, refused

MOST_PIXELS = 80_000_000
DAMAGED = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, EOFError, LookupError,
    ArithmeticError, struct.error, MemoryError,
)  # fmt: skip
"""What Pillow raises for a picture that is not whole; each was seen with one whose bytes were changed."""
_PILLOW = {
    PictureKind.JPEG: "JPEG",
    PictureKind.PNG: "PNG",
    PictureKind.TIFF: "TIFF",
    PictureKind.WEBP: "WEBP",
}
_TAKEN = (
    (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal),
    (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized),
)


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """A picture's kind and what is written in it; None for what is not.

    `lon` and `lat` are degrees as the camera wrote them, WGS 84 by the Exif standard; `taken_at` is ISO 8601,
    with an offset when the camera knew one. `orientation` is the Exif number, 1 when upright. `pages` counts
    those of a TIFF.
    """

    kind: PictureKind
    width: int | None = None
    height: int | None = None
    orientation: int = 1
    pages: int = 1
    lon: float | None = None
    lat: float | None = None
    height_m: float | None = None
    taken_at: str | None = None

    def metres_from(self, lon: float, lat: float) -> float | None:
        """How far from a place it was taken, None when it does not say where."""
        if self.lon is None or self.lat is None:
            return None
        return float(ELLIPSOID.inv(self.lon, self.lat, lon, lat)[2])


def read_photo(file: Path) -> PhotoFacts:
    """What a photograph or scan says of itself, its pixels decoded once to know that it is whole.

    InvalidInputError for what is no picture, is cut off, or would unfold to more than 80 million pixels.
    """
    kind = picture_kind(file)
    if kind is PictureKind.PDF:
        return PhotoFacts(kind)
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that unfolds to gigabytes, and of Exif that is damaged.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            return _read(file, kind)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_wide() from None
    except DAMAGED as error:
        raise refused(
            f"is a damaged {kind.name} ({type(error).__name__}): send the photograph again",
            f"是损坏的 {kind.name}：请重新上传照片",
        ) from None


def _read(file: Path, kind: PictureKind) -> PhotoFacts:
    with Image.open(file, formats=(_PILLOW[kind],)) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise _too_wide()
        pages = int(getattr(picture, "n_frames", 1)) if kind is PictureKind.TIFF else 1
        picture.draft("L", (1, 1))
        picture.load()
        exif = picture.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        lon, lat, height_m = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
        return PhotoFacts(
            kind,
            width,
            height,
            orientation if orientation in range(1, 9) else 1,
            pages,
            lon,
            lat,
            height_m,
            _taken(exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)),
        )


def _too_wide() -> Exception:
    return refused(
        f"unfolds to more than {MOST_PIXELS // 1_000_000} million pixels: send it smaller",
        f"超过 {MOST_PIXELS // 1_000_000} 百万像素：请缩小后上传",
    )


def _place(gps: Mapping[int, Any]) -> tuple[float | None, float | None, float | None]:
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "NS", 90.0)
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "EW", 180.0)
    # A receiver without a fix writes zeros.
    if lat is None or lon is None or (lat == 0.0 and lon == 0.0):
        return None, None, None
    height = _number(gps.get(ExifTags.GPS.GPSAltitude))
    below = gps.get(ExifTags.GPS.GPSAltitudeRef) in (1, b"\x01")
    return lon, lat, None if height is None else round(-height if below else height, 2)


def _degrees(parts: object, direction: object, directions: str, limit: float) -> float | None:
    if not isinstance(parts, tuple) or len(parts) != 3 or direction not in tuple(directions):
        return None
    degrees, minutes, seconds = (_number(part) for part in parts)
    if degrees is None or minutes is None or seconds is None:
        return None
    value = degrees + minutes / 60.0 + seconds / 3600.0
    if not 0.0 <= value <= limit:
        return None
    return round(-value if direction == directions[1] else value, 7)


def _number(written: object) -> float | None:
    try:
        value = float(written)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _taken(exif: Mapping[int, Any], gps: Mapping[int, Any]) -> str | None:
    at_satellite = _satellite_time(gps)
    if at_satellite is not None:
        return at_satellite
    for clock, offset in _TAKEN:
        written = str(exif.get(clock, "")).strip("\0 ")
        zone = str(exif.get(offset, "")).strip("\0 ")
        try:
            at = datetime.fromisoformat(f"{written[:10].replace(':', '-')}T{written[11:]}{zone}")
        except ValueError:
            continue
        return at.isoformat(timespec="seconds")
    return None


def _satellite_time(gps: Mapping[int, Any]) -> str | None:
    """The receiver's own time, which no camera clock can falsify; None when there is none."""
    parts = gps.get(ExifTags.GPS.GPSTimeStamp)
    day = str(gps.get(ExifTags.GPS.GPSDateStamp, "")).strip("\0 ")
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    numbers = [_number(part) for part in parts]
    try:
        at = datetime.strptime(day, "%Y:%m:%d").replace(
            hour=int(numbers[0] or 0), minute=int(numbers[1] or 0), second=int(numbers[2] or 0), tzinfo=UTC
        )
    except ValueError:
        return None
    return at.isoformat(timespec="seconds")
