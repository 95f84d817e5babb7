"""Brings a file's coordinates to WGS 84 and refuses those that are not where the file says (坐标核查)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.boundaries.datum_check import DatumFinding, check_datum
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.datum import Frame, read_frame
from geoname.core.coordinates.datum_metres import (
    CHINA,
    ProjectedGuess,
    looks_like_metres,
    looks_swapped,
    recognise_metres,
)
from geoname.errors import InvalidInputError

Array = NDArray[np.float64]
# Half a degree: editions differ by kilometres at most, a division's neighbour lies farther away.
_AROUND_DEG = 0.5
_FAR_DEG = 0.2
_MOST_GUESSES = 4
_NAMES = {Crs.WGS84: "WGS 84", Crs.CGCS2000: "CGCS2000", Crs.GCJ02: "GCJ-02", Crs.BD09: "BD-09"}


def frame_of(crs: str, file_crs: str) -> Frame:
    """The frame that the definition names; InvalidInputError when the file names another that excludes it."""
    frame = read_frame(crs)
    if file_crs:
        said = read_frame(file_crs, field="file")
        if frame.is_projected and said.is_projected and frame.text != said.text:
            raise InvalidInputError(
                f"the file says {said.title}, the definition {frame.title}: mend the one that is wrong",
                zh=f"文件写的是 {said.title}，数据说明写的是 {frame.title}：请改正其中有误的一个",
                field="crs",
            )
        if said.is_projected and not frame.is_projected:
            return replace(frame, said=said.text)
    return frame


def to_degrees(
    territories: Territories, frame: Frame, lat_first: bool, around: Sequence[shapely.Geometry] = ()
) -> Territories:
    """The territories in WGS 84, longitude first, converted vertex by vertex.

    `around` are polygons (WGS 84) in whose neighbourhood they should be. InvalidInputError for longitude and
    latitude swapped, metres taken for degrees (naming the projection), degrees taken for metres, and
    coordinates that are no place.
    """
    places = shapely.get_coordinates(territories.polygons)
    x, y = (places[:, 1], places[:, 0]) if lat_first else (places[:, 0], places[:, 1])
    check_units(x, y, frame, around)

    def convert(points: Array) -> Array:
        first, second = (points[:, 1], points[:, 0]) if lat_first else (points[:, 0], points[:, 1])
        return np.column_stack(frame.to_wgs84(first, second))

    moved = replace(territories, polygons=np.asarray(shapely.transform(territories.polygons, convert)))
    lonlat = shapely.get_coordinates(moved.polygons)
    wrong = ~(np.abs(lonlat[:, 0]) <= 180.0) | ~(np.abs(lonlat[:, 1]) <= 90.0)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise InvalidInputError(
            f"{int(wrong.sum())} coordinates are no place in {frame.title} (first {x[at]:g}, {y[at]:g}): "
            "check crs and the file",
            zh=f"有 {int(wrong.sum())} 个坐标在 {frame.title} 中不成立（第一个是 {x[at]:g}，{y[at]:g}）："
            "请检查 crs 和文件",
            field="crs",
        )
    return moved


def guess_projection(
    x: Array, y: Array, around: Sequence[shapely.Geometry] = ()
) -> tuple[ProjectedGuess, ...]:
    """The projections under which metres fall near these polygons, or anywhere in China without them."""
    box = CHINA
    if around:
        west, south, east, north = shapely.total_bounds(np.asarray(around, dtype=object)).tolist()
        box = (west - _AROUND_DEG, south - _AROUND_DEG, east + _AROUND_DEG, north + _AROUND_DEG)
    return recognise_metres(x, y, box)


def require_where_it_belongs(territories: Territories, division: Sequence[shapely.Geometry]) -> None:
    """InvalidInputError when territories lie far outside the polygons of the division they belong to."""
    if not division:
        return
    land = shapely.union_all(np.asarray(division, dtype=object))
    shapely.prepare(land)
    middles = shapely.centroid(territories.polygons)
    outside = np.flatnonzero(~shapely.dwithin(middles, land, _FAR_DEG))
    if len(outside) == 0:
        return
    first = int(outside[0])
    lon, lat = middles[first].x, middles[first].y
    west, south, east, north = land.bounds
    raise InvalidInputError(
        f"{len(outside)} of {len(territories)} territories lie outside the stated division, "
        f"{territories.codes[first]} near {lon:.3f},{lat:.3f} instead of {west:.1f}…{east:.1f}, "
        f"{south:.1f}…{north:.1f}: check crs, within and the codes",
        zh=f"{len(territories)} 个区划中有 {len(outside)} 个在所述区划之外，如 {territories.codes[first]} 在 "
        f"{lon:.3f}，{lat:.3f} 附近，而应在 {west:.1f}…{east:.1f}、{south:.1f}…{north:.1f}："
        "请检查 crs、within 和代码",
        field="crs",
    )


def require_datum(territories: Territories, edition: Territories, declared: Crs) -> DatumFinding | None:
    """What the lines say of the datum; InvalidInputError when it is plainly not the declared one."""
    found = check_datum(territories, edition, declared)
    if found is None or not found.is_wrong:
        return found
    plain = Crs.WGS84 if declared is Crs.CGCS2000 else declared
    east, north = found.shift_m
    as_said, as_likely = found.median_m[plain], found.median_m[found.likely]
    raise InvalidInputError(
        f"the coordinates are {_NAMES[found.likely]}, not {_NAMES[declared]}: read as declared, lines lie "
        f"{as_said:.0f} m (median) from the edition in use, outlines {east:+.0f} m east and {north:+.0f} m "
        f"north; read as {_NAMES[found.likely]}, {as_likely:.0f} m ({found.places} places, confidence "
        f'{found.confidence:.4f}): write crs = "{found.likely}"',
        zh=f"坐标是 {_NAMES[found.likely]}，不是 {_NAMES[declared]}：按所写坐标系，界线与现用版本相距 "
        f"{as_said:.0f} 米（中位数），整体偏东 {east:+.0f} 米、偏北 {north:+.0f} 米；"
        f"按 {_NAMES[found.likely]} 则为 {as_likely:.0f} 米（{found.places} 处，置信度 "
        f'{found.confidence:.4f}）：请写 crs = "{found.likely}"',
        field="crs",
    )


def check_units(x: Array, y: Array, frame: Frame, around: Sequence[shapely.Geometry]) -> None:
    """InvalidInputError when coordinates are plainly in another unit or order than the frame's."""
    metres = looks_like_metres(x, y)
    if frame.is_projected and not metres:
        raise InvalidInputError(
            f"the coordinates are degrees ({x[0]:g}, {y[0]:g}), {frame.title} has metres: write crs = "
            '"EPSG:4490"',
            zh=f'坐标是度（{x[0]:g}，{y[0]:g}），而 {frame.title} 以米为单位：请写 crs = "EPSG:4490"',
            field="crs",
        )
    if frame.is_projected:
        return
    if metres:
        remedy, zh = _projection_to_write(x, y, frame, around)
        raise InvalidInputError(
            f"the coordinates are metres ({x[0]:.0f}, {y[0]:.0f}), not degrees: {remedy}",
            zh=f"坐标是米（{x[0]:.0f}，{y[0]:.0f}），不是度：{zh}",
            field="crs",
        )
    if looks_swapped(x, y):
        raise InvalidInputError(
            f'longitude and latitude are swapped ({x[0]:g}, {y[0]:g}): write axis_order = "lat,lon"',
            zh=f'经纬度写反了（{x[0]:g}，{y[0]:g}）：请写 axis_order = "lat,lon"',
            field="axis_order",
        )


def _projection_to_write(
    x: Array, y: Array, frame: Frame, around: Sequence[shapely.Geometry]
) -> tuple[str, str]:
    """What the definition should say of metres, in English and Chinese: as the file says, or as guessed."""
    if frame.said:
        written = f"crs = {json.dumps(frame.said, ensure_ascii=False)}"
        return f"write {written}, as the file itself says", f"请写 {written}（文件自身所述）"
    guesses = guess_projection(x, y, around)
    if len(guesses) > _MOST_GUESSES:
        several = f"{guesses[0].crs} … {guesses[-1].crs}"
        return (
            f'name the divisions of the file (within = ["52"]), so that the meridian can be told, or write '
            f"the projection's code as crs ({several})",
            f'请写明所在区划（如 within = ["52"]）以便判断中央经线，或将投影代码写入 crs（{several}）',
        )
    known = "; ".join(
        f'crs = "{one.crs}"' + (', axis_order = "lat,lon"' if one.northing_first else "") + f" ({one.title})"
        for one in guesses
    )
    if not known:
        return "find out the projection and name its EPSG code", "请查明投影并写出其 EPSG 代码"
    return f"write {known}", f"请写 {known}"
