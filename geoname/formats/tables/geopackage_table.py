"""Reads and writes one layer of a GeoPackage (GeoPackage), batch by batch, geometry and fids kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.tables.arrow_cells import cells_of
from geoname.formats.tables.partial_file import not_writable
from geoname.formats.tables.spool import Batches, joined
from geoname.formats.tables.table import CHUNK_ROWS, Chunk

_TEXT = "OFTString"
_NUMBERS = ("OFTInteger", "OFTInteger64", "OFTReal")


class GeoPackageSource:
    """A layer; `size` counts rows, a position is the number of a row from 0."""

    def __init__(self, file: Path, layer: str | None = None) -> None:
        """Read what the layer holds; InvalidInputError lists the layers when it must be named."""
        self.file = file
        layers: list[str] = []
        try:
            layers = [str(name) for name, _ in pyogrio.list_layers(file)]
            self.layer = layer or self._only(layers)
            info = pyogrio.read_info(file, layer=self.layer, force_feature_count=True)
        except DataLayerError:
            raise _which_layer(file, layers) from None
        except DataSourceError as error:
            raise _damaged(file, error) from None
        self.size = int(info["features"])
        self.columns = tuple(str(name) for name in info["fields"])
        self.kinds = tuple(
            "text" if kind == _TEXT else "number" if kind in _NUMBERS else "other"
            for kind in info["ogr_types"]
        )
        self.crs: str | None = info["crs"]
        self.geometry_type: str | None = info["geometry_type"]
        self.geometry_name: str | None = info["geometry_name"] or None
        self.fid_column: str | None = info["fid_column"] or None

    def close(self) -> None:
        """Nothing stays open between two readings."""

    def chunks(
        self, wanted: Sequence[int], position: int | None = None, first_row: int = 1
    ) -> Iterator[Chunk]:
        """The rows from a position on; only the wanted columns are read."""
        at = position or 0
        names = [self.columns[column] for column in wanted]
        for batch in self._batches(columns=list(dict.fromkeys(names)), read_geometry=False, skip_features=at):
            picked = [cells_of(batch.column(name), name) for name in names]
            faults = tuple(fault for _, found in picked for fault in found)
            at += batch.num_rows
            yield Chunk(first_row, batch.num_rows, tuple(cells for cells, _ in picked), faults, at, at)
            first_row += batch.num_rows

    def batches(self) -> Batches:
        """All rows: fid, fields, geometry as WKB."""
        return self._batches(return_fids=True)

    def plain_batches(self) -> Batches:
        """All rows without their fids; geometry stays as WKB."""
        return self._batches()

    def schema(self, *, fids: bool) -> pa.Schema:
        """The types of `batches`, or of `plain_batches` without fids."""
        how = {"return_fids": fids, "use_pyarrow": True}
        with pyogrio.open_arrow(self.file, layer=self.layer, **how) as (_, reader):
            return reader.schema

    def _batches(self, **how: object) -> Batches:
        try:
            with pyogrio.open_arrow(
                self.file, layer=self.layer, batch_size=CHUNK_ROWS, use_pyarrow=True, **how
            ) as (_, reader):
                for batch in reader:
                    if batch.num_rows:
                        yield batch
        except (DataSourceError, pa.ArrowException) as error:
            raise _damaged(self.file, error) from None

    def _only(self, layers: list[str]) -> str:
        if len(layers) != 1:
            raise _which_layer(self.file, layers)
        return layers[0]


def write_geopackage(source: GeoPackageSource, ours: Batches, added: pa.Schema, begun: Path) -> None:
    """Write their layer with ours appended: same name, CRS, geometry and fids."""
    _write(
        source.batches(),
        source.schema(fids=True),
        ours,
        added,
        begun,
        source.layer,
        {
            "geometry_name": source.geometry_name,
            "geometry_type": source.geometry_type,
            "crs": source.crs,
            "FID": source.fid_column,
        },
    )


def write_plain_geopackage(
    theirs: Batches, schema: pa.Schema, ours: Batches, added: pa.Schema, begun: Path, layer: str
) -> None:
    """Write a layer without geometry."""
    _write(theirs, schema, ours, added, begun, layer, {})


def _write(
    theirs: Batches,
    schema: pa.Schema,
    ours: Batches,
    added: pa.Schema,
    begun: Path,
    layer: str,
    how: dict[str, object],
) -> None:
    whole = pa.schema([*schema, *added])
    reader = pa.RecordBatchReader.from_batches(whole, joined(theirs, ours, whole))
    # The driver wants a file's ending, and writes nowhere else.
    named = begun.with_name(begun.name + ".gpkg")
    named.unlink(missing_ok=True)
    try:
        pyogrio.write_arrow(reader, named, layer=layer, driver="GPKG", **{k: v for k, v in how.items() if v})
        named.replace(begun)
    except (DataSourceError, DataLayerError, OSError) as error:
        raise not_writable(begun, error) from error
    finally:
        named.unlink(missing_ok=True)


def _which_layer(file: Path, layers: list[str]) -> InvalidInputError:
    said = ", ".join(layers) or "none"
    return InvalidInputError(
        f"{file.name} holds the layers {said}: name one with --layer",
        zh=f"{file.name} 含图层：{said}；请用 --layer 指定其一",
        field="layer",
    )


def _damaged(file: Path, error: Exception) -> DataFileError:
    return DataFileError(
        f"{file.name} cannot be read as a GeoPackage ({error}): give another file",
        zh=f"{file.name} 无法按 GeoPackage 读取（{error}）：请换文件",
        field="file",
    )
