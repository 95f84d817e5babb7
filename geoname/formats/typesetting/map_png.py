"""Turns a drawn map into PNG (图片), for documents that cannot hold SVG."""

from __future__ import annotations

from geoname.formats.typesetting.typst_run import typeset

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image("map.svg", width: 166mm)
"""


def map_png(svg: bytes, ppi: float = 200.0) -> bytes:
    """The picture of an SVG, 166 mm wide, with our own font."""
    return typeset(_PAGE, {"map.svg": svg}, "png", ppi=ppi)
