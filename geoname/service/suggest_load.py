"""The definition that a file handed in suggests (数据说明初稿), with its columns and first rows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from geoname.formats.definition import definition_table
from geoname.formats.register_table import RegisterTable
from geoname.service.handing_in import Upload, plain_filename
from geoname.service.load_kinds import kind_named
from geoname.service.loads import load_ending, named_as
from geoname.service.opened import Geoname
from geoname.service.suggest_definition import SuggestedDefinition, suggest_definition
from geoname.service.suggest_divisions_definition import suggest_divisions_definition
from geoname.service.suggest_lines_definition import suggest_lines_definition
from geoname.service.suggest_names_definition import suggest_names_definition
from geoname.service.suggested_load import SuggestedLoad

_ROWS = 5


def suggest_load(geoname: Geoname, upload: Upload, kind: str, definition: str) -> SuggestedLoad:
    """Look into a file that is not kept; `definition` is what is known of it already.

    InvalidInputError for what is no file of data, missing fields, or coordinates that are no place.
    """
    kind_named(kind)
    definition_table(definition)
    received_as = geoname.attachments.receiving(upload.stream, upload.quota.file_bytes, load_ending)
    with received_as as received, geoname.attachments.working_folder() as folder:
        filename = named_as(plain_filename(upload.filename), received.ending)
        file = received.file.replace(folder / filename)
        beside = folder / "definition.toml"
        beside.write_text(definition, encoding="utf-8")
        found = suggest_for(geoname, kind, file, beside)
        columns, rows = _beginning(file, definition_table(found.text))
    return SuggestedLoad(filename, kind, columns, rows, found.text, found.missing)


def suggest_for(
    geoname: Geoname, kind: str, file: Path, definition_file: Path | None = None
) -> SuggestedDefinition:
    """The definition that a file of a kind suggests; errors as `suggest_load`."""
    if kind == "boundaries":
        return suggest_definition(geoname, file, definition_file)
    if kind == "names":
        return suggest_names_definition(geoname, file, definition_file)
    if kind in ("lines", "markers"):
        return suggest_lines_definition(geoname, kind, file, definition_file)
    return suggest_divisions_definition(geoname, kind, file, definition_file)


def _beginning(file: Path, told: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    headings = set(told["fields"].values())
    layer = told.get("layer") or told.get("sheet") or ""
    table = RegisterTable(file, layer, told.get("encoding", ""), headings.__contains__)
    try:
        rows: list[tuple[str, ...]] = []
        for batch in table.batches():
            cells = zip(*batch.columns, strict=True)
            rows += [tuple("" if cell is None else str(cell) for cell in row) for row in islice(cells, _ROWS)]
            if len(rows) >= _ROWS:
                break
        return table.columns, tuple(rows[:_ROWS])
    finally:
        table.close()
