"""What a file that is handed out says of itself (导出说明), and the record of who took what is not open."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geoname.core.register.token import Caller
from geoname.service.name_procedures_office import today_here
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class SourceUsed:
    """A source of what a file holds, with its licence, and how many records came from it."""

    id: str
    title: str
    authority: str
    licence: str
    attribution: str
    as_of: str | None
    records: int


@dataclass(frozen=True, slots=True)
class ExportShown:
    """What was written: how many records, how many locations were kept back or are not open to all."""

    file: str
    format: str
    records: int
    located: int
    withheld_locations: int
    restricted_locations: int
    on: str | None
    audience: str
    exported_on: str
    sources: tuple[SourceUsed, ...]


@dataclass(slots=True)
class Tally:
    """What went by while a file was written."""

    records: int = 0
    located: int = 0
    withheld: int = 0
    restricted: int = 0
    by_source: Counter[str] = field(default_factory=Counter)


def exported(
    geoname: Geoname, file: Path, format_: str, tally: Tally, on: date | None, caller: Caller
) -> ExportShown:
    """What was written so far."""
    known = {source.id: source for source in geoname.store.sources()}
    sources = tuple(
        SourceUsed(
            id_, one.title, one.authority, one.licence, one.attribution,
            str(one.as_of) if one.as_of else None, tally.by_source[id_],
        )
        for id_, one in known.items()
        if tally.by_source[id_]
    )  # fmt: skip
    return ExportShown(
        str(file), format_, tally.records, tally.located, tally.withheld, tally.restricted,
        on.isoformat() if on else None, caller.role, today_here().isoformat(), sources,
    )  # fmt: skip


def provenance(what: str, shown: ExportShown) -> dict[str, Any]:
    """What a file says of itself."""
    return {
        "title": f"geoname export: {what}",
        "as_of": shown.on or "all periods",
        "exported_on": shown.exported_on,
        "audience": shown.audience,
        "records": shown.records,
        "withheld_locations": shown.withheld_locations,
        "crs": "WGS 84, longitude first (CGCS2000 within a metre)",
        "sources": [
            {
                "id": one.id, "title": one.title, "authority": one.authority, "licence": one.licence,
                "attribution": one.attribution, "as_of": one.as_of, "records": one.records,
            }
            for one in shown.sources
        ],
    }  # fmt: skip


def log_restricted(geoname: Geoname, what: str, shown: ExportShown, caller: Caller) -> None:
    """Put on record that locations which are not open to all were taken."""
    if shown.restricted_locations:
        told = {
            "format": shown.format,
            "records": shown.records,
            "restricted_locations": shown.restricted_locations,
            "on": shown.on,
            "role": shown.audience,
        }
        geoname.store.log_export(what, caller.actor, json.dumps(told, ensure_ascii=False, sort_keys=True))
