"""What a load of polygons found and did (载入报告); field names are those of the JSON report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import shapely

from geoname.core.boundaries.coverage_report import CoverageDefect, DefectKind
from geoname.core.boundaries.datum_check import DatumFinding
from geoname.core.boundaries.repair import Moved


class Status(StrEnum):
    """What became of the file."""

    DRY_RUN = "dry_run"
    DRAFT = "draft"
    ACTIVE = "active"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class CodeTrouble(StrEnum):
    """How the codes and names of a file disagree with the register."""

    MISSING = "missing"
    """The register has it in the stated division on the day, the file does not."""
    UNKNOWN = "unknown"
    """No division ever had this code."""
    ORPHAN = "orphan"
    """Nor does the code of its parent exist."""
    NOT_IN_FORCE = "not_in_force"
    """A division had this code, but not on the day the file is valid from."""
    BEYOND = "beyond_scope"
    """It does not belong to the stated division."""
    NAME = "name"
    """The register has another name."""
    AMBIGUOUS = "ambiguous"
    """Code schemes disagree on what it means."""


BLOCKING_CODES = (CodeTrouble.UNKNOWN, CodeTrouble.ORPHAN, CodeTrouble.BEYOND, CodeTrouble.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """One disagreement; `registered` is the register's name."""

    kind: CodeTrouble
    code: str
    name: str
    registered: str


@dataclass(frozen=True, slots=True)
class DefectShown:
    """A defect with its place (degrees) and size."""

    kind: str
    level: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    lon: float | None
    lat: float | None
    area_m2: float
    length_m: float
    is_sliver: bool
    blocks: bool
    detail: str


@dataclass(frozen=True, slots=True)
class DatumShown:
    """What the lines say of the reference system; see `DatumFinding`."""

    declared: str
    likely: str
    confidence: float
    median_m: dict[str, float]
    shift_east_m: float
    shift_north_m: float
    territories: int
    places: int


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """How one territory differs from that of the active edition; see `TerritoryDifference`."""

    code: str
    name: str
    former_name: str
    mean_m: float
    greatest_m: float
    lon: float | None
    lat: float | None
    area_between_m2: float
    share: float


@dataclass(frozen=True, slots=True)
class ComparisonShown:
    """The file against an edition, territories that differ only, the farthest first."""

    edition: str
    compared: int
    mean_m: float
    greatest_m: float
    area_between_m2: float
    only_in_file: tuple[str, ...]
    only_in_edition: tuple[str, ...]
    territories: tuple[DifferenceShown, ...]


@dataclass(frozen=True, slots=True)
class RepairShown:
    """What mending moved, the farthest first."""

    tolerance_m: float
    defects_before: int
    defects_after: int
    greatest_m: float
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class SeamShown:
    """Land on the edge of the file that would be nobody's (`gap`) or two territories' (`overlap`).

    `codes` and the place (degrees) are those of the largest of the pieces; slivers are left out.
    """

    kind: str
    level: str
    pieces: int
    area_m2: float
    codes: tuple[str, ...]
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class BoundaryLoadReport:
    """What was read, found, written. `edition` is the draft's id, `active_edition` answers come from now.

    `dissolved` are higher territories made anew from the file's, `kept_lines` lines that stand as in the
    edition `rest_from`, because the file's edges do not meet that edition's. `seam` is the land in between.
    """

    file: str
    format: str
    layer: str
    encoding: str | None
    encoding_known_by: str | None
    crs: str
    crs_in_file: str
    fields: dict[str, str]
    fields_known_by: dict[str, str]
    notes: tuple[str, ...]
    edition: str
    title: str
    status: Status
    levels: dict[str, int]
    within: tuple[str, ...]
    datum: DatumShown | None
    codes: tuple[CodeFinding, ...]
    defects: tuple[DefectShown, ...]
    repair: tuple[RepairShown, ...]
    comparison: ComparisonShown | None
    rest_from: str
    dissolved: tuple[str, ...]
    kept_lines: tuple[str, ...]
    seam: tuple[SeamShown, ...]
    added: int
    changed: int
    same: int
    active_edition: str | None

    @property
    def blocks(self) -> bool:
        """Whether something must be mended before this can be an edition."""
        return any(one.blocks for one in self.defects) or any(
            one.kind in BLOCKING_CODES for one in self.codes
        )

    @property
    def has_findings(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.defects or self.codes)

    def defect_counts(self) -> dict[str, int]:
        """How many of each kind, slivers apart."""
        return dict(Counter(f"{one.kind}{' (sliver)' if one.is_sliver else ''}" for one in self.defects))


def show_seam(defects: Sequence[CoverageDefect], level: str) -> list[SeamShown]:
    """Land on the edge of a file, kind by kind; `defects` have the largest of each kind first."""
    shown = []
    for kind in (DefectKind.GAP, DefectKind.OVERLAP):
        pieces = [one for one in defects if one.kind is kind]
        if pieces and (place := pieces[0].place) is not None:
            area = round(sum(one.area_m2 for one in pieces), 2)
            lon, lat = (round(degrees, 7) for degrees in place)
            shown.append(SeamShown(kind.value, level, len(pieces), area, pieces[0].codes, lon, lat))
    return shown


def show_defects(
    defects: Sequence[CoverageDefect], level: str, names: Mapping[str, str]
) -> tuple[DefectShown, ...]:
    """Defects as the report tells them; invalid rings and wide overlaps block."""
    return tuple(
        DefectShown(
            one.kind.value,
            level,
            one.codes,
            tuple(names.get(code, "") for code in one.codes),
            None if one.place is None else round(one.place[0], 7),
            None if one.place is None else round(one.place[1], 7),
            round(one.area_m2, 2),
            round(one.length_m, 2),
            one.is_sliver,
            one.kind is DefectKind.INVALID_RING or (one.kind is DefectKind.OVERLAP and not one.is_sliver),
            one.detail,
        )
        for one in defects
    )


def show_datum(found: DatumFinding | None) -> DatumShown | None:
    """The finding as the report tells it."""
    if found is None:
        return None
    return DatumShown(
        found.declared.value,
        found.likely.value,
        round(found.confidence, 6),
        {system.value: round(metres, 1) for system, metres in found.median_m.items()},
        *found.shift_m,
        found.territories,
        found.places,
    )


def write_defects(report: BoundaryLoadReport, file: Path) -> int:
    """Write the defects that have a place as a layer of points; how many. Errors as of any boundary file."""
    # GeoPandas takes longer to import than a question takes to answer.
    from geoname.formats.boundary_files import write_boundary_file

    placed = [one for one in report.defects if one.lon is not None and one.lat is not None]
    shapes = shapely.points([one.lon or 0.0 for one in placed], [one.lat or 0.0 for one in placed])
    columns: dict[str, list[object]] = {
        "kind": [one.kind for one in placed],
        "level": [one.level for one in placed],
        "codes": [",".join(one.codes) for one in placed],
        "names": [",".join(one.names) for one in placed],
        "area_m2": [one.area_m2 for one in placed],
        "length_m": [one.length_m for one in placed],
        "is_sliver": [int(one.is_sliver) for one in placed],
        "blocks": [int(one.blocks) for one in placed],
        "detail": [one.detail for one in placed],
    }
    return write_boundary_file(file, columns, np.asarray(shapes, dtype=object), "defects")
