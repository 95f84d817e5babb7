"""Photographs are known by content; what they say of place and time is read, what is no picture refused."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from geoname.errors import InvalidInputError
from geoname.formats.photo import read_photo
from geoname.formats.photo_kind import PictureKind

GPS = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (26.0, 30.0, 36.0),
    ExifTags.GPS.GPSLongitudeRef: "E",
    ExifTags.GPS.GPSLongitude: (106.0, 41.0, 24.0),
    ExifTags.GPS.GPSAltitudeRef: b"\x00",
    ExifTags.GPS.GPSAltitude: 1071.5,
}


def photo(path, gps=None, exif=None, kind="JPEG", size=(64, 48), orientation=None):
    picture, written = Image.new("RGB", size, (90, 120, 60)), Image.Exif()
    if gps:
        written.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    if exif:
        written.get_ifd(ExifTags.IFD.Exif).update(exif)
    if orientation:
        written[ExifTags.Base.Orientation] = orientation
    picture.save(path, kind, exif=written)
    return path


def test_position_time_and_orientation_are_read(tmp_path):
    exif = {ExifTags.Base.DateTimeOriginal: "2026:04:02 09:15:00", ExifTags.Base.OffsetTimeOriginal: "+08:00"}
    facts = read_photo(photo(tmp_path / "a", GPS, exif, orientation=6))
    assert facts.kind is PictureKind.JPEG
    assert (facts.width, facts.height, facts.orientation) == (64, 48, 6)
    assert (facts.lon, facts.lat) == (pytest.approx(106.69), pytest.approx(26.51))
    assert facts.height_m == 1071.5
    assert facts.taken_at == "2026-04-02T09:15:00+08:00"
    assert facts.metres_from(106.69, 26.51) == pytest.approx(0.0, abs=0.02)


def test_the_receivers_time_goes_before_the_cameras_clock(tmp_path):
    gps = {
        **GPS, ExifTags.GPS.GPSTimeStamp: (1.0, 15.0, 30.0), ExifTags.GPS.GPSDateStamp: "2026:04:02",
    }  # fmt: skip
    facts = read_photo(photo(tmp_path / "a", gps, {ExifTags.Base.DateTimeOriginal: "2019:01:01 00:00:00"}))
    assert facts.taken_at == "2026-04-02T01:15:30+00:00"


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {**GPS, ExifTags.GPS.GPSLatitude: (0.0, 0.0, 0.0), ExifTags.GPS.GPSLongitude: (0.0, 0.0, 0.0)},
        {**GPS, ExifTags.GPS.GPSLatitudeRef: "X"},
        {**GPS, ExifTags.GPS.GPSLongitude: (206.0, 0.0, 0.0)},
        {**GPS, ExifTags.GPS.GPSLongitude: (106.0, 0.0)},
    ],
)
def test_a_position_that_is_none_is_not_invented(tmp_path, gps):
    facts = read_photo(photo(tmp_path / "a", gps))
    assert (facts.lon, facts.lat) == (None, None)
    assert facts.metres_from(106.0, 26.0) is None


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("TIFF", "tif"), ("WEBP", "webp")])
def test_other_kinds_are_known_by_content(tmp_path, kind, ending):
    facts = read_photo(photo(tmp_path / "a.exe", kind=kind))
    assert facts.kind == ending


def test_a_scan_may_have_pages(tmp_path):
    pages = [Image.new("L", (20, 20), shade) for shade in (0, 100, 200)]
    pages[0].save(tmp_path / "a", "TIFF", save_all=True, append_images=pages[1:])
    assert read_photo(tmp_path / "a").pages == 3
    (tmp_path / "b").write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n")
    assert read_photo(tmp_path / "b").kind is PictureKind.PDF


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b"\xef\xbb\xbf  <HTML></HTML>",
        b'<?xml version="1.0"?><svg onload="x()"/>',
    ],
)
def test_a_photograph_that_is_an_html_file_is_refused(tmp_path, content):
    (tmp_path / "photo.jpg").write_bytes(content)
    with pytest.raises(InvalidInputError, match="web page"):
        read_photo(tmp_path / "photo.jpg")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 a zip",
        b"\x7fELF",
        b"\xff\xd8\xff<html><script>alert(1)</script></html>",
        b"\x89PNG\r\n\x1a\nnot really",
        b"II*\0\x08\0\0\0garbage",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"%PDF-1.7 cut off",
        b"\x00\x00\x00\x18ftypheic\x00\x00",
        b"GIF89a",
    ],
)
def test_what_is_no_photograph_is_refused(tmp_path, content):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(InvalidInputError) as caught:
        read_photo(tmp_path / "a")
    assert caught.value.field == "file"


def test_a_photograph_that_was_cut_off_is_refused(tmp_path):
    whole = photo(tmp_path / "a", size=(600, 600)).read_bytes()
    (tmp_path / "b").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InvalidInputError, match="damaged"):
        read_photo(tmp_path / "b")


@pytest.mark.parametrize("side", [10_000, 60_000])
def test_a_picture_that_unfolds_to_gigabytes_is_refused(tmp_path, side):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    (tmp_path / "a").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )
    with pytest.raises(InvalidInputError, match="million pixels"):
        read_photo(tmp_path / "a")


def test_damaged_exif_does_not_lose_the_photograph(tmp_path):
    picture = Image.new("RGB", (30, 30))
    picture.save(tmp_path / "a", "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x02")
    facts = read_photo(tmp_path / "a")
    assert facts.lon is None
    assert facts.taken_at is None


@given(st.data())
def test_a_picture_with_changed_bytes_is_read_or_refused_and_nothing_else(tmp_path_factory, data):
    file = tmp_path_factory.getbasetemp() / "changed"
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "TIFF", "WEBP"]))
    content = bytearray(photo(file, GPS, kind=kind, orientation=6).read_bytes())
    places = st.integers(0, len(content) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=6)):
        content[place] = byte
    file.write_bytes(content[: data.draw(places) + 1] if data.draw(st.booleans()) else content)
    try:
        facts = read_photo(file)
    except InvalidInputError:
        return
    assert facts.lon is None or -180.0 <= facts.lon <= 180.0
