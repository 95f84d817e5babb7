"""Hands out the names (导出地名) that a caller may see, as of a day, as a file with its provenance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from geoname.core.register.token import Caller
from geoname.formats.export_files import Handout, format_of, refuse_existing, write_handout
from geoname.service.export_names_columns import SCHEMA, NamesWanted, Picked, export_batch
from geoname.service.export_report import ExportShown, Tally, exported, log_restricted, provenance
from geoname.service.opened import Geoname


def export_names(
    geoname: Geoname,
    file: Path,
    wanted: NamesWanted,
    caller: Caller,
    format_: str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> ExportShown:
    """Write the names as CSV, GeoJSON, GeoPackage or GeoParquet; memory does not grow with their number.

    InvalidInputError for a class, code or format that is none; StorageError when there is no room. A file
    with locations that are not open to all is put on record before it is handed out.
    """
    chosen = format_of(file, format_)
    refuse_existing(file)
    index = geoname.live()
    picked = Picked.of(index, wanted, caller)
    tally = Tally()
    licences = {source.id: source.licence for source in geoname.store.sources()}

    def about() -> Mapping[str, Any]:
        return provenance("names", exported(geoname, file, chosen, tally, wanted.on, caller))

    def batches() -> Iterator[pa.RecordBatch]:
        total = len(index.names)
        for rows in geoname.store.name_rows(picked.publications, picked.digits):
            if progress is not None:
                progress("export", min(tally.records, total), total)
            kept = picked.rows(rows)
            if len(kept):
                yield export_batch(index, rows, kept, picked, tally, licences)
        if progress is not None:
            progress("export", total, total)

    write_handout(file, chosen, Handout("names", SCHEMA, batches(), about, wanted.bom))
    shown = exported(geoname, file, chosen, tally, wanted.on, caller)
    log_restricted(geoname, "names", shown, caller)
    return shown
