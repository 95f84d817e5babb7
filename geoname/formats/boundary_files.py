"""Boundary files out (界线数据输出): territories and lines in the formats that GIS programs open."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas
import numpy as np
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError

from geoname.errors import InvalidInputError, StorageError

CRS = "EPSG:4490"
"""CGCS2000, which the polygons' WGS 84 degrees stand for within a metre."""
_DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".shp": "ESRI Shapefile"}
_ENDINGS = (*_DRIVERS, ".parquet", ".csv")


def write_boundary_file(
    file: Path, columns: Mapping[str, Sequence[object]], shapes: NDArray[np.object_], layer: str
) -> int:
    """Write one layer, the driver by the file's ending, whole or not at all; how many features it holds.

    GeoJSON is written in WGS 84 (RFC 7946), the others in CGCS2000 (EPSG:4490); Parquet is GeoParquet, a CSV
    has its shapes as WKT. InvalidInputError for another ending or a file that is there already, StorageError
    when it cannot be written.
    """
    ending = file.suffix.lower()
    if ending not in _ENDINGS:
        raise InvalidInputError(
            f"{file.name} names no known format: end it in {', '.join(_ENDINGS)}",
            zh=f"无法由 {file.name} 判断格式：请以 {'、'.join(_ENDINGS)} 结尾",
            field="file",
        )
    if file.exists():
        raise InvalidInputError(
            f"{file} exists already: name a new file",
            zh=f"{file} 已存在：请另取文件名",
            field="file",
        )
    frame = geopandas.GeoDataFrame(dict(columns), geometry=shapes, crs="EPSG:4326")
    if _DRIVERS.get(ending) != "GeoJSON":
        frame = frame.set_crs(CRS, allow_override=True)
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.stem}-") as folder:
            begun = Path(folder) / file.name
            if ending == ".parquet":
                frame.to_parquet(begun)
            elif ending == ".csv":
                frame.to_wkt().to_csv(begun, index=False)
            else:
                frame.to_file(begun, driver=_DRIVERS[ending], layer=layer, encoding="utf-8")
            for part in sorted(Path(folder).iterdir()):
                part.replace(file.parent / part.name)
    except (OSError, DataSourceError) as error:
        raise StorageError(
            f"{file} cannot be written ({error}): make room or name another folder",
            zh=f"无法写入 {file}（{error}）：请腾出空间或另选文件夹",
            field="file",
        ) from error
    return len(frame)
