"""Files of lines and markers for tests, with their definitions, taken from an edition's own lines."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from geoname.core.boundaries.course import Course
from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.service.opened import Geoname, open_geoname

DEFINITION = """title = "界线登记（试验）"
authority = "省民政厅"
source = "made for a test"
licence = "internal"
valid_from = 2024-01-01
"""
LINE_HEADINGS = (
    "界线名称",
    "界线代码",
    "甲方代码",
    "乙方代码",
    "长度（千米）",
    "单立",
    "上次联检",
    "是否争议",
)
MARKER_HEADINGS = (
    "界桩编号", "界线名称", "经度", "纬度", "高程", "方位物1", "方位角1", "距离1", "方位物2", "方位角2",
    "距离2", "方位物3", "方位角3", "距离3", "责任方", "托管员", "状态", "埋设日期", "材质", "面数",
)  # fmt: skip
HUALONG = "520111-522730"


def own_copy(loaded: Path, folder: Path) -> Geoname:
    """A database of the test's own with the shipped data; close it."""
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    return open_geoname(str(folder / "geoname.gpkg"), folder / "cache")


def write_table(file: Path, headings: Sequence[str], rows: Iterable[Sequence[object]], crs: str = "") -> Path:
    """A CSV file with its definition beside it."""
    with file.open("w", encoding="utf-8", newline="") as content:
        writer = csv.writer(content)
        writer.writerow(headings)
        writer.writerows(rows)
    said = DEFINITION + (f'crs = "{crs}"\n' if crs else "")
    file.with_name(f"{file.name}.toml").write_text(said, encoding="utf-8")
    return file


def marker_rows(
    geoname: Geoname, line_id: str = HUALONG, name: str = "花龙线", count: int = 12, crs: Crs = Crs.WGS84
) -> list[list[object]]:
    """Markers evenly along a derived line, numbered from its beginning."""
    course = Course(geoname.live().boundaries.line(line_id).course)
    length = float(course.piece_m[0])
    rows = []
    for serial in range(1, count + 1):
        lon, lat = from_wgs84(*course.place(0, length * serial / (count + 1)), crs)
        rows.append(
            [f"{serial:03d}Q", name, f"{lon:.8f}", f"{lat:.8f}", 1200.5, "独立树", 12.5, 30, "巨石", 90, 20,
             "瓦房", 200, 15, "花溪区", "张三", "完好", "1998", "石", "双面型"]
        )  # fmt: skip
    return rows
