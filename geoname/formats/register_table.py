"""Files of records (地名数据文件), of any known format, as one kind of stream: texts, numbers, places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.boundary_reading_encoding import dbf_encoding, text_encoding
from geoname.formats.boundary_reading_shapefile import shapefile_parts
from geoname.formats.census_fields import known_headings
from geoname.formats.tables.arrow_cells import as_text
from geoname.formats.tables.csv_source import CsvSource
from geoname.formats.tables.headings import Known
from geoname.formats.tables.open_table import TEXT_ENDINGS, Reading, open_source
from geoname.formats.tables.table import CHUNK_ROWS, Cell, RowFault
from geoname.formats.tables.xlsx_source import XlsxSource

TABLE_ENDINGS = (*TEXT_ENDINGS, ".xlsx", ".xlsm", ".parquet")
MAP_ENDINGS = (".shp", ".zip", ".gpkg", ".geojson", ".json")
ENDINGS = (*TABLE_ENDINGS, *MAP_ENDINGS)
_GEOMETRY = "wkb_geometry"
_BYTES = "ISO-8859-1"
"""In which every byte is a character of the same number."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the rows of a batch lie, in the file's own coordinates, NaN where a row has no shape.

    `is_point` is false where a point inside a line or an area stands for it.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    is_point: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RegisterBatch:
    """Some rows in order, the first numbered from 1; one list for each column of the file."""

    first_row: int
    rows: int
    columns: tuple[list[Cell], ...]
    faults: tuple[RowFault, ...]
    places: Places | None
    done: int


class RegisterTable:
    """One table of records, opened; `size` is how much there is to read, in the units of `done`."""

    def __init__(self, file: Path, layer: str = "", encoding: str = "", known: Known | None = None) -> None:
        """Find out what the file holds.

        Headings of a table may stand below titles when they are `known`: those of the census unless given.

        InvalidInputError for an unknown ending, a layer to be chosen or a part that is missing, DataFileError
        for a file that is not there or damaged.
        """
        self.file = file
        self.notes: tuple[str, ...] = ()
        self.crs = ""
        self.encoding = ""
        self.layer = ""
        self.has_geometry = False
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
        with ExitStack() as opened:
            if ending in TABLE_ENDINGS:
                how = Reading(encoding or None, sheet=layer or None)
                self._open_table(file, how, known or known_headings(), opened)
            else:
                self._open_map(file, layer, encoding, opened)
            self._opened = opened.pop_all()

    def batches(self) -> Iterator[RegisterBatch]:
        """All rows, from the first on."""
        return self._map_batches() if self._map is not None else self._table_batches()

    def close(self) -> None:
        """Let go of what is open."""
        self._opened.close()

    def _open_table(self, file: Path, how: Reading, known: Known, opened: ExitStack) -> None:
        self._map: Path | None = None
        source = open_source(file, how, known)
        opened.callback(source.close)
        self._table = source
        self.format = {".parquet": "Parquet", ".xlsx": "XLSX", ".xlsm": "XLSX"}.get(
            file.suffix.lower(), "CSV"
        )
        if isinstance(source, CsvSource):
            self.encoding = source.encoding.codec
        if isinstance(source, XlsxSource):
            self.layer = source.sheet.name
        self.columns = source.columns
        self.size = source.size
        self.sha256 = _digest(file)

    def _open_map(self, file: Path, layer: str, encoding: str, opened: ExitStack) -> None:
        self._how: dict[str, str] = {}
        self.format = {".gpkg": "GeoPackage", ".shp": "Shapefile", ".zip": "Shapefile"}.get(
            file.suffix.lower(), "GeoJSON"
        )
        self._map = file
        if self.format == "Shapefile":
            parts = opened.enter_context(shapefile_parts(file, layer))
            self.encoding = self._how["encoding"] = dbf_encoding(parts.dbf, parts.cpg, encoding).name
            self.notes = parts.notes
            self._map = parts.shp
            digest = hashlib.sha256()
            for part in parts.all():
                digest.update(part.suffix.lower().encode() + b"\0" + bytes.fromhex(_digest(part)))
            self.sha256 = digest.hexdigest()
        else:
            self.sha256 = _digest(file)
            if self.format == "GeoPackage":
                self._how["layer"] = self._layer(file, layer)
            else:
                self._check_geojson(file, encoding)
        self._as_bytes = ""
        try:
            info = pyogrio.read_info(self._map, force_feature_count=True, **self._how)
        except UnicodeDecodeError:
            # A heading was cut off inside a character: everything is read byte by byte and decoded here.
            self._as_bytes, self._how["encoding"] = self.encoding, _BYTES
            info = pyogrio.read_info(self._map, force_feature_count=True, **self._how)
        except (DataSourceError, DataLayerError, RuntimeError) as error:
            raise _damaged(file, error) from error
        self.layer = str(info.get("layer_name") or file.stem)
        self._names = tuple(str(name) for name in info["fields"])
        self.columns = tuple(self._decoded(name) or "" for name in self._names)
        self.size = int(info["features"])
        self.has_geometry = info["geometry_type"] is not None
        said = str(info["crs"] or "")
        # A GeoJSON file that says nothing is taken for WGS 84 by everybody, and may be anything.
        self.crs = "" if self.format == "GeoJSON" or "Undefined" in said else said

    def _check_geojson(self, file: Path, encoding: str) -> None:
        found = text_encoding(file.read_bytes(), encoding)
        self.encoding = found.name
        if found.name not in ("UTF-8", "UTF-8-SIG"):
            raise InvalidInputError(
                f"{file.name} is {found.name}, GeoJSON must be UTF-8: save it so",
                zh=f"{file.name} 的编码是 {found.name}，GeoJSON 须为 UTF-8：请转存",
                field="encoding",
            )

    def _layer(self, file: Path, layer: str) -> str:
        try:
            layers = [str(name) for name, _ in pyogrio.list_layers(file)]
        except (DataSourceError, DataLayerError) as error:
            raise _damaged(file, error) from error
        fitting = [name for name in layers if name == layer] if layer else layers
        if len(fitting) != 1:
            raise InvalidInputError(
                f"{file.name} holds the layers {', '.join(layers) or '(none)'}: choose with layer = …",
                zh=f"{file.name} 内有图层 {'、'.join(layers) or '（无）'}：请在数据说明中用 layer 选定",
                field="layer",
            )
        return fitting[0]

    def _table_batches(self) -> Iterator[RegisterBatch]:
        for chunk in self._table.chunks(range(len(self.columns))):
            yield RegisterBatch(chunk.first_row, chunk.rows, chunk.cells, chunk.faults, None, chunk.done)

    def _map_batches(self) -> Iterator[RegisterBatch]:
        first = 1
        try:
            with pyogrio.open_arrow(self._map, batch_size=CHUNK_ROWS, use_pyarrow=True, **self._how) as (
                meta,
                reader,
            ):
                geometry = meta["geometry_name"] or _GEOMETRY
                for batch in reader:
                    if batch.num_rows:
                        yield self._map_batch(batch, geometry, first)
                        first += batch.num_rows
        except (
            DataSourceError,
            DataLayerError,
            RuntimeError,
            pa.ArrowException,
            UnicodeDecodeError,
        ) as error:
            raise _damaged(self.file, error) from error

    def _map_batch(self, batch: pa.RecordBatch, geometry: str, first: int) -> RegisterBatch:
        columns: tuple[list[Cell], ...] = tuple(
            [self._decoded(cell) for cell in as_text(batch.column(name))] for name in self._names
        )
        done = first + batch.num_rows - 1
        places = _places(batch.column(geometry)) if geometry in batch.schema.names else None
        return RegisterBatch(first, batch.num_rows, columns, (), places, done)

    def _decoded(self, cell: str | None) -> str | None:
        if cell is None:
            return None
        if self._as_bytes:
            cell = cell.encode(_BYTES).decode(self._as_bytes, "ignore")
        return cell.strip("\0")


def _places(column: pa.Array) -> Places:
    shapes = shapely.force_2d(
        shapely.from_wkb(np.array(column.to_pylist(), dtype=object), on_invalid="ignore")
    )
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    inside = np.array(shapes, dtype=object)
    others = ~is_point & ~shapely.is_missing(shapes)
    if others.any():
        inside[others] = shapely.point_on_surface(inside[others])
    return Places(shapely.get_x(inside), shapely.get_y(inside), is_point)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _damaged(file: Path, error: Exception) -> DataFileError:
    said = " ".join(str(error).split())[:200]
    return DataFileError(
        f"{file.name} cannot be read ({said}): it may be cut off or of another format; copy it again",
        zh=f"无法读取 {file.name}（{said}）：可能不完整或格式不符，请重新复制",
        field="file",
    )
