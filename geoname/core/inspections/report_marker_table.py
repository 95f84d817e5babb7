"""The table of markers (界桩成果表) and the register sheet of each (界桩登记表)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pyproj import Transformer

from geoname.core.boundaries.marker import Marker
from geoname.core.inspections.report_content import Facts, ReportTable
from geoname.core.inspections.report_facts import ReportFacts
from geoname.core.inspections.report_words import degrees_words, references_words

_HIDDEN = "（无权查看）"
_ZONE_DEG = 3
_FALSE_EAST_M = 500_000


@dataclass(frozen=True, slots=True)
class GridPlace:
    """A place in the Gauss–Krüger grid of a 3° zone: metres north and east, and the central meridian."""

    x_north: float
    y_east: float
    meridian: int


def grid_place(lon: float, lat: float) -> GridPlace:
    """The place in the zone that it lies in; false easting 500 km, no zone number before it."""
    meridian = _ZONE_DEG * round(lon / _ZONE_DEG)
    east, north = _to_grid(meridian).transform(lon, lat)
    return GridPlace(float(north), float(east), meridian)


def marker_table(facts: ReportFacts) -> ReportTable:
    """Number, grid and geographic coordinates, height and type of every marker, in the order of numbers.

    Grid coordinates are computed from longitude and latitude where the register has none of its own.
    """
    rows, meridians = [], set()
    for marker in facts.markers:
        place = marker.position
        cells = [""] * 5
        remark = "演示" if marker.generated else ""
        if place is not None and not facts.positions:
            cells = [_HIDDEN] * 5
        elif place is not None:
            if place.lon is not None and place.lat is not None:
                grid = grid_place(place.lon, place.lat)
                meridians.add(grid.meridian)
                cells = [f"{grid.x_north:.2f}", f"{grid.y_east:.2f}", degrees_words(place.lat),
                         degrees_words(place.lon), ""]  # fmt: skip
            else:
                remark = f"原坐标 {place.given_x:g}, {place.given_y:g}（{place.given_crs}），未换算"
            cells[4] = "" if place.height_m is None else f"{place.height_m:.2f}"
        kind = f"{marker.standing.zh}{marker.type.value}"
        rows.append((marker.number, *cells, kind, remark))
    zones = "、".join(f"{meridian}°" for meridian in sorted(meridians))
    note = f"X、Y 由经纬度按高斯–克吕格 3° 带投影换算，中央经线 {zones}，Y 含 500 千米常数。" if zones else ""
    return ReportTable(
        "界桩成果表",
        ("编号", "X（米）", "Y（米）", "纬度 B", "经度 L", "高程 H（米）", "类型", "备注"),
        tuple(rows),
        (1.3, 1.5, 1.4, 1.6, 1.7, 1.1, 0.9, 1.2),
        note,
    )


def register_sheet(marker: Marker, facts: ReportFacts) -> Facts:
    """One marker's register sheet; coordinates only where they may be written."""
    place = marker.position
    where = ""
    if place is not None:
        where = _HIDDEN if not facts.positions else f"{place.given_x:.7g}, {place.given_y:.7g}"
        if facts.positions and place.lon is not None and place.lat is not None:
            where = f"东经 {degrees_words(place.lon)}，北纬 {degrees_words(place.lat)}"
    height = "" if place is None or place.height_m is None else f"{place.height_m:.2f} 米"
    references = references_words(marker)
    pairs = (
        ("编号", marker.number),
        ("类型", f"{marker.standing.zh}（{marker.type.value}）"),
        ("面型", "" if marker.faces is None else f"{marker.faces} 面型"),
        ("材质", marker.material),
        ("所在界线", facts.line.name),
        ("所在地", marker.location),
        ("坐标", where),
        ("坐标系", "" if place is None else place.given_crs),
        ("高程", height if facts.positions or place is None else _HIDDEN),
        ("高程基准", "" if place is None else place.height_datum),
        ("测量方法", "" if place is None else place.method),
        ("点位误差", "" if place is None or place.error_m is None else f"{place.error_m:g} 米"),
        *((f"方位物{i}", text) for i, text in enumerate(references, start=1)),
        ("分管方", facts.side(marker.responsible_side) if marker.responsible_side else "未定"),
        ("托管员", marker.custodian),
        ("备注", "；".join(one for one in (marker.note, "演示数据" if marker.generated else "") if one)),
    )
    return Facts(f"界桩 {marker.number}", tuple(pair for pair in pairs if pair[1]))


def in_number_order(markers: tuple[Marker, ...]) -> tuple[Marker, ...]:
    """Markers by serial and letter."""
    return tuple(sorted(markers, key=lambda one: (one.serial, re.sub(r"\d", "", one.number), one.number)))


@lru_cache(maxsize=16)
def _to_grid(meridian: int) -> Transformer:
    grid = f"+proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0={_FALSE_EAST_M} +ellps=GRS80 +units=m"
    return Transformer.from_crs("EPSG:4490", grid, always_xy=True)
