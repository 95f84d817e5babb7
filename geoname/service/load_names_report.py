"""What a load of names found and did (载入报告), as it is given to people and programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geoname.service.load_names_changes import Change
from geoname.service.load_names_datum import Warned
from geoname.service.load_names_troubles import Trouble


class LoadStatus(StrEnum):
    """How a load ended."""

    DRY_RUN = "dry_run"
    LOADED = "loaded"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class RejectShown:
    """One row that failed, as an example."""

    row: int
    field: str
    value: str
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class TroubleShown:
    """One reason for which rows failed: how many, what to do, and the first of them."""

    trouble: Trouble
    rows: int
    remedy: str
    remedy_en: str
    examples: tuple[RejectShown, ...]


@dataclass(frozen=True, slots=True)
class DatumShown:
    """What the places say of the datum, against the divisions that they name."""

    declared: str
    likely: str
    confidence: float
    places: int
    deciding: int
    inside: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PointShown:
    """Where one of the records lies, degrees, WGS 84."""

    lon: float
    lat: float
    name: str


@dataclass(frozen=True, slots=True)
class Followed:
    """How many records name a division that is no more, and where they were put."""

    was: str
    now: str
    records: int


@dataclass(frozen=True, slots=True)
class NamesLoadReport:
    """What a load of names found and did.

    `records` could be loaded, `rejected` rows could not; `counts` says what became of the records: added,
    renamed, moved, retired, changed, conflict, absent, unchanged. `remarks` count what was let in with a
    reservation, `warnings` say what to look at before it is trusted. `points` are some of the places, spread
    over the file.
    """

    kind: str
    file: str
    format: str
    layer: str
    encoding: str
    crs: str
    crs_in_file: str
    fields: Mapping[str, str]
    fields_known_by: Mapping[str, str]
    unused: tuple[str, ...]
    source: str
    title: str
    release: str
    status: LoadStatus
    rows: int
    blank: int
    records: int
    rejected: int
    names: int
    counts: Mapping[str, int]
    changes: tuple[Change, ...]
    troubles: tuple[TroubleShown, ...]
    remarks: Mapping[str, int]
    datum: DatumShown | None
    warnings: tuple[Warned, ...]
    followed: tuple[Followed, ...]
    points: tuple[PointShown, ...]
    rejects_file: str | None
    changes_file: str | None
    seconds: float
