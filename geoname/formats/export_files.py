"""Writes what is handed out (导出文件): CSV, GeoJSON, GeoPackage, GeoParquet, batch by batch."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from geoname.errors import GeonameError, InvalidInputError, StorageError
from geoname.formats.tables.cell_text import written_cells
from geoname.formats.tables.partial_file import put_in_place

FORMATS = ("csv", "geojson", "gpkg", "parquet")
_ENDINGS = {".csv": "csv", ".geojson": "geojson", ".json": "geojson", ".gpkg": "gpkg", ".parquet": "parquet"}
_LON, _LAT = "lon", "lat"
_GEOMETRY = "geometry"
_CRS = "EPSG:4326"
_FEATURES = 500
Batches = Iterator[pa.RecordBatch]
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Handout:
    """What is to be written. `batches` have the columns of `schema`, `lon` and `lat` in degrees among them.

    `about` is asked once the batches are at their end: what the file holds, of which day, from which
    sources under which licences. `bom` puts a byte-order mark before a CSV, for spreadsheet programs.
    """

    layer: str
    schema: pa.Schema
    batches: Batches
    about: Callable[[], Facts]
    bom: bool = False


def format_of(file: Path, given: str | None = None) -> str:
    """The format given, or that of the file's ending; InvalidInputError when neither says it."""
    found = given or _ENDINGS.get(file.suffix.lower())
    if found is None:
        raise InvalidInputError(
            f"{file.name} names no format: end it in {', '.join(_ENDINGS)}",
            zh=f"无法由 {file.name} 判断格式：请以 {'、'.join(_ENDINGS)} 结尾",
            field="format",
        )
    return found


def refuse_existing(file: Path) -> None:
    """InvalidInputError for a file that is there already: nothing is overwritten."""
    if file.exists():
        raise InvalidInputError(
            f"{file} exists already: name a new file", zh=f"{file} 已存在：请另取文件名", field="output"
        )


def write_handout(file: Path, format_: str, handout: Handout) -> None:
    """Write a file whole or not at all; StorageError when there is no room.

    A CSV has its provenance in a file `NAME.provenance.json` beside it; the others hold it themselves.
    """
    begun = file.with_name(f".{file.name}.begun{file.suffix}")
    begun.unlink(missing_ok=True)
    try:
        _WRITERS[format_](begun, handout)
        if format_ == "csv":
            beside = file.with_name(f"{file.name}.provenance.json")
            beside.write_text(json.dumps(handout.about(), ensure_ascii=False, indent=2) + "\n", "utf-8")
        put_in_place(begun, file)
    except (DataSourceError, DataLayerError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StorageError(
            f"{file} cannot be written ({reason}): make room or name another folder",
            zh=f"无法写入 {file}（{reason}）：请腾出空间或换一个目录",
            field="output",
        ) from error
    finally:
        begun.unlink(missing_ok=True)


def _write_csv(file: Path, handout: Handout) -> None:
    """UTF-8; what a spreadsheet would take for a formula has an apostrophe before it."""
    with file.open("w", encoding="utf-8-sig" if handout.bom else "utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(handout.schema.names)
        for batch in handout.batches:
            columns = [
                written_cells(column.to_pylist(), numeric=pa.types.is_floating(column.type))
                for column in batch.columns
            ]
            writer.writerows(zip(*columns, strict=True))


def _write_geojson(file: Path, handout: Handout) -> None:
    """RFC 7946: longitude first; a feature without a location has the geometry null."""
    with file.open("wb") as out:
        out.write(b'{"type":"FeatureCollection","features":[\n')
        first = True
        for batch in handout.batches:
            # A feature is many times the size of its row: a few at a time.
            for start in range(0, batch.num_rows, _FEATURES):
                features = b",\n".join(map(orjson.dumps, _features(batch.slice(start, _FEATURES))))
                out.write(features if first else b",\n" + features)
                first = False
        out.write(b'\n],"provenance":' + orjson.dumps(handout.about()) + b"}\n")


def _features(batch: pa.RecordBatch) -> Iterable[dict[str, Any]]:
    columns = batch.to_pydict()
    lons, lats = columns.pop(_LON), columns.pop(_LAT)
    names = tuple(columns)
    for lon, lat, *cells in zip(lons, lats, *columns.values(), strict=True):
        point = None if lon is None else {"type": "Point", "coordinates": (lon, lat)}
        properties = dict(zip(names, cells, strict=True))
        yield {"type": "Feature", "id": properties.get("id"), "geometry": point, "properties": properties}


def _write_geopackage(file: Path, handout: Handout) -> None:
    """One layer of points, and a table `provenance` of keys and values beside it."""
    schema = _with_geometry(handout.schema)
    trouble: list[GeonameError] = []
    drawn = _remembering(_drawn(handout.batches, schema), trouble)
    reader = pa.RecordBatchReader.from_batches(schema, drawn)
    how = {"geometry_name": _GEOMETRY, "geometry_type": "Point", "crs": _CRS}
    try:
        pyogrio.write_arrow(reader, file, layer=handout.layer, driver="GPKG", **how)
    except RuntimeError:
        # What stopped the rows is lost on its way through GDAL.
        if trouble:
            raise trouble[0] from None
        raise
    told = [(key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for key, value in handout.about().items()]  # fmt: skip
    keys, values = zip(*told, strict=True)
    table = pa.table({"key": pa.array(keys), "value": pa.array(values)})
    pyogrio.write_arrow(table, file, layer="provenance", driver="GPKG")


def _remembering(batches: Batches, trouble: list[GeonameError]) -> Batches:
    try:
        yield from batches
    except GeonameError as error:
        trouble.append(error)
        raise


def _write_parquet(file: Path, handout: Handout) -> None:
    """GeoParquet 1.0: points as WKB; the provenance is metadata of the file under `provenance`."""
    column = {"encoding": "WKB", "geometry_types": ["Point"]}
    geo = {"version": "1.0.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}
    schema = _with_geometry(handout.schema).with_metadata({"geo": json.dumps(geo)})
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _drawn(handout.batches, schema):
            writer.write_batch(batch)
        writer.add_key_value_metadata({"provenance": json.dumps(handout.about(), ensure_ascii=False)})


_WRITERS: dict[str, Callable[[Path, Handout], None]] = {
    "csv": _write_csv,
    "geojson": _write_geojson,
    "gpkg": _write_geopackage,
    "parquet": _write_parquet,
}


def _with_geometry(schema: pa.Schema) -> pa.Schema:
    others = [field for field in schema if field.name not in (_LON, _LAT)]
    extension = {"ARROW:extension:name": "ogc.wkb"}
    return pa.schema([*others, pa.field(_GEOMETRY, pa.binary(), metadata=extension)])


def _drawn(batches: Batches, schema: pa.Schema) -> Batches:
    """The batches with points in place of the two coordinates."""
    for batch in batches:
        lon = batch.column(_LON).to_numpy(zero_copy_only=False)
        lat = batch.column(_LAT).to_numpy(zero_copy_only=False)
        points = np.full(len(lon), None, dtype=object)
        there = ~np.isnan(lon)
        points[there] = shapely.points(lon[there], lat[there])
        drawn = shapely.to_wkb(points)
        kept = [batch.column(name) for name in schema.names if name != _GEOMETRY]
        yield pa.RecordBatch.from_arrays([*kept, pa.array(drawn, pa.binary())], schema=schema)
