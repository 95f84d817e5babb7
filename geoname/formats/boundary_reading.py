"""Boundary files in (界线数据读取): Shapefile, GeoPackage, GeoJSON and GeoParquet as one kind of table."""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import orjson
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, GeometryError

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.boundary_reading_encoding import FoundEncoding, dbf_encoding, text_encoding
from geoname.formats.boundary_reading_shapefile import shapefile_parts

ENDINGS = (".shp", ".zip", ".gpkg", ".geojson", ".json", ".parquet", ".geoparquet")


@dataclass(frozen=True, slots=True)
class BoundaryTable:
    """What a file holds: its fields as columns of text, its shapes, and what it says of itself.

    `shapes[i]` is a shapely geometry in the file's own coordinates, None where a row has none or it cannot be
    read. `crs` is what the file says (an authority's code or WKT), empty when it says nothing. `sha256` is
    the digest of all its parts. `notes` are short words on what had to be done.
    """

    format: str
    layer: str
    encoding: FoundEncoding | None
    crs: str
    fields: Mapping[str, tuple[str | None, ...]]
    shapes: NDArray[np.object_]
    sha256: str
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many rows."""
        return len(self.shapes)


def read_boundary_file(file: Path, layer: str = "", encoding: str = "") -> BoundaryTable:
    """Read one layer of a file of polygons, the format by its ending.

    `layer` chooses among several, `encoding` is what the definition says of a Shapefile or GeoJSON.
    DataFileError for a file that is not there, damaged or cut off; InvalidInputError for an unknown ending, a
    wrong encoding, a layer to be chosen, or a missing part.
    """
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise InvalidInputError(
            f"{file.name} is of no known format: end it in {', '.join(ENDINGS)}",
            zh=f"无法识别 {file.name} 的格式：文件名须以 {'、'.join(ENDINGS)} 结尾",
            field="file",
        )
    if not file.is_file():
        raise DataFileError(
            f"{file.name} is not there: check the path", zh=f"没有 {file.name}：请检查路径", field="file"
        )
    if ending in (".shp", ".zip"):
        return _shapefile(file, layer, encoding)
    if ending == ".gpkg":
        return _geopackage(file, layer)
    if ending in (".parquet", ".geoparquet"):
        return _parquet(file)
    return _geojson(file, encoding)


def _shapefile(file: Path, layer: str, encoding: str) -> BoundaryTable:
    with shapefile_parts(file, layer) as parts:
        found = dbf_encoding(parts.dbf, parts.cpg, encoding)
        crs = "" if parts.prj is None else parts.prj.read_bytes().decode("utf-8-sig", "replace").strip()
        digest = hashlib.sha256()
        for part in parts.all():
            digest.update(part.suffix.lower().encode() + b"\0" + part.read_bytes())
        fields, shapes, _, notes = _rows(parts.shp, file.name, encoding=found.name)
    return BoundaryTable(
        "Shapefile", file.stem, found, crs, fields, shapes, digest.hexdigest(), (*parts.notes, *notes)
    )


def _geopackage(file: Path, layer: str) -> BoundaryTable:
    try:
        layers = [(str(name), str(kind)) for name, kind in pyogrio.list_layers(file)]
    except (DataSourceError, DataLayerError) as error:
        raise _damaged(file.name, error) from error
    names = [name for name, _ in layers]
    areal = [name for name, kind in layers if "Polygon" in kind]
    fitting = [name for name in names if name == layer] if layer else areal if len(areal) == 1 else names
    if len(fitting) != 1:
        raise InvalidInputError(
            f"{file.name} holds the layers {', '.join(names) or '(none)'}: choose with layer = …",
            zh=f"{file.name} 内有图层 {'、'.join(names) or '（无）'}：请在数据说明中用 layer 选定",
            field="layer",
        )
    fields, shapes, crs, notes = _rows(file, file.name, layer=fitting[0])
    return BoundaryTable("GeoPackage", fitting[0], None, crs, fields, shapes, _digest(file), notes)


def _geojson(file: Path, encoding: str) -> BoundaryTable:
    raw = file.read_bytes()
    found = text_encoding(raw, encoding)
    plain = raw.decode(found.name).encode() if found.name != "UTF-8" else raw
    try:
        told = orjson.loads(plain)
    except orjson.JSONDecodeError as error:
        raise _damaged(file.name, error) from error
    if not isinstance(told, dict) or "type" not in told:
        raise InvalidInputError(
            f"{file.name} is JSON, but no GeoJSON: give a FeatureCollection",
            zh=f"{file.name} 是 JSON 但不是 GeoJSON：请给出 FeatureCollection",
            field="file",
        )
    fields, shapes, crs, notes = _rows(plain, file.name)
    # Without a word of its own a GeoJSON file is taken for WGS 84 by everybody, and may be anything.
    said = crs if told.get("crs") else ""
    return BoundaryTable("GeoJSON", file.stem, found, said, fields, shapes, _digest(file), notes)


def _parquet(file: Path) -> BoundaryTable:
    try:
        frame = geopandas.read_parquet(file)
    except (ValueError, OSError, shapely.GEOSException) as error:  # Arrow's errors are of the first two
        raise _damaged(file.name, error) from error
    fields = {
        str(name): _texts(frame[name].to_numpy(dtype=object))
        for name in frame.columns
        if name != frame.geometry.name
    }
    shapes = shapely.force_2d(np.asarray(frame.geometry.array, dtype=object))
    crs = frame.crs.to_string() if frame.crs is not None else ""
    return BoundaryTable("GeoParquet", file.stem, None, crs, fields, shapes, _digest(file))


_Rows = tuple[dict[str, tuple[str | None, ...]], NDArray[np.object_], str, tuple[str, ...]]


def _rows(source: Path | bytes, name: str, **options: Any) -> _Rows:  # noqa: ANN401 - pyogrio's options
    """Columns, shapes, what the file says of its system, and what the reader remarked."""
    try:
        with warnings.catch_warnings(record=True) as remarks:
            warnings.simplefilter("always")
            meta, _, blobs, columns = pyogrio.raw.read(source, **options)
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"a text in {name} does not fit the encoding ({error.reason}): say encoding = …",
            zh=f"{name} 中有文字与字符编码不符：请在数据说明中写明 encoding",
            field="encoding",
        ) from error
    except (DataSourceError, DataLayerError, GeometryError, RuntimeError) as error:
        raise _damaged(name, error) from error
    names = [str(field) for field in meta["fields"]]
    fields = {field: _texts(column) for field, column in zip(names, columns, strict=True)}
    shapes = np.empty(len(columns[0]) if blobs is None and columns else 0, dtype=object)
    if blobs is not None:
        shapes = np.asarray(shapely.force_2d(shapely.from_wkb(blobs, on_invalid="ignore")), dtype=object)
    crs = str(meta["crs"] or "")
    # What GDAL calls undefined says nothing.
    return (
        fields,
        shapes,
        "" if "Undefined" in crs else crs,
        tuple(sorted({str(one.message) for one in remarks})),
    )


def _texts(column: NDArray[Any]) -> tuple[str | None, ...]:
    return tuple(_text(value) for value in column.tolist())


def _text(value: object) -> str | None:
    """A cell as text; whole numbers that a file keeps as decimals lose their decimals."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip("\0 \t\r\n\u3000") or None


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _damaged(name: str, error: Exception) -> DataFileError:
    said = " ".join(str(error).split())[:200]
    return DataFileError(
        f"{name} cannot be read ({said}): it may be cut off or of another format; copy it again",
        zh=f"无法读取 {name}（{said}）：可能不完整或格式不符，请重新复制",
        field="file",
    )
