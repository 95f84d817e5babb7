"""A photograph is shown upright and small, without place or camera."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image

from geoname.errors import InvalidInputError
from geoname.formats.photo_shown import shown_photo


def test_a_turned_photograph_stands_upright_and_says_nothing_of_itself(tmp_path):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "secret"
    Image.new("RGB", (3000, 1500), (10, 200, 10)).save(tmp_path / "a", "JPEG", exif=exif)
    with Image.open(io.BytesIO(shown_photo(tmp_path / "a"))) as shown:
        assert shown.size == (500, 1000)
        assert dict(shown.getexif()) == {}


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "CMYK"])
def test_every_kind_of_picture_becomes_a_jpeg(tmp_path, mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (40, 20)).save(tmp_path / "a", kind)
    assert shown_photo(tmp_path / "a").startswith(b"\xff\xd8\xff")


def test_what_cannot_be_shown_is_told(tmp_path):
    (tmp_path / "a").write_bytes(b"nothing")
    with pytest.raises(InvalidInputError, match="cannot be shown"):
        shown_photo(tmp_path / "a")
