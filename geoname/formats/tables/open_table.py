"""Opens a table to read, or to write beside another, by its file's ending (按扩展名打开)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial as bound
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.tables.csv_source import CsvSource
from geoname.formats.tables.csv_target import CsvCopy
from geoname.formats.tables.geopackage_table import (
    GeoPackageSource,
    write_geopackage,
    write_plain_geopackage,
)
from geoname.formats.tables.headings import Known
from geoname.formats.tables.parquet_table import ParquetSource, write_parquet
from geoname.formats.tables.plain_files import write_csv, write_xlsx
from geoname.formats.tables.spool import Assemble, Batches, SpooledTarget, appended_schema, text_schema
from geoname.formats.tables.table import AppendedColumn, Target
from geoname.formats.tables.xlsx_patch import append_to_workbook
from geoname.formats.tables.xlsx_source import XlsxSource

TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".tab")
ENDINGS = (*TEXT_ENDINGS, ".xlsx", ".xlsm", ".parquet", ".gpkg")
AnySource = CsvSource | XlsxSource | ParquetSource | GeoPackageSource


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a table, where the file does not say: encoding and delimiter of text, sheet, layer."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    layer: str | None = None


def open_source(file: Path, how: Reading = Reading(), known: Known | None = None) -> AnySource:
    """The table in a file; DataFileError when it is not there or is no such table.

    With `known` the headings of a text or a workbook may stand below titles, and in another sheet than the
    first.
    """
    ending = checked_ending(file, "file")
    if not file.is_file():
        raise DataFileError(
            f"there is no file {file}: check its name", zh=f"没有文件 {file}：请核对文件名", field="file"
        )
    if ending in TEXT_ENDINGS:
        return CsvSource(file, encoding=how.encoding, delimiter=how.delimiter, known=known)
    if ending == ".parquet":
        return ParquetSource(file)
    if ending == ".gpkg":
        return GeoPackageSource(file, how.layer)
    return XlsxSource(file, how.sheet, known)


def open_target(
    source: AnySource, target: Path, columns: Sequence[AppendedColumn], partial: Path, position: int | None
) -> Target:
    """The table to write: the source's rows with columns appended, in the format of the target's ending."""
    ending = checked_ending(target, "output")
    if isinstance(source, CsvSource) and ending in TEXT_ENDINGS:
        return CsvCopy(source, target, columns, partial, position)
    return SpooledTarget(target, columns, partial, position, _assembling(source, target, ending, columns))


def checked_ending(file: Path, field: str) -> str:
    """The ending in small letters; InvalidInputError when it names no format that is read and written."""
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise InvalidInputError(
            f"{file.name} names no known format: end it in {', '.join(ENDINGS)}",
            zh=f"无法由 {file.name} 判断格式：请以 {'、'.join(ENDINGS)} 结尾",
            field=field,
        )
    return ending


def _assembling(source: AnySource, target: Path, ending: str, columns: Sequence[AppendedColumn]) -> Assemble:
    added = appended_schema(columns)
    if ending in (".xlsx", ".xlsm"):
        if isinstance(source, XlsxSource) and source.file.suffix.lower() == ending:
            return lambda ours, begun: append_to_workbook(source, ours, columns, begun)
        return bound(_write_plain, write_xlsx, source, added)
    if ending in TEXT_ENDINGS:
        return bound(_write_plain, write_csv, source, added)
    if ending == ".parquet":
        return bound(_write_parquet, source, added)
    if isinstance(source, GeoPackageSource):
        return lambda ours, begun: write_geopackage(source, ours, added, begun)
    plain = source.schema if isinstance(source, ParquetSource) else text_schema(source.columns)
    return lambda ours, begun: write_plain_geopackage(
        source.batches(), plain, ours, added, begun, target.stem
    )


def _write_plain(
    write: Callable[[Batches, Sequence[str], Batches, pa.Schema, Path], None],
    source: AnySource,
    added: pa.Schema,
    ours: Batches,
    begun: Path,
) -> None:
    if not isinstance(source, GeoPackageSource):
        write(source.batches(), source.columns, ours, added, begun)
        return
    headings = [*source.columns, *([source.geometry_name] if source.geometry_name else [])]
    write(_geometry_as_text(source), headings, ours, added, begun)


def _geometry_as_text(source: GeoPackageSource) -> Batches:
    """The rows of a layer, geometry written as WKT."""
    for batch in source.plain_batches():
        if source.geometry_name is None:
            yield batch
            continue
        shapes = shapely.from_wkb(np.array(batch.column(source.geometry_name).to_pylist(), dtype=object))
        written = pa.array(shapely.to_wkt(shapes, rounding_precision=-1), pa.string())
        others = [name for name in batch.schema.names if name != source.geometry_name]
        yield pa.RecordBatch.from_arrays(
            [*(batch.column(name) for name in others), written], names=[*others, source.geometry_name]
        )


def _write_parquet(source: AnySource, added: pa.Schema, ours: Batches, begun: Path) -> None:
    if isinstance(source, ParquetSource):
        write_parquet(source.batches(), source.schema, ours, added, begun)
        return
    if isinstance(source, GeoPackageSource):
        write_parquet(source.plain_batches(), source.schema(fids=False), ours, added, begun)
        return
    write_parquet(source.batches(), text_schema(source.columns), ours, added, begun)
