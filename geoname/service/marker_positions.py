"""Where the markers of a file stand (界桩坐标): as given, and in WGS 84 where the datum allows it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.coordinates.datum import Frame, read_frame
from geoname.core.coordinates.old_datum import OldDatum, old_datum
from geoname.core.divisions.listing import Reject
from geoname.errors import InvalidInputError
from geoname.formats.dms import read_degrees
from geoname.formats.line_table import LineTable
from geoname.service.boundary_place import check_units

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Given:
    """A position as a file gives it, east or longitude first; `lon` and `lat` None in an old datum."""

    x: float
    y: float
    crs: str
    lon: float | None
    lat: float | None


def given_positions(table: LineTable, crs: str, lat_first: bool) -> list[Given | Reject | None]:
    """The position of each row, None where it has none, a reject where it cannot be right.

    A column of the file may name the system of each row; the definition's stands for the others. Positions
    in Xi'an 1980 and Beijing 1954 come without degrees. InvalidInputError for coordinates without any
    system, for metres called degrees and the like.
    """
    x, y, rejects = _numbers(table)
    if lat_first:
        x, y = y, x
    said = [row.get("crs", "") or crs for row in table.rows]
    found: list[Given | Reject | None] = [None] * len(table)
    for system in dict.fromkeys(said):
        rows = [
            i for i, one in enumerate(said) if one == system and not math.isnan(x[i]) and not math.isnan(y[i])
        ]
        if rows:
            for i, given in zip(rows, _in_system(system, x[rows], y[rows], table.crs), strict=True):
                found[i] = given if given is not None else _nowhere(table.numbers[i], x[i], y[i], system)
    for i, reject in rejects.items():
        found[i] = reject
    return found


def _numbers(table: LineTable) -> tuple[Array, Array, dict[int, Reject]]:
    """Both columns as numbers, and the rows in which one of them is none or stands alone."""
    if table.shapes is not None and not shapely.is_missing(table.shapes).all():
        return _of_shapes(table)
    x, wrong_x = read_degrees([row.get("x") or None for row in table.rows])
    y, wrong_y = read_degrees([row.get("y") or None for row in table.rows])
    rejects: dict[int, Reject] = {}
    for i in range(len(table)):
        for field, wrong in (("x", wrong_x), ("y", wrong_y)):
            if wrong[i]:
                rejects[i] = _reject(
                    table.numbers[i],
                    field,
                    table.rows[i][field],
                    "is no coordinate",
                    "不是坐标",
                    ("write degrees or metres", "请写度数或米数"),
                )
        if i not in rejects and math.isnan(x[i]) != math.isnan(y[i]):
            lacking = "x" if math.isnan(x[i]) else "y"
            rejects[i] = _reject(
                table.numbers[i],
                lacking,
                "",
                "one coordinate is missing",
                "缺一个坐标",
                ("write both or none", "请两个都写或都不写"),
            )
    return x, y, rejects


def _of_shapes(table: LineTable) -> tuple[Array, Array, dict[int, Reject]]:
    assert table.shapes is not None
    is_point = shapely.get_type_id(table.shapes) == shapely.GeometryType.POINT
    rejects = {
        int(i): _reject(
            table.numbers[i],
            "geometry",
            table.shapes[i].geom_type,
            "the shape is no point",
            "图形不是点",
            ("draw a point", "请画成点"),
        )
        for i in np.flatnonzero(~is_point & ~shapely.is_missing(table.shapes))
    }
    points = table.shapes.copy()
    points[~is_point] = None
    return shapely.get_x(points), shapely.get_y(points), rejects


def _in_system(system: str, x: Array, y: Array, file_crs: str) -> list[Given | None]:
    if not system:
        raise InvalidInputError(
            'the file holds coordinates: write crs = "EPSG:4490" or the like into the definition',
            zh='文件含坐标：请在数据说明中写 crs = "EPSG:4490" 等',
            field="crs",
        )
    old = old_datum(system)
    # What a map file says of an old datum is not passed over because its definition says another.
    if old is not None or (file_crs and old_datum(file_crs) is not None):
        name = (old or old_datum(file_crs) or OldDatum.XIAN1980).value
        return [Given(a, b, name, None, None) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    frame: Frame = read_frame(system)
    check_units(x, y, frame, ())
    if frame.is_projected and _is_northing(x) and not _is_northing(y):
        raise InvalidInputError(
            f"the first coordinate ({x[0]:.0f}) is the northing, as in tables of results: write axis_order = "
            '"lat,lon"',
            zh=f'前一坐标（{x[0]:.0f}）是纵坐标（成果表的 X 为北）：请写 axis_order = "lat,lon"',
            field="axis_order",
        )
    lon, lat = frame.to_wgs84(x, y)
    right = (np.abs(lon) <= 180.0) & (np.abs(lat) <= 89.0)
    return [
        Given(a, b, frame.text, round(c, 9), round(d, 9)) if ok else None
        for a, b, c, d, ok in zip(
            x.tolist(), y.tolist(), lon.tolist(), lat.tolist(), right.tolist(), strict=True
        )
    ]


def _is_northing(values: Array) -> bool:
    """Whether metres lead from the equator to China; eastings are shorter, or have a zone before them."""
    return abs(float(np.median(values)) - 4.0e6) < 2.1e6


def _nowhere(row: int, x: float, y: float, system: str) -> Reject:
    return _reject(
        row,
        "x",
        f"{x:g}, {y:g}",
        f"is no place in {system}",
        f"在 {system} 中不成立",
        ("check the coordinates and crs", "请核对坐标和 crs"),
    )


def _reject(row: int, field: str, value: str, reason: str, zh: str, remedy: tuple[str, str]) -> Reject:
    return Reject(row, field, value, reason, zh, *remedy)
