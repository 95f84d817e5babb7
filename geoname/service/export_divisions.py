"""Hands out the divisions (导出行政区划), as of a day, as a file with codes, chains and provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from geoname.core.divisions.division import Division, Level
from geoname.core.register.place import Exactness
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.core.validity.period import Held
from geoname.formats.export_files import Handout, format_of, refuse_existing, write_handout
from geoname.service.browse_divisions import find_division
from geoname.service.export_report import ExportShown, Tally, exported, log_restricted, provenance
from geoname.service.live_index import LiveIndex
from geoname.service.name_answers import location_of
from geoname.service.opened import Geoname
from geoname.service.showing import evidence_of, written

_BATCH = 5_000
_TEXTS = (
    "id", "name", "level", "kind", "code", "code_scheme", "codes", "parent_code", "parent", "path",
    "romanization", "valid_from", "valid_until", "evidence",
)  # fmt: skip
SCHEMA = pa.schema(
    [(name, pa.string()) for name in _TEXTS]
    + [("lon", pa.float64()), ("lat", pa.float64())]
    + [(name, pa.string()) for name in ("exactness", "location_basis", "source", "licence")]
)
"""The columns of an export; `codes` are all that were held on the day, scheme before code."""


@dataclass(frozen=True, slots=True)
class DivisionsWanted:
    """Which divisions; None asks for no restriction. Without `on` those of today."""

    level: Level | None = None
    within: str | None = None
    scheme: str | None = None
    on: date | None = None
    bom: bool = False


def export_divisions(
    geoname: Geoname,
    file: Path,
    wanted: DivisionsWanted,
    caller: Caller,
    format_: str | None = None,
) -> ExportShown:
    """Write the divisions that held on the day, each before those within it.

    Errors are those of `export_names`.
    """
    chosen = format_of(file, format_)
    refuse_existing(file)
    index = geoname.live()
    span = (0, len(index.atlas))
    if wanted.within:
        found = find_division(index, wanted.within, wanted.scheme, wanted.on, field="within")
        span = index.atlas.span(found.division.id)
    tally = Tally()
    sources = geoname.store.division_sources()
    licences = {source.id: source.licence for source in geoname.store.sources()}

    def about() -> Mapping[str, Any]:
        return provenance("divisions", exported(geoname, file, chosen, tally, wanted.on, caller))

    def batches() -> Iterator[pa.RecordBatch]:
        rows: list[dict[str, Any]] = []
        for division, held in _held(index, span, wanted):
            source = sources.get(division.id, "")
            row = _row(index, division, held, wanted.on, caller.role, tally)
            rows.append(row | {"source": source, "licence": licences.get(source, "")})
            tally.by_source[source] += 1
            if len(rows) == _BATCH:
                yield _batch(rows)
                rows = []
        if rows:
            yield _batch(rows)

    write_handout(file, chosen, Handout("divisions", SCHEMA, batches(), about, wanted.bom))
    shown = exported(geoname, file, chosen, tally, wanted.on, caller)
    log_restricted(geoname, "divisions", shown, caller)
    return shown


def _held(
    index: LiveIndex, span: tuple[int, int], wanted: DivisionsWanted
) -> Iterator[tuple[Division, Held]]:
    """The divisions of the span in the state they had on the day, those that certainly had none left out."""
    for position in range(*span):
        state, held = index.atlas.state_on(index.atlas.at(position).id, wanted.on)
        if held is not Held.NO and (wanted.level is None or state.level is wanted.level):
            yield state, held


def _row(
    index: LiveIndex, division: Division, held: Held, on: date | None, role: Role, tally: Tally
) -> dict[str, Any]:
    chain = index.chain(division.id, on)
    code = index.atlas.shown_code(division, on)
    held_codes = [
        one
        for one in division.codes
        if (one.period.end is None if on is None else one.period.held_on(on) is not Held.NO)
    ]
    parent = chain[-2] if len(chain) > 1 else None
    row = index.division_names.get(division.id)
    name = index.names.row(row) if row is not None else None
    location = location_of(name, role) if name is not None else None
    tally.records += 1
    lon = lat = None
    if location is not None:
        lon, lat = location.lon, location.lat
        tally.located += lon is not None
        hidden = location.basis == "restricted" and lon is None
        tally.withheld += hidden
        tally.restricted += lon is not None and name is not None and name.secrecy != "open"
    return {
        "id": division.id,
        "name": division.name,
        "level": division.level.value,
        "kind": division.kind.value,
        "code": code.code if code is not None else None,
        "code_scheme": code.scheme.value if code is not None else None,
        "codes": " ".join(f"{one.scheme}:{one.code}" for one in held_codes or division.codes),
        "parent_code": parent.code if parent is not None else None,
        "parent": parent.name if parent is not None else None,
        "path": "/".join(step.name for step in chain),
        "romanization": name.romanization if name is not None and name.text == division.name else None,
        "valid_from": written(division.period.start),
        "valid_until": written(division.period.end),
        "evidence": evidence_of(division.period, on),
        "lon": lon,
        "lat": lat,
        "exactness": str(location.exactness if location is not None else Exactness.NONE),
        "location_basis": location.basis if location is not None else "",
    }


def _batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    arrays = [pa.array([row[column.name] for row in rows], column.type) for column in SCHEMA]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)
