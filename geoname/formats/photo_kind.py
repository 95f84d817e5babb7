"""What a photograph or scan (照片、扫描件) is by its content, whatever its name says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from geoname.errors import InvalidInputError

_HEAD, _TAIL = 1024, 2048


class PictureKind(StrEnum):
    """The kinds that are kept; the value is the ending of the name."""

    JPEG = "jpg"
    PNG = "png"
    TIFF = "tif"
    WEBP = "webp"
    PDF = "pdf"

    @property
    def media(self) -> str:
        """The media type."""
        return _MEDIA[self]


_MEDIA = {
    PictureKind.JPEG: "image/jpeg",
    PictureKind.PNG: "image/png",
    PictureKind.TIFF: "image/tiff",
    PictureKind.WEBP: "image/webp",
    PictureKind.PDF: "application/pdf",
}
_BEGINNINGS = (
    (b"\xff\xd8\xff", PictureKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", PictureKind.PNG),
    (b"II*\0", PictureKind.TIFF),
    (b"MM\0*", PictureKind.TIFF),
    (b"II+\0", PictureKind.TIFF),
    (b"%PDF-", PictureKind.PDF),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script", b"<head", b"<body", b"<!--")


def picture_kind(file: Path) -> PictureKind:
    """The kind of a file by its first and last bytes; InvalidInputError for what is none of them."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read(_TAIL)
    if not head:
        raise refused("is empty: send the photograph again", "是空的：请重新上传照片")
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            if kind is PictureKind.PDF:
                _check_pdf(tail)
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PictureKind.WEBP
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_MARKUP):
        raise refused(
            "is a web page and no photograph: send the picture itself", "是网页而非照片：请上传图片本身"
        )
    if head[4:8] == b"ftyp":
        raise refused(
            "is HEIC or a film, which cannot be read everywhere: export it as JPEG",
            "是 HEIC 图片或视频，并非处处可读：请导出为 JPEG",
        )
    raise refused(
        "is no photograph or scan: send JPEG, PNG, WebP, TIFF or PDF",
        "不是照片或扫描件：请上传 JPEG、PNG、WebP、TIFF 或 PDF",
    )


def refused(en: str, zh: str) -> InvalidInputError:
    """The error for a file that is not kept."""
    return InvalidInputError(f"the file {en}", zh=f"文件{zh}", field="file")


def _check_pdf(tail: bytes) -> None:
    if b"%%EOF" not in tail:
        raise refused("is a PDF that was cut off: send it again", "是不完整的 PDF：请重新上传")
