"""The columns of exported names (导出字段): which rows are wanted, and what is shown of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geoname.core.divisions.code import Code
from geoname.core.names.feature_class import parse_class, stem
from geoname.core.register.name import NameStatus, Publication
from geoname.core.register.place import Secrecy
from geoname.core.register.token import Caller
from geoname.core.register.visibility import sees_location, sees_name
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.service.browse_divisions import find_division
from geoname.service.export_report import Tally
from geoname.service.live_index import LiveIndex
from geoname.service.showing import evidence_of
from geoname.store.protocols_exports import NameRows

_RESTRICTED = "restricted"
_COPIED = (
    "kind", "status", "publication", "romanization", "reading_source", "specific", "generic", "language",
    "minority_writing", "place_code", "valid_from", "valid_until", "approved_by", "approved_on", "document",
    "announced_on", "origin", "meaning", "history", "story", "description", "place_id",
)  # fmt: skip
_TEXTS = (
    "id", "name", "kind", "status", "publication", "class", "class_label", "romanization", "reading_source",
    "specific", "generic", "language", "minority_writing", "code", "code_scheme", "place_code", "within_code",
    "path", "exactness", "location_basis", "valid_from", "valid_until", "evidence", "approved_by",
    "approved_on", "document", "announced_on", "origin", "meaning", "history", "story", "description",
    "place_id", "source", "licence",
)  # fmt: skip
SCHEMA = pa.schema(
    [(name, pa.string()) for name in _TEXTS[: _TEXTS.index("exactness")]]
    + [("lon", pa.float64()), ("lat", pa.float64())]
    + [(name, pa.string()) for name in _TEXTS[_TEXTS.index("exactness") :]]
)
"""The columns of an export; dates are as exact as they are known."""


@dataclass(frozen=True, slots=True)
class NamesWanted:
    """Which names. `within` takes the division itself with all in it; `on` keeps what may have held then."""

    feature_class: str | None = None
    within: str | None = None
    scheme: str | None = None
    status: tuple[NameStatus, ...] = ()
    on: date | None = None
    bom: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """The restrictions, ready to be applied to many rows."""

    publications: tuple[Publication, ...]
    secrecies: frozenset[str]
    digits: str
    inside: frozenset[str] | None
    statuses: frozenset[str]
    on: date | None
    holds: dict[tuple[str | None, str | None, str | None], str | None]

    @classmethod
    def of(cls, index: LiveIndex, wanted: NamesWanted, caller: Caller) -> Picked:
        """What a caller wants and may see; errors are those of `export_names`."""
        code = parse_class(wanted.feature_class, field="feature_class") if wanted.feature_class else ""
        inside = None
        if wanted.within:
            division = find_division(index, wanted.within, wanted.scheme, wanted.on, field="within").division
            inside = frozenset(
                index.atlas.at(position).id for position in range(*index.atlas.span(division.id))
            )
        return cls(
            tuple(each for each in Publication if sees_name(caller.role, each)),
            frozenset(each.value for each in Secrecy if sees_location(caller.role, each)),
            stem(code) if code else "",
            inside,
            frozenset(each.value for each in wanted.status),
            wanted.on,
            {},
        )

    def rows(self, rows: NameRows) -> NDArray[np.int64]:
        """The positions of those that are wanted."""
        cells = rows.cells
        keep = np.ones(len(rows), dtype=np.bool_)
        if self.inside is not None:
            inside = self.inside
            keep &= np.fromiter(
                (one in inside or place in inside
                 for one, place in zip(cells["division_id"], cells["place_id"], strict=True)),
                np.bool_, len(rows),
            )  # fmt: skip
        if self.statuses:
            statuses = self.statuses
            keep &= np.fromiter((one in statuses for one in cells["status"]), np.bool_, len(rows))
        if self.on is not None:
            keep &= np.fromiter((one is not None for one in self.evidence(rows)), np.bool_, len(rows))
        return np.flatnonzero(keep)

    def evidence(self, rows: NameRows) -> list[str | None]:
        """How well it is known that each name held on the day; None for those that certainly did not."""
        day, holds = self.on, self.holds
        if day is None:
            return ["recorded"] * len(rows)
        found = []
        cells = rows.cells
        for key in zip(cells["valid_from"], cells["valid_until"], cells["known_on"], strict=True):
            if key not in holds:
                period = _period(*key)
                holds[key] = evidence_of(period, day) if period.may_hold_on(day) else None
            found.append(holds[key])
        return found


def _period(start: str | None, end: str | None, known_on: str | None) -> Period:
    return Period(
        PartialDate.parse(start) if start else None,
        PartialDate.parse(end) if end else None,
        date.fromisoformat(known_on) if known_on else None,
    )


def export_batch(
    index: LiveIndex,
    rows: NameRows,
    kept: NDArray[np.int64],
    picked: Picked,
    tally: Tally,
    licences: Mapping[str, str],
) -> pa.RecordBatch:
    """The export's columns for the rows that are wanted."""
    positions = kept.tolist()
    whole = len(positions) == len(rows)

    def cells(column: str) -> list[Any]:
        found = rows.cells[column]
        return list(found) if whole else [found[position] for position in positions]

    secrecies = cells("secrecy")
    seen = np.fromiter((one in picked.secrecies for one in secrecies), np.bool_, len(positions))
    lon, lat = rows.lon[kept], rows.lat[kept]
    there = ~np.isnan(lon)
    shown = seen & there
    withheld = ~seen & there
    open_ = np.fromiter((one == Secrecy.OPEN.value for one in secrecies), np.bool_, len(positions))
    tally.records += len(positions)
    tally.located += int(shown.sum())
    tally.withheld += int(withheld.sum())
    tally.restricted += int((shown & ~open_).sum())
    places, divisions, sources = cells("place_id"), cells("division_id"), cells("source_id")
    tally.by_source.update(sources)
    codes = [_code(index, place) for place in places]
    evidence = picked.evidence(rows)
    hidden = withheld.tolist()
    made: dict[str, list[Any]] = {
        "id": cells("id"),
        "name": cells("text"),
        "class": cells("feature_class"),
        "class_label": [index.class_shown(one).label for one in cells("feature_class")],
        "code": [one.code if one is not None else None for one in codes],
        "code_scheme": [one.scheme.value if one is not None else None for one in codes],
        "within_code": [_within(index, one) for one in divisions],
        "path": [_path(index, place, one) for place, one in zip(places, divisions, strict=True)],
        "exactness": ["none" if no else one for no, one in zip(hidden, cells("exactness"), strict=True)],
        "location_basis": [
            _RESTRICTED if no else one for no, one in zip(hidden, cells("basis"), strict=True)
        ],
        "evidence": [evidence[position] for position in positions],
        "source": sources,
        "licence": [licences[one] for one in sources],
        **{column: cells(column) for column in _COPIED},
    }
    arrays = [
        pa.array(lon if column.name == "lon" else lat, mask=~shown)
        if column.name in ("lon", "lat")
        else pa.array(made[column.name], pa.string())
        for column in SCHEMA
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def _code(index: LiveIndex, place_id: str) -> Code | None:
    return index.atlas.shown_code(index.atlas.latest(place_id)) if place_id in index.atlas else None


def _within(index: LiveIndex, division_id: str | None) -> str | None:
    if division_id is None or division_id not in index.atlas:
        return None
    return index.atlas.code_of(index.atlas.latest(division_id))


def _path(index: LiveIndex, place_id: str, division_id: str | None) -> str:
    """From the province down to the place where it is a division, else to the division that holds it."""
    id_ = place_id if place_id in index.atlas else division_id
    if id_ is None or id_ not in index.atlas:
        return ""
    return "/".join(index.names_above(index.atlas.position(id_)))
