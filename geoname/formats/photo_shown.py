"""A photograph as documents show it (照片缩图): upright, small, without what the camera wrote."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from geoname.formats.photo import DAMAGED
from geoname.formats.photo_kind import refused

LONGEST_PX = 1000


def shown_photo(file: Path, longest_px: int = LONGEST_PX) -> bytes:
    """A JPEG of at most `longest_px` on its longer side; place and camera are left out of it."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of Exif that is damaged, which is left out anyway.
            warnings.simplefilter("ignore", UserWarning)
            with Image.open(file) as picture:
                picture.draft("RGB", (longest_px, longest_px))
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (Image.DecompressionBombError, *DAMAGED) as error:
        raise refused(
            f"cannot be shown ({type(error).__name__}): hand the photograph in again",
            "无法显示：请重新上传照片",
        ) from error
    upright.thumbnail((longest_px, longest_px))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=80)
    return out.getvalue()
