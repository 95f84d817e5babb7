"""Writes a form to take to the field (外业表): a GeoPackage with lists of choices, or a CSV file."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError

from geoname.core.inspections.field_form import FIELDS_OF, FieldForm, FieldKind, FormField, Value
from geoname.core.inspections.inspection import ItemKind
from geoname.errors import StorageError
from geoname.formats.field_form_file import FORM_TABLE, HEAD, LAYERS, PlacedItem, fields_in, heading

_WGS84 = "EPSG:4326"
_EXTENSION = ("gpkg_schema", "http://www.geopackage.org/spec121/#extension_schema", "read-write")
_SCHEMA_TABLES = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""


def write_form_csv(form: FieldForm, placed: Sequence[PlacedItem], file: Path) -> None:
    """One table of all items, UTF-8 with a mark by which spreadsheet programs know it."""
    fields = fields_in([one.item.kind for one in placed])
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([heading(name, zh) for name, zh in (*HEAD, *fields)])
            for one in placed:
                own = {field.name for field in FIELDS_OF[one.item.kind]}
                values = (_cell(one.item.values.get(name)) if name in own else "" for name, _ in fields)
                writer.writerow([*(_cell(cell) for cell in one.head(form)), *values])
    except OSError as error:
        raise _not_written(file, error) from error


def write_form_geopackage(form: FieldForm, placed: Sequence[PlacedItem], title: str, file: Path) -> None:
    """A layer of markers (points) and one of segments (lines), in degrees, WGS 84, and what form it is.

    The lists of choices are written as column constraints, which QGIS and QField offer as lists.
    """
    try:
        for kind, layer in LAYERS.items():
            own = [one for one in placed if one.item.kind is kind]
            if own:
                _write_layer(form, own, kind, layer, file)
        _write_table(form, title, file)
        _write_choices([kind for kind in LAYERS if any(one.item.kind is kind for one in placed)], file)
    except (OSError, DataSourceError, sqlite3.OperationalError) as error:
        raise _not_written(file, error) from error


def _write_layer(
    form: FieldForm, placed: Sequence[PlacedItem], kind: ItemKind, layer: str, file: Path
) -> None:
    heads: list[tuple[Any, ...]] = list(zip(*(one.head(form) for one in placed), strict=True))
    data = [np.array(cells, dtype=object if isinstance(cells[0], str) else np.int32) for cells in heads]
    masks: list[NDArray[np.bool_] | None] = [None] * len(heads)
    for field in FIELDS_OF[kind]:
        values = [one.item.values.get(field.name) for one in placed]
        data.append(_column(field, values))
        masks.append(np.array([value is None for value in values]))
    shapes = [one.place.shape for one in placed]
    names = [*(name for name, _ in HEAD), *(field.name for field in FIELDS_OF[kind])]
    pyogrio.raw.write(
        file, shapely.to_wkb(np.array(shapes, dtype=object)), data, names, masks, layer=layer, driver="GPKG",
        geometry_type="Point" if kind is ItemKind.MARKER else "MultiLineString", crs=_WGS84,
        promote_to_multi=kind is ItemKind.SEGMENT,
        # Programs on older phones read version 1.3 without a warning.
        dataset_options=None if file.exists() else {"VERSION": "1.3"},
    )  # fmt: skip


def _column(field: FormField, values: Sequence[Value]) -> NDArray[Any]:
    if field.kind is FieldKind.NUMBER:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if field.kind is FieldKind.TRUTH:
        return np.array([value is True for value in values], dtype=bool)
    if field.kind is FieldKind.DAY:
        return np.array(["NaT" if value is None else str(value) for value in values], dtype="datetime64[D]")
    return np.array(values, dtype=object)


def _write_table(form: FieldForm, title: str, file: Path) -> None:
    cells = (form.id, form.inspection_id, title, form.side, form.actor, form.issued_at, " ".join(form.sides),
             "generated" if form.generated else "")  # fmt: skip
    names = ["form", "inspection", "title", "side", "actor", "issued_at", "sides", "note"]
    pyogrio.raw.write(
        file, None, [np.array([cell], dtype=object) for cell in cells], names, layer=FORM_TABLE, driver="GPKG"
    )


def _write_choices(kinds: Sequence[ItemKind], file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(_SCHEMA_TABLES)
        for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
            connection.execute("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, ?)", (table, *_EXTENSION))
        told = set()
        for kind in kinds:
            for name, zh in HEAD:
                _title(connection, LAYERS[kind], name, zh, None)
            for field in FIELDS_OF[kind]:
                # One list of choices serves both layers; those of two fields are apart by their first value.
                constraint = f"{field.choices[0][0]}_list" if field.choices else None
                _title(connection, LAYERS[kind], field.name, field.zh, constraint)
                if constraint is not None and constraint not in told:
                    told.add(constraint)
                    connection.executemany(
                        "INSERT INTO gpkg_data_column_constraints "
                        "(constraint_name, constraint_type, value, description) VALUES (?, 'enum', ?, ?)",
                        [(constraint, value, shown) for value, shown in field.choices],
                    )


def _title(connection: sqlite3.Connection, layer: str, column: str, zh: str, constraint: str | None) -> None:
    connection.execute(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, constraint_name) "
        "VALUES (?, ?, ?, ?, ?)",
        (layer, column, zh, zh, constraint),
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    # A spreadsheet would take it for a formula; what reads forms takes the apostrophe away again.
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text


def _not_written(file: Path, error: Exception) -> StorageError:
    return StorageError(
        f"{file} cannot be written ({error}): make room or name another place",
        zh=f"无法写入 {file}（{error}）：请腾出空间或换一处",
        field="output",
    )
